import type { z } from 'zod';
import type { Embeds } from '../embedding/index.ts';
import type { ImportedRecord } from '../imports/index.ts';
import { type Clock, type Logger, lastSpans, type Random } from '../kernel/index.ts';
import type { WrittenNote } from '../loops/index.ts';
import type { Said } from '../mind/index.ts';
import {
  type MemoryGrowth,
  type MemoryRecord,
  type MemoryTrace,
  ProgenyError,
  type RecallOutput,
  type recallInput,
  type recentInput,
  rememberInput,
  type updateMemoryInput,
  type WrittenBy,
} from '../protocol/index.ts';
import { type Mind, type Reader, type Transaction, workspaceId } from '../store/index.ts';
import { Accesses } from './accesses.ts';
import { allRecords } from './all-records.ts';
import { archiveFaded } from './fading.ts';
import { Indexer } from './indexer.ts';
import { mergeRecords } from './merging.ts';
import { WEIGHTS, type Weights } from './rank.ts';
import { RecallThread } from './recall-thread.ts';
import { type MemoryRow, SELECT_MEMORY, toRecord } from './rows.ts';
import { confine, EVERYTHING, type Scope } from './scope.ts';
import { traceOf } from './trace.ts';
import { updateMemory } from './updating.ts';
import { asks, type Written, write } from './writing.ts';

export interface MemoryOptions {
  mind: Mind;
  clock: Clock;
  random: Random;
  logger: Logger;
  embedder: Embeds;
  /** For measuring what each part is worth. */
  weights?: Weights;
  /** Off for measuring what fading costs. */
  decay?: boolean;
  /** The share of time that embedding many records may take. */
  share?: () => number;
  /** Told of records that are written and, where there is a model, read. */
  settled?(ids: readonly string[]): void;
}

/** What may be looked at: everything that is one's own, or what an agent may see. */
export interface View {
  /** Leaves out what is private, and workspaces other than these. Null: all. */
  readonly openWorkspaces: readonly string[] | null;
}

const OWN: View = { openWorkspaces: null };

/** What is remembered of one person's work: every record has a source, every recall says why. */
export class Memory {
  readonly index: Indexer;
  readonly #options: MemoryOptions;
  readonly #thread: RecallThread;
  readonly #accesses: Accesses;

