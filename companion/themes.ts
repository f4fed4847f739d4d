import { ClusterKeeper, type ClusterState, storeRedrawn } from './clusters/index.ts';
import { type Drawn, drawThemes, FITTED } from './draw-themes.ts';
import { type Clock, clip, type Logger, type Random } from './kernel/index.ts';
import { type Cluster, ProgenyError } from './protocol/index.ts';
import type { Mind, Reader, Transaction } from './store/index.ts';
import { newestSubjects, someSubjects } from './theme-subjects.ts';

export interface ThemesOptions {
  mind: Mind;
  clock: Clock;
  random: Random;
  logger: Logger;
}

export interface RefitOptions {
  readonly signal?: AbortSignal;
  readonly now?: number;
  within?(tx: Transaction, drawn: Drawn): void;
}

/** More than this at once wait for the next refit, which costs the same for one as for all. */
const MOST_WAITING = 50;
const SETTLES_MS = 1000;
const MOST_ATTEMPTS = 3;
const EXCERPT = 120;
const SHOWN = 5;

/** Recurring themes of one mind's memories and open loops: kept up to date one by one, drawn anew at night. */
export class Themes {
  readonly #options: ThemesOptions;
  #keeper: Promise<ClusterKeeper> | null = null;
  readonly #waiting = new Set<string>();
  #timer: { dispose(): void } | null = null;
  readonly #stopping = new AbortController();
  #drawing: Promise<Drawn> | null = null;
  /** Counts what was forgotten. */
  #forgotten = 0;

  constructor(options: ThemesOptions) {
    this.#options = options;
  }

  /** A memory was written and, where there is a model, read. */
  notice(ids: readonly string[]): void {
    if (this.#stopping.signal.aborted) return;
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

  /**
   * Draws all themes anew, on a thread of its own; nothing changes where nothing came or went since the last time.
   * `within` is called in the transaction that stores what changed. `now` gives the time of what changes. Throws
   * `read_only`, `conflict` where things are forgotten faster than themes can be drawn, and the signal's reason.
   */
  refit(options: RefitOptions = {}): Promise<Drawn> {
    const drawing = (this.#drawing ?? Promise.resolve(null))
      .catch(() => null)
      .then(() => this.#draw(options));
    this.#drawing = drawing;
    const ended = () => {
      if (this.#drawing !== drawing) return;
      this.#drawing = null;
      if (this.#waiting.size > 0) this.notice([]);
    };
    drawing.then(ended, ended);
    return drawing;
  }

  /** Takes subjects out of their themes, with what the themes have from them. */
  async forget(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.#waiting.delete(id);
    this.#forgotten++;
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
    this.#stopping.abort();
    this.#timer?.dispose();
  }

  async #place(): Promise<void> {
    if (this.#waiting.size > MOST_WAITING || this.#drawing) return;
    const keeper = await this.#open();
    const ids = [...this.#waiting];
    for (const subject of this.#options.mind.read((reader) => someSubjects(reader, ids))) {
      // What is drawn anew meanwhile is not to be written over; the rest waits until it is.
      if (this.#stopping.signal.aborted || this.#drawing) return;
      this.#waiting.delete(subject.id);
      keeper.add(subject);
      await pause();
    }
    for (const id of ids) this.#waiting.delete(id);
  }

  async #draw({ signal, now = this.#options.clock.now(), within }: RefitOptions): Promise<Drawn> {
    const { mind } = this.#options;
    const ended = AbortSignal.any([this.#stopping.signal, ...(signal ? [signal] : [])]);
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      const [forgotten, generation] = [this.#forgotten, mind.generation];
      const included = [...this.#waiting];
      const drawn = await drawThemes({ file: mind.file, now }, ended);
      // A name or a centre could still hold what was forgotten while it was made.
      if (forgotten !== this.#forgotten || generation !== mind.generation) continue;
      for (const id of included) this.#waiting.delete(id);
      if (drawn.redrawn === null) return drawn;
      const { redrawn, fingerprint } = drawn;
      mind.transact((tx) => {
        storeRedrawn(tx, redrawn, now);
        tx.run('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)', FITTED, fingerprint);
        tx.emit({ type: 'themes.drawn', subject: 'clusters', data: { themes: redrawn.size } });
        within?.(tx, drawn);
      });
      if (this.#keeper) await this.#reopen();
      return drawn;
    }
    throw new ProgenyError(
      'conflict',
      'Themes could not be drawn anew: memory is being forgotten. Try again.',
    );
  }

  /** What is held follows what was drawn; whoever asks meanwhile waits. */
  async #reopen(): Promise<void> {
    this.#keeper = null;
    await this.#open();
  }

  #open(): Promise<ClusterKeeper> {
    this.#keeper ??= ClusterKeeper.open({
      ...this.#options,
      newest: newestSubjects,
      some: someSubjects,
      pause,
    }).catch((error: unknown) => {
      this.#keeper = null;
      throw error;
    });
    return this.#keeper;
  }
}

function describe(reader: Reader, { id, name, live, retired }: ClusterState): Cluster {
  const members = someSubjects(reader, live)
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
