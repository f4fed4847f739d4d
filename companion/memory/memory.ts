import type { z } from 'zod';
import type { ImportedRecord } from '../imports/index.ts';
import { type Clock, newId, type Random } from '../kernel/index.ts';
import type { WrittenNote } from '../loops/index.ts';
import {
  type MemoryRecord,
  ProgenyError,
  type Recalled,
  type recallInput,
  type recentInput,
  rememberInput,
} from '../protocol/index.ts';
import { type Mind, type Reader, type Transaction, workspaceId } from '../store/index.ts';
import { allRecords } from './all-records.ts';
import { findCandidates } from './candidates.ts';
import { queryWords } from './query-words.ts';
import { rank, type Weights } from './rank.ts';
import { type MemoryRow, SELECT_MEMORY, toRecord } from './rows.ts';
import { confine, type Scope } from './scope.ts';

export interface MemoryOptions {
  mind: Mind;
  clock: Clock;
  random: Random;
  /** For measuring what each part is worth. */
  weights?: Weights;
}

type Written = Omit<z.output<typeof rememberInput>, 'workspace'> & {
  /** Id of the workspace. */
  workspace: string | null;
  /** Id of what it mirrors elsewhere in the store, or of what it was imported from. */
  origin: string | null;
  /** What comes from another mind keeps its id, its time, and its place in the session where that is free. */
  kept?: Pick<MemoryRecord, 'id' | 'recordedAt' | 'position'> | undefined;
};

/** What is remembered of one person's work: every record has a source, every recall says why. */
export class Memory {
  readonly #options: MemoryOptions;

  constructor(options: MemoryOptions) {
    this.#options = options;
  }

  /** Stores a record; on disk when it resolves. Throws `not_found` for an unknown workspace, `read_only`. */
  async remember(input: z.output<typeof rememberInput>): Promise<MemoryRecord> {
    const { mind } = this.#options;
    const id = await mind.transactGrouped((tx) =>
      this.#write(tx, { ...input, workspace: idOf(tx, input.workspace), origin: null }),
    );
    return mind.read((reader) => this.#record(reader, id as string));
  }

  /**
   * Stores what an import brings, in one transaction and in order; on disk when it resolves. What is known by its
   * origin or its id stays as it is. Throws `not_found` for an unknown workspace, `read_only`.
   */
  keep(records: readonly ImportedRecord[]): Promise<{ added: number; known: number }> {
    return this.#options.mind.transactGrouped((tx) => {
      const added = records.filter((record) => this.#write(tx, toWritten(tx, record)) !== null).length;
      return { added, known: records.length - added };
    });
  }

  /** Every record, with the origin that it is known by, for an export. */
  all(order: 'recorded' | 'happened'): Iterable<Readonly<Record<string, unknown>>> {
    return allRecords(this.#options.mind, order);
  }

  /** Takes up, inside `tx`, what a person wrote elsewhere in Progeny, or what they made of it since. */
  takeUp(tx: Transaction, { id: origin, kind, workspace, content, file, line }: WrittenNote): void {
    const known = tx.get<{ id: string }>('SELECT id FROM memories WHERE origin = ?', origin);
    if (known) {
      const { mind } = this.#options;
      tx.run('UPDATE memories SET content = ?, asks = ? WHERE id = ?', content, asks(content), known.id);
      tx.emit({ type: 'memory.changed', subject: known.id, data: { kind, digest: mind.digest(content) } });
      return;
    }
    const source = { ...(file !== null && { file }), ...(line !== null && { line }) };
    this.#write(tx, { ...rememberInput.parse({ kind, content, source }), workspace, origin });
  }

  /** The id of the new record; null where there is one of this origin or this id. */
  #write(tx: Transaction, input: Written): string | null {
    const { mind, clock, random } = this.#options;
    const { kept } = input;
    const now = clock.now();
    const id = kept?.id ?? newId('memory', now, random);
    if (kept && tx.get('SELECT 1 FROM memories WHERE id = ?', id)) return null;
    const session = input.session ?? null;
    const position = session === null ? null : freePosition(tx, session, kept?.position ?? null);
    const sql = `INSERT INTO memories (id, origin, workspace, kind, content, author, source, session, position, asks,
      happened_at, recorded_at, salience, tags, pinned) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (origin) DO NOTHING`;
    const { changes } = tx.run(
      sql,
      id,
      input.origin,
      input.workspace,
      input.kind,
      input.content,
      input.author ?? null,
      JSON.stringify(input.source),
      session,
      position,
      asks(input.content),
      input.happenedAt ?? now,
      kept?.recordedAt ?? now,
      input.salience,
      JSON.stringify(input.tags),
      input.pinned ? 1 : 0,
    );
    if (changes === 0) return null;
    const data = { kind: input.kind, digest: mind.digest(input.content) };
    tx.emit({ type: 'memory.remembered', subject: id, data });
    return id;
  }