  constructor(options: MemoryOptions) {
    this.#options = options;
    this.#thread = new RecallThread(options.mind);
    this.#accesses = new Accesses(options.mind, options.clock, options.logger);
    this.index = new Indexer({ ...options, indexed: (records) => this.#mergeTwins(records) });
  }

  /** Stores a record; on disk when it resolves. Throws `not_found` for an unknown workspace, `read_only`. */
  async remember(
    input: z.output<typeof rememberInput>,
    writtenBy: WrittenBy = 'person',
  ): Promise<MemoryRecord> {
    const { mind } = this.#options;
    const id = await mind.transactGrouped((tx) => {
      const { workspace, ...rest } = input;
      return this.#write(tx, { ...rest, workspace: idOf(tx, workspace), origin: null, writtenBy });
    });
    this.#settle([id!]);
    return this.get(id!);
  }

  /**
   * Stores what an import brings, in one transaction and in order; on disk when it resolves. What is known by its
   * origin or its id stays as it is. Throws `not_found` for an unknown workspace, `read_only`.
   */
  async keep(records: readonly ImportedRecord[]): Promise<{ added: number; known: number }> {
    const added = await this.#options.mind.transactGrouped(
      (tx) => records.filter((record) => this.#write(tx, fromImport(tx, record)) !== null).length,
    );
    this.index.kick();
    return { added, known: records.length - added };
  }

  /** Every record, with the origin that it is known by, for an export. */
  all(order: 'recorded' | 'happened'): Iterable<Readonly<Record<string, unknown>>> {
    return allRecords(this.#options.mind, order);
  }

  /** Takes up, inside `tx`, what a person wrote elsewhere in Progeny, or what they made of it since. */
  takeUp(tx: Transaction, note: WrittenNote): void {
    const { id: origin, kind, workspace, content, file, line } = note;
    const known = tx.get<{ id: string }>('SELECT id FROM memories WHERE origin = ?', origin);
    let id = known?.id ?? null;
    if (known) {
      const { mind } = this.#options;
      const sql = 'UPDATE memories SET content = ?, asks = ?, kind = ? WHERE id = ?';
      tx.run(sql, content, asks(content), kind, known.id);
      tx.emit({ type: 'memory.changed', subject: known.id, data: { kind, digest: mind.digest(content) } });
    } else {
      const source = { ...(file !== null && { file }), ...(line !== null && { line }) };
      const { writtenBy = 'person', ...by } = note.by ?? {};
      const { links = [] } = note;
      const whole = { kind, content, source, links, private: note.private, ...by };
      const { workspace: _, ...rest } = rememberInput.parse(whole);
      id = this.#write(tx, { ...rest, workspace, origin, writtenBy, mirrors: true });
    }
    setImmediate(() => {
      if (id) this.#settle([id]);
    });
  }

  /** Takes up, inside `tx`, what was said in a conversation with Progeny, each saying once. */
  hear(tx: Transaction, said: Said): void {
    const { id: origin, conversation: session, workspace, content, by, at, tone, quotes } = said;
    const id = this.#write(tx, {
      kind: 'conversation',
      content,
      workspace,
      ...(by === 'companion' && { author: 'Progeny' }),
      source: {},
      session,
      happenedAt: at,
      salience: 0.5,
      tags: [],
      links: quotes.map((target) => ({ kind: 'quotes', target })),
      pinned: false,
      private: said.private,
      writtenBy: by,
      ...(by === 'person' && { tone }),
      origin,
      mirrors: true,
    });
    setImmediate(() => {
      if (id) this.#settle([id]);
    });
  }

  /** Makes private, inside `tx`, what was said there. */
  hide(tx: Transaction, origin: string): void {
    tx.run('UPDATE memories SET private = 1 WHERE origin = ?', origin);
  }

  /** Without a model nothing is read, and what is written is settled. */
  #settle(ids: readonly string[]): void {
    if (this.#options.embedder.state.kind === 'none') this.#options.settled?.(ids);
    this.index.kick();
  }

  /** What speaks to the query, best first, with the parts of each score. Throws `not_found`. */
  async recall(input: z.output<typeof recallInput>, view: View = OWN): Promise<RecallOutput> {
    const { mind, clock, embedder, weights = WEIGHTS, decay = true } = this.#options;
    const scope = mind.read((reader) => scopeOf(reader, input, view));
    const wanted = weights.meaning > 0 || weights.tokens > 0;
    const { embedding, note } = await this.#embed(wanted && input.query.trim() !== '' ? input.query : null);
    const answer = await this.#thread.ask({
      text: input.query,
      scope,
      limit: input.limit,
      now: input.asOf ?? clock.now(),
      weights,
      decay,
      embedding,
    });
    const found = answer.found.map(({ row, score, parts }) => ({ record: toRecord(row), score, parts }));
    this.#accesses.note(found.map(({ record }) => record.id));
    const covered = answer.records === 0 ? 1 : Math.min(1, answer.embedded / answer.records);
    const amnesia = embedder.state.kind === 'unusable' ? embedder.state.reason : null;
    return { found, meaning: embedding !== null, covered: embedding ? covered : 0, note: note ?? amnesia };
  }

  /** The newest by the time at which they happened. Throws `not_found`. */
  recent(input: z.output<typeof recentInput>, view: View = OWN): MemoryRecord[] {
    return this.#options.mind.read((reader) => {
      const within = confine(scopeOf(reader, input, view));
      const sql = `${SELECT_MEMORY} WHERE true ${within.sql}
        ORDER BY memories.happened_at DESC, memories.rowid DESC LIMIT ?`;
      return reader.all<MemoryRow>(sql, ...within.params, input.limit).map(toRecord);
    });
  }

  /** How many records were taken up in the last days, by kind, without the memory of masks. Throws `not_found`. */
  async growth({ workspace, days }: { workspace?: string | undefined; days: number }): Promise<MemoryGrowth> {
    const { mind, clock } = this.#options;
    const folder = workspace === undefined ? null : mind.read((reader) => workspaceId(reader, workspace));
    const scope = { ...EVERYTHING, workspace: folder };
    return this.#thread.growth({ spans: lastSpans(clock.now(), days), scope });
  }

  /** Whether all that is remembered by these ids, or of them, may be seen through a door of this folder. */
  mayPass(ids: readonly string[], workspace: string): boolean {
    return this.#options.mind.read((reader) => {
      const within = confine({ ...EVERYTHING, among: [workspaceId(reader, workspace)] });
      const list = JSON.stringify(ids);
      const among = 'IN (SELECT value FROM json_each(?))';
      const sql = `SELECT 1 FROM memories AS each WHERE (each.id ${among} OR each.origin ${among})
        AND NOT EXISTS (SELECT 1 FROM memories WHERE memories.id = each.id ${within.sql}) LIMIT 1`;
      return reader.get(sql, list, list, ...within.params) === undefined;
    });
  }

  /** A record by its id, or by that of one which was merged into it. Throws `not_found`. */
  get(id: string): MemoryRecord {
    return this.#options.mind.read((reader) => {
      const sql = `${SELECT_MEMORY} WHERE memories.id = coalesce((SELECT memory FROM memory_merged WHERE id = ?), ?)`;
      const row = reader.get<MemoryRow>(sql, id, id);
      if (!row) throw new ProgenyError('not_found', `There is no memory with the id "${id}".`);
      return toRecord(row);
    });
  }

  /** How a record came to be what it is. Throws `not_found`. */
  trace(id: string): MemoryTrace {
    const record = this.get(id);
    return this.#options.mind.read((reader) => traceOf(reader, record, this.#options.clock.now()));
  }

  /** Changes what a person may change of a record; what is left out stays. Throws `not_found`. */
  async update(input: z.output<typeof updateMemoryInput>): Promise<MemoryRecord> {
    this.get(input.id);
    await this.#options.mind.transactGrouped((tx) => updateMemory(tx, input));
    return this.get(input.id);
  }

  /** Takes records out of the archive. Throws `not_found`. */
  async restore(id: string): Promise<MemoryRecord> {
    this.get(id);
    const now = this.#options.clock.now();
    await this.#options.mind.transactGrouped((tx) => {
      const sql = 'UPDATE memories SET archived_at = NULL, last_accessed = ? WHERE id = ?';
      tx.run(sql, now, id);
      tx.emit({ type: 'memory.restored', subject: id });
    });
    return this.get(id);
  }

  /**
   * Archives what faded among the next records after that number, as `archiveFaded`. `within` is called in the
   * transaction, where something was.
   */
  fade(
    now: number,
    after: number,
    within?: (tx: Transaction, archived: number) => void,
  ): { archived: number; next: number | null } {
    this.#accesses.flush();
    return this.#options.mind.transact((tx) => {
      const faded = archiveFaded(tx, now, after);
      if (faded.archived > 0) within?.(tx, faded.archived);
      return faded;
    });
  }

  /** Records that may merge and have a vector of a number above `after`; at most `limit`, by that number. */
  readSince(after: number, limit: number): { n: number; memory: number }[] {
    const sql = `SELECT n, memory FROM memory_vectors JOIN memories ON memories.rowid = memory_vectors.memory
      WHERE n > ? AND same IS NOT NULL ORDER BY n LIMIT ?`;
    return this.#options.mind.read((reader) => reader.all(sql, after, limit));
  }

  /**
   * Merges a record with older ones that say the same, and newer ones with it: those that were read into the index
   * before it was. `within` is called in each transaction with the id of what is left. Returns how many merged.
   */
  async mergeAround(record: number, within?: (tx: Transaction, kept: string) => void): Promise<number> {
    let merged = 0;
    const newer = await this.#thread.twinsOf(record, 'newer');
    for (const each of [record, ...newer]) if (await this.#mergeTwin(each, within)) merged++;
    return merged;
  }

  async dispose(): Promise<void> {
    this.#accesses.dispose();
    this.#thread.dispose();
    await this.index.dispose();
  }

  /** Merges records with older ones that say the same in other words. */
  async #mergeTwins(records: readonly number[]): Promise<void> {
    const { mind } = this.#options;
    const mergeable = mind.read((reader) =>
      reader.all<{ rowid: number }>(
        `SELECT rowid FROM memories WHERE same IS NOT NULL AND rowid IN (SELECT value FROM json_each(?)) ORDER BY rowid`,
        JSON.stringify(records),
      ),
    );
    for (const { rowid } of mergeable) await this.#mergeTwin(rowid);
    const sql = 'SELECT id FROM memories WHERE rowid IN (SELECT value FROM json_each(?))';
    const left = mind.read((reader) => reader.all<{ id: string }>(sql, JSON.stringify(records)));
    this.#options.settled?.(left.map(({ id }) => id));
  }

  /** Puts a record into the oldest that says the same; true when there was one. */
  async #mergeTwin(record: number, within?: (tx: Transaction, kept: string) => void): Promise<boolean> {
    const [oldest] = await this.#thread.twinsOf(record, 'older');
    if (oldest === undefined) return false;
    const kept = await this.#options.mind.transactGrouped((tx) => {
      const survivor = mergeRecords(tx, oldest, record);
      if (survivor !== null) within?.(tx, survivor);
      return survivor;
    });
    return kept !== null;
  }

  #write(tx: Transaction, record: Written): string | null {
    return write(tx, record, this.#options);
  }

  async #embed(query: string | null) {
    const { embedder } = this.#options;
    if (query === null || embedder.state.kind === 'none') return { embedding: null, note: null };
    try {
      return { embedding: await embedder.embed({ text: query }, { urgent: true }), note: null };
    } catch (error) {
      return { embedding: null, note: error instanceof Error ? error.message : String(error) };
    }
  }
}

