import { randomBytes } from 'node:crypto';
import type { Audit, AuditEntry } from '../agency/index.ts';
import type { Clock, Disposable, Logger } from '../kernel/index.ts';
import type { AuditRow, AuditVerdict } from '../protocol/index.ts';
import type { Hub, Mind, Transaction } from '../store/index.ts';
import { hashOf, NO_ROWS, sealOf } from './canonical.ts';
import { Chain } from './chain.ts';
import {
  addTurn,
  type Head,
  lastTurnAt,
  readHead,
  readTurns,
  settleRestores,
  turnWords,
  writeHead,
} from './head.ts';
import { hashAt, lastRow, readRows, type StoredRow, writeRow } from './rows.ts';

export interface AuditLogOptions {
  mind: Mind;
  hub: Hub;
  clock: Clock;
  logger: Logger;
}

const PAGE = 1000;
/** So many rows beyond the known head are checked while others wait. */
const MOST_CAUGHT_UP = 5000;
const LONGEST = 200;

/**
 * What was done with leave, by whom and with which result: rows that follow from each other by their hashes, and are
 * never changed. Where the log ends stands in the hub too, written after each commit, so that a cut tail shows.
 */
export class AuditLog implements Audit, Disposable {
  readonly #options: AuditLogOptions;
  readonly #listening: Disposable;
  #dirty = false;
  #generation: number;
  #key: string | null = null;