  /** What speaks to the query, best first, with the parts of each score. Throws `not_found`. */
  recall(input: z.output<typeof recallInput>): Recalled[] {
    return this.#options.mind.read((reader) => {
      const scope = scopeOf(reader, input);
      const candidates = findCandidates(reader, queryWords(input.query), scope);
      const ranked = rank(candidates, this.#options.weights).slice(0, input.limit);
      const rows = byRowid(
        reader,
        ranked.map(({ rowid }) => rowid),
      );
      return ranked.map(({ rowid, score, parts }) => ({ record: toRecord(rows.get(rowid)!), score, parts }));
    });
  }

  /** The newest by the time at which they happened. Throws `not_found`. */
  recent(input: z.output<typeof recentInput>): MemoryRecord[] {
    return this.#options.mind.read((reader) => {
      const within = confine(scopeOf(reader, input));
      const sql = `${SELECT_MEMORY} WHERE true ${within.sql}
        ORDER BY memories.happened_at DESC, memories.rowid DESC LIMIT ?`;
      return reader.all<MemoryRow>(sql, ...within.params, input.limit).map(toRecord);
    });
  }

  #record(reader: Reader, id: string): MemoryRecord {
    const row = reader.get<MemoryRow>(`${SELECT_MEMORY} WHERE memories.id = ?`, id);
    if (!row) throw new ProgenyError('not_found', `There is no memory with the id "${id}".`);
    return toRecord(row);
  }
}

function byRowid(reader: Reader, rowids: readonly number[]): Map<number, MemoryRow> {
  const sql = `${SELECT_MEMORY} WHERE memories.rowid IN (SELECT value FROM json_each(?))`;
  return new Map(reader.all<MemoryRow>(sql, JSON.stringify(rowids)).map((row) => [row.rowid, row]));
}

function toWritten(tx: Transaction, record: ImportedRecord): Written {
  const { kept, workspace, author, session, tags, ...rest } = record;
  return {
    ...rest,
    workspace: idOf(tx, workspace ?? undefined),
    ...(author !== null && { author }),
    ...(session !== null && { session }),
    tags: [...tags],
    salience: kept?.salience ?? 0.5,
    pinned: kept?.pinned ?? false,
    kept,
  };
}

/** The wanted place in a session where nobody has it, else the next. */
function freePosition(tx: Transaction, session: string, wanted: number | null): number {
  const taken = 'SELECT 1 FROM memories WHERE session = ? AND position = ?';
  if (wanted !== null && !tx.get(taken, session, wanted)) return wanted;
  return nextPosition(tx, session);
}

function nextPosition(tx: Transaction, session: string): number {
  const sql = 'SELECT max(position) AS last FROM memories WHERE session = ?';
  return (tx.get<{ last: number | null }>(sql, session)?.last ?? -1) + 1;
}

/** A question at its end: what comes next in a conversation is likely its answer. */
function asks(content: string): 0 | 1 {
  return /[?？؟]["'”’)\]]*\s*$/u.test(content) ? 1 : 0;
}

function scopeOf(reader: Reader, input: Partial<z.output<typeof recallInput>>): Scope {
  const { workspace, kinds = null, since = null, until = null } = input;
  return { workspace: idOf(reader, workspace), kinds, since, until };
}

function idOf(reader: Reader, workspace: string | undefined): string | null {
  return workspace === undefined ? null : workspaceId(reader, workspace);
}