function fromImport(tx: Transaction, record: ImportedRecord): Written {
  const { kept, workspace, author, session, origin, kind, content, happenedAt, source, tags } = record;
  return {
    kind,
    content,
    happenedAt,
    source,
    tags,
    origin,
    workspace: idOf(tx, workspace ?? undefined),
    author: author ?? undefined,
    session: session ?? undefined,
    salience: kept?.salience ?? 0.5,
    pinned: kept?.pinned ?? false,
    links: kept?.links ?? [],
    private: kept?.private ?? false,
    writtenBy: kept?.writtenBy ?? 'companion',
    tone: kept?.tone ?? undefined,
    about: kept?.about ?? undefined,
    validFrom: kept?.validFrom ?? undefined,
    validTo: kept?.validTo ?? undefined,
    kept,
  };
}

function scopeOf(reader: Reader, input: Partial<z.output<typeof recallInput>>, view: View): Scope {
  const { workspace, kinds = null, since = null, until = null, asOf = null, mask = null } = input;
  const among = view.openWorkspaces?.map((path) => workspaceId(reader, path)) ?? null;
  return { ...EVERYTHING, workspace: idOf(reader, workspace), kinds, since, until, asOf, mask, among };
}

function idOf(reader: Reader, workspace: string | undefined): string | null {
  return workspace === undefined ? null : workspaceId(reader, workspace);
}