  constructor(options: AuditLogOptions) {
    this.#options = options;
    this.#generation = options.mind.generation;
    this.#listening = options.mind.committed.add(() => {
      if (this.#dirty || this.#generation !== options.mind.generation) this.keepHead();
    });
  }

  /** Adds a row in the transaction of what it tells. */
  append(tx: Transaction, { data = {}, ...entry }: AuditEntry): void {
    const before = lastRow(tx);
    const facts = {
      seq: before.seq + 1,
      at: this.#options.clock.now(),
      run: entry.run,
      actor: entry.actor.slice(0, LONGEST),
      act: entry.act,
      tool: entry.tool,
      real: entry.real,
      result: entry.result.slice(0, LONGEST),
      data: { ...data },
    };
    const hash = hashOf(facts, before.hash);
    writeRow(tx, { ...facts, hash }, sealOf(this.#sealKey(), hash));
    this.#dirty = true;
  }

  /** Rows after `after`, at most `limit`. What cannot be read of a row that was changed is left out. */
  list(after: number, limit: number): AuditRow[] {
    const rows = this.#options.mind.read((reader) => readRows(reader, after, limit));
    return rows.map(({ seal: _, data, ...row }) => ({ ...row, data: data ?? {} }));
  }

  /** When another file last took the place of the log, ms; 0: never. */
  get endedAt(): number {
    const { hub, mind } = this.#options;
    return hub.read((reader) => lastTurnAt(reader, mind.actor));
  }

  /**
   * Brings what the hub knows of the log in line with it: after each commit, and once at the start. What is gone or
   * another without a restore is noted in the hub for good. Where nothing can be written it is done at the next commit.
   */
  keepHead(): void {
    try {
      this.#keepHead();
    } catch (error) {
      this.#options.logger.warn({ error: String(error) }, 'the head of the audit log could not be kept');
    }
  }

  /** Reads the whole log and names what is not as it was written. Others go on meanwhile. */
  async verify(signal?: AbortSignal): Promise<AuditVerdict> {
    const { mind, hub } = this.#options;
    this.keepHead();
    const turns = hub.read((reader) => readTurns(reader, mind.actor));
    const unsealed = Math.max(
      0,
      ...turns.filter(({ kind }) => kind === 'sealed').map((turn) => turn.rows_before),
    );
    const head = hub.read((reader) => readHead(reader, mind.actor));
    const key = head?.key ?? '';
    const until = mind.read(lastRow).seq;
    const chain = new Chain((row) => row.seq <= unsealed || sealOf(key, row.hash) === row.seal);
    for (let after = 0; after < until; ) {
      signal?.throwIfAborted();
      const rows = mind.read((reader) => readRows(reader, after, PAGE));
      for (const row of rows) if (row.seq <= until) chain.take(row);
      after = rows.at(-1)?.seq ?? until;
      await breathe();
    }
    const told = turns.flatMap((turn) => turnWords(turn) ?? []);
    const found = chain.findings();
    return {
      whole: found.length === 0 && told.every(({ broken }) => !broken),
      rows: chain.rows,
      head: chain.head.hash,
      findings: [...told.map(({ seq, what }) => ({ seq, what })), ...found],
    };
  }

  dispose(): void {
    this.#listening.dispose();
  }

  #keepHead(): void {
    const { mind, hub, clock } = this.#options;
    const { actor } = mind;
    const key = this.#sealKey();
    const head = hub.read((reader) => readHead(reader, actor)) as Head;
    const last = mind.read(lastRow);
    const now = { key, rows: last.seq, hash: last.hash };
    const there = head.rows === 0 ? NO_ROWS : mind.read((reader) => hashAt(reader, head.rows));
    const pending = hub.read((reader) => readTurns(reader, actor)).some((turn) => turn.rows_after === null);
    const follows = there === head.hash && this.#sealedSince(head.rows, last.seq, key);
    this.#dirty = false;
    this.#generation = mind.generation;
    if (follows && !pending && last.seq === head.rows) return;
    const at = clock.now();
    hub.transact((tx) => {
      if (pending) settleRestores(tx, actor, now);
      else if (!follows) addTurn(tx, actor, at, 'broken', head, now);
      writeHead(tx, actor, now, at);
    });
    if (follows) return;
    const act = pending ? 'restored' : 'broken';
    const data = { rows: head.rows, hash: head.hash };
    mind.transact((tx) => {
      this.append(tx, { run: null, actor, act, tool: null, real: true, result: 'noted', data });
      tx.emit({ type: 'audit.noted', subject: actor, data: { act } });
    });
  }

  /** Whether the rows after `from` follow and were sealed by us; of very many, the last. */
  #sealedSince(from: number, until: number, key: string): boolean {
    const { mind } = this.#options;
    let after = Math.max(from, until - MOST_CAUGHT_UP);
    let before = after === 0 ? NO_ROWS : mind.read((reader) => hashAt(reader, after));
    for (; after < until; ) {
      const rows = mind.read((reader) => readRows(reader, after, PAGE));
      if (rows.length === 0) return false;
      for (const row of rows) {
        if (before === undefined || row.seq !== after + 1 || !isOurs(row, before, key)) return false;
        after = row.seq;
        before = row.hash;
      }
    }
    return true;
  }

  /** The key of the seals, made when it is first needed: in the hub, where the file with the rows does not lie. */
  #sealKey(): string {
    if (this.#key !== null) return this.#key;
    const { mind, hub, clock } = this.#options;
    const known = hub.read((reader) => readHead(reader, mind.actor));
    if (known) this.#key = known.key;
    else {
      const made = { key: randomBytes(32).toString('hex'), rows: 0, hash: NO_ROWS };
      const last = mind.read(lastRow);
      const there = { rows: last.seq, hash: last.hash };
      hub.transact((tx) => {
        if (there.rows > 0) addTurn(tx, mind.actor, clock.now(), 'sealed', there, there);
        writeHead(tx, mind.actor, { ...made, ...there }, clock.now());
      });
      this.#key = made.key;
    }
    return this.#key;
  }
}

function isOurs({ seal, data, ...row }: StoredRow, before: string, key: string): boolean {
  return data !== null && hashOf({ ...row, data }, before) === row.hash && sealOf(key, row.hash) === seal;
}

const breathe = () => new Promise<void>((resolve) => setImmediate(resolve));
