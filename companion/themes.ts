import { ClusterKeeper, type ClusterState, type Subject } from './clusters/index.ts';
import { type Clock, clip, type Logger, type Random } from './kernel/index.ts';
import { type Cluster, ProgenyError } from './protocol/index.ts';
import type { Mind, Reader } from './store/index.ts';

export interface ThemesOptions {
  mind: Mind;
  clock: Clock;
  random: Random;
  logger: Logger;
}

interface MemoryRow {
  id: string;
  content: string;
  happened_at: number;
  tone: string | null;
  file: string | null;
  vector: Uint8Array | null;
}

interface LoopRow {
  id: string;
  title: string;
  context: string;
  touched_at: number;
  branch: string | null;
}

/** More than this at once wait for the next refit, which costs the same for one as for all. */
const MOST_WAITING = 50;
const SETTLES_MS = 1000;
const EXCERPT = 120;
const SHOWN = 5;

/** Recurring themes of one mind's memories and open loops: kept up to date one by one, drawn anew at night. */
export class Themes {
  readonly #options: ThemesOptions;
  #keeper: Promise<ClusterKeeper> | null = null;
  readonly #waiting = new Set<string>();
  #timer: { dispose(): void } | null = null;
  #disposed = false;

  constructor(options: ThemesOptions) {
    this.#options = options;
  }

  /** A memory was written and, where there is a model, read. */
  notice(ids: readonly string[]): void {
    if (this.#disposed) return;
    for (const id of ids) if (this.#waiting.size <= MOST_WAITING) this.#waiting.add(id);
    this.#timer ??= this.#options.clock.after(SETTLES_MS, () => {
      this.#timer = null;
      this.#place().catch((error: unknown) =>
        this.#options.logger.error({ error: String(error) }, 'themes could not take up what is new'),
      );
    });
  }

  /** All themes, the largest first, with the newest of their members. */
  async list(): Promise<Cluster[]> {
    const keeper = await this.#open();
    return this.#options.mind.read((reader) =>
      keeper
        .clusters()
        .map((cluster) => describe(reader, cluster))
        .sort((a, b) => b.size - a.size || (a.id < b.id ? -1 : 1)),
    );
  }

  /** Throws `not_found`. */
  async get(id: string): Promise<Cluster> {
    const found = (await this.list()).find((cluster) => cluster.id === id);
    if (!found) throw new ProgenyError('not_found', `There is no theme "${id}".`);
    return found;
  }

  /** Draws all themes anew; for the night. Returns how many there are. */
  async refit(): Promise<number> {
    const keeper = await this.#open();
    await keeper.reload();
    keeper.refit();
    this.#waiting.clear();
    return keeper.clusters().length;
  }

  /** Takes subjects out of their themes, with what the themes have from them. */
  async forget(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.#waiting.delete(id);
    const held = 'SELECT 1 FROM cluster_members WHERE subject IN (SELECT value FROM json_each(?)) LIMIT 1';
    const { mind } = this.#options;
    if (!this.#keeper && !mind.read((reader) => reader.get(held, JSON.stringify(ids)))) return;
    const keeper = await this.#open();
    try {
      mind.transact((tx) => {
        keeper.forgetSubjects(tx, ids);
        tx.emit({ type: 'cluster.forgot', subject: 'clusters', data: { subjects: ids.length } });
      });
    } catch (error) {
      await keeper.reload();
      throw error;
    }
  }

  dispose(): void {
    this.#disposed = true;
    this.#timer?.dispose();
  }

  async #place(): Promise<void> {
    if (this.#waiting.size > MOST_WAITING) return;
    const keeper = await this.#open();
    const ids = [...this.#waiting];
    this.#waiting.clear();
    for (const subject of this.#options.mind.read((reader) => some(reader, ids))) {
      if (this.#disposed) return;
      keeper.add(subject);
      await pause();
    }
  }

  #open(): Promise<ClusterKeeper> {
    this.#keeper ??= ClusterKeeper.open({ ...this.#options, newest, some, pause }).catch((error: unknown) => {
      this.#keeper = null;
      throw error;
    });
    return this.#keeper;
  }
}

const MEMORIES = `SELECT memories.id, content, happened_at, tone, source ->> 'file' AS file, vector
  FROM memories LEFT JOIN memory_vectors ON memory_vectors.memory = memories.rowid`;
const LOOPS = `SELECT id, title, context, touched_at,
  (SELECT json_extract(data, '$.branch') FROM anchors WHERE loop = loops.id AND kind = 'branch' LIMIT 1) AS branch
  FROM loops`;
const OPEN = "status IN ('open', 'stale', 'deferred')";

function newest(reader: Reader, limit: number): Subject[] {
  const memories = reader.all<MemoryRow>(
    `${MEMORIES} WHERE mask IS NULL ORDER BY happened_at DESC LIMIT ?`,
    limit,
  );
  const loops = reader.all<LoopRow>(`${LOOPS} WHERE ${OPEN} ORDER BY touched_at DESC LIMIT ?`, limit);
  return [...memories.map(ofMemory), ...loops.map(ofLoop)].sort((a, b) => b.at - a.at).slice(0, limit);
}

function some(reader: Reader, ids: readonly string[]): Subject[] {
  const list = JSON.stringify(ids);
  const among = 'id IN (SELECT value FROM json_each(?))';
  const memories = reader.all<MemoryRow>(`${MEMORIES} WHERE mask IS NULL AND memories.${among}`, list);
  const loops = reader.all<LoopRow>(`${LOOPS} WHERE ${OPEN} AND ${among}`, list);
  return [...memories.map(ofMemory), ...loops.map(ofLoop)];
}

function ofMemory({ id, content, happened_at: at, tone, file, vector }: MemoryRow): Subject {
  const slash = file?.lastIndexOf('/') ?? -1;
  const directory = file && slash > 0 ? file.slice(0, slash) : null;
  return {
    id,
    kind: 'memory',
    at,
    text: content,
    vector: vector && unit(vector),
    tone,
    branch: null,
    directory,
  };
}

function ofLoop({ id, title, context, touched_at: at, branch }: LoopRow): Subject {
  return {
    id,
    kind: 'loop',
    at,
    text: `${title}\n${context}`,
    vector: null,
    tone: null,
    branch,
    directory: null,
  };
}

function unit(blob: Uint8Array): Float32Array {
  const bytes = new Int8Array(blob.buffer, blob.byteOffset, blob.byteLength);
  const length = Math.sqrt(bytes.reduce((sum, byte) => sum + byte * byte, 0)) || 1;
  return Float32Array.from(bytes, (byte) => byte / length);
}

function describe(reader: Reader, { id, name, live, retired }: ClusterState): Cluster {
  const members = some(reader, live)
    .sort((a, b) => b.at - a.at)
    .slice(0, SHOWN)
    .map(({ id: subject, kind, text, at }) => ({
      id: subject,
      kind,
      excerpt: clip(text.replace(/\s+/g, ' ').trim(), EXCERPT),
      at,
    }));
  return { id, name: [...name], size: live.length + retired.length, members };
}

function pause(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
