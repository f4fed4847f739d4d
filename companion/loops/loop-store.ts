import type { z } from 'zod';
import { type Clock, newId, type Random } from '../kernel/index.ts';
import {
  type Anchor,
  type Loop,
  type LoopFacts,
  type LoopStatus,
  type loopOpenInput,
  type loopsListInput,
  type loopUpdateInput,
  ProgenyError,
} from '../protocol/index.ts';
import type { Mind, Reader, SqlValue, Transaction } from '../store/index.ts';
import { type DetectOptions, detect, type Proposal, presentKeys } from './detect.ts';
import { type Change, type KnownLoop, reconcile } from './reconcile.ts';
import { type AnchorRow, type LoopRow, toAnchor, toLoop } from './rows.ts';
import type { Scan } from './scan.ts';

export const STILL_OPEN: readonly LoopStatus[] = ['proposed', 'open', 'stale'];
const SELECT =
  'SELECT loops.*, workspaces.path FROM loops JOIN workspaces ON workspaces.id = loops.workspace';

export interface LoopStoreOptions {
  mind: Mind;
  clock: Clock;
  random: Random;
}

/** A loop as it stands. */
export interface StandingLoop {
  readonly id: string;
  /** The same for the same thread of a repository at every scan. */
  readonly key: string;
  readonly status: LoopStatus;
  readonly touchedAt: number;
  readonly facts: LoopFacts;
}

/** What an anchor keeps beside what the wire tells: for a line, the text around it. */
export interface StoredAnchor {
  anchor: Anchor;
  data?: object;
}

/** Loops as they are stored: reading them, opening and changing them, and bringing them in line with a scan. */
export class LoopStore {
  readonly #mind: Mind;
  readonly #clock: Clock;
  readonly #random: Random;

  constructor({ mind, clock, random }: LoopStoreOptions) {
    this.#mind = mind;
    this.#clock = clock;
    this.#random = random;
  }

  list({ workspace, status = [...STILL_OPEN], limit }: z.output<typeof loopsListInput>): Loop[] {
    const marks = status.map(() => '?').join(', ');
    const where = `loops.status IN (${marks})${workspace === undefined ? '' : ' AND workspaces.path = ?'}`;
    const params: SqlValue[] = workspace === undefined ? [...status] : [...status, workspace];
    return this.#mind.read((r) =>
      r
        .all<LoopRow>(
          `${SELECT} WHERE ${where} ORDER BY loops.rank DESC, loops.touched_at DESC, loops.id`,
          ...params,
        )
        .map((row) => toLoop(r, row, this.#clock.now()))
        .sort((a, b) => b.rank - a.rank)
        .slice(0, limit),
    );
  }

  /** Throws `not_found`. */
  get(id: string): Loop {
    return this.#mind.read((r) => toLoop(r, this.row(r, id), this.#clock.now()));
  }

  /** Null where there is none. */
  find(id: string): Loop | null {
    return this.#mind.read((r) => {
      const row = r.get<LoopRow>(`${SELECT} WHERE loops.id = ?`, id);
      return row ? toLoop(r, row, this.#clock.now()) : null;
    });
  }

  /** How all loops of a workspace stand, settled ones too, without the notes in its code. */
  standing(workspaceId: string): StandingLoop[] {
    const sql = `SELECT id, key, status, touched_at AS touchedAt, facts FROM loops WHERE workspace = ? AND source <> 'todo'`;
    return this.#mind
      .read((r) => r.all<Omit<StandingLoop, 'facts'> & { facts: string }>(sql, workspaceId))
      .map((row) => ({ ...row, facts: JSON.parse(row.facts) as LoopFacts }));
  }

  /** The anchors of the loops of a workspace, by loop, without those of the notes in its code. */
  anchors(workspaceId: string): Map<string, Anchor[]> {
    const sql = `SELECT anchors.* FROM anchors JOIN loops ON loops.id = anchors.loop
      WHERE anchors.workspace = ? AND loops.source <> 'todo' ORDER BY anchors.id`;
    const rows = this.#mind.read((r) => r.all<AnchorRow>(sql, workspaceId));
    return new Map([...Map.groupBy(rows, ({ loop }) => loop)].map(([loop, of]) => [loop, of.map(toAnchor)]));
  }

  row(reader: Reader, id: string): LoopRow {
    const row = reader.get<LoopRow>(`${SELECT} WHERE loops.id = ?`, id);
    if (!row) throw new ProgenyError('not_found', `There is no loop "${id}". \`progeny loops\` lists them.`);
    return row;
  }

  /** Opens a loop by a person's hand, inside `tx`. */
  open(
    tx: Transaction,
    workspaceId: string,
    input: Omit<z.output<typeof loopOpenInput>, 'workspace' | 'anchors'> & {
      source: Loop['source'];
      anchors: readonly StoredAnchor[];
      /** The loop that it was split from. */
      parent?: string;
    },
  ): string {
    const now = this.#clock.now();
    const id = newId('loop', now, this.#random);
    const sql = `INSERT INTO loops (id, workspace, key, title, context, source, status, priority, private, facts, evidence, rank, edited, created_at, touched_at, parent)
      VALUES (?, ?, ?, ?, ?, ?, 'open', ?, ?, '{}', '[]', ?, 1, ?, ?, ?)`;
    tx.run(
      sql,
      id,
      workspaceId,
      `own:${id}`,
      input.title,
      input.context,
      input.source,
      input.priority,
      input.private ? 1 : 0,
      0.75,
      now,
      now,
      input.parent ?? null,
    );
    for (const stored of input.anchors) this.addAnchor(tx, workspaceId, id, stored);
    tx.emit({ type: 'loop.opened', subject: id, data: { workspace: workspaceId, source: input.source } });
    return id;
  }

  /** Adds an anchor inside `tx`; returns its id. */
  addAnchor(tx: Transaction, workspaceId: string, loop: string, { anchor, data }: StoredAnchor): string {
    const id = newId('anchor', this.#clock.now(), this.#random);
    const file = 'file' in anchor ? anchor.file : null;
    const line = anchor.kind === 'line' ? anchor.line : null;
    const lost = anchor.kind === 'line' && anchor.lost ? 1 : 0;
    const sql =
      'INSERT INTO anchors (id, workspace, loop, kind, file, line, lost, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?)';
    tx.run(sql, id, workspaceId, loop, anchor.kind, file, line, lost, JSON.stringify(data ?? anchor));
    return id;
  }

  /** Changes what a person may change. Throws `not_found`. */
  update({ id, ...change }: z.output<typeof loopUpdateInput>): Loop {
    this.#mind.transact((tx) => this.change(tx, id, change));
    return this.get(id);
  }

  /** As `update`, inside `tx`. */
  change(tx: Transaction, id: string, change: Omit<z.output<typeof loopUpdateInput>, 'id'>): void {
    this.row(tx, id);
    const columns: Record<string, SqlValue> = {};
    if (change.title !== undefined) columns.title = change.title;
    if (change.context !== undefined) columns.context = change.context;
    if (change.priority !== undefined) columns.priority = change.priority;
    if (change.private !== undefined) columns.private = change.private ? 1 : 0;
    if (change.deferUntil !== undefined) {
      columns.defer_until = change.deferUntil;
      columns.status = change.deferUntil === null ? 'open' : 'deferred';
    }
    if (change.status !== undefined) columns.status = change.status;
    const names = Object.keys(columns);
    if (names.length === 0) return;
    const sets = [...names, 'edited', 'touched_at'].map((name) => `${name} = ?`).join(', ');
    tx.run(`UPDATE loops SET ${sets} WHERE id = ?`, ...Object.values(columns), 1, this.#clock.now(), id);
    const status = typeof columns.status === 'string' ? { status: columns.status } : {};
    tx.emit({ type: 'loop.changed', subject: id, data: { fields: names.join(' '), by: 'user', ...status } });
  }

  /** Brings the loops of a workspace in line with a scan. Returns how many rows changed. */
  applyScan(workspaceId: string, scan: Scan, options: DetectOptions & { staleDays: number }): number {
    const now = this.#clock.now();
    const proposals = detect(scan, now, options);
    const known = this.#mind.read((r) =>
      r.all<KnownLoop>(
        `SELECT loops.*, workspaces.path, (SELECT count(*) FROM whispers WHERE whispers.loop = loops.id) AS whispers
         FROM loops JOIN workspaces ON workspaces.id = loops.workspace WHERE loops.workspace = ?`,
        workspaceId,
      ),
    );
    const changes = reconcile({
      known,
      proposals,
      present: presentKeys(scan),
      now,
      staleDays: options.staleDays,
    });
    const real = changes.filter((change) => change.kind !== 'refresh' || differs(change));
    if (real.length > 0) {
      this.#mind.transact((tx) => {
        for (const change of real) this.#apply(tx, workspaceId, change);
        tx.emit({ type: 'scan.applied', subject: workspaceId, data: { changes: real.length } });
      });
    }
    return real.length;
  }

  #apply(tx: Transaction, workspaceId: string, change: Change): void {
    const now = this.#clock.now();
    if (change.kind === 'add') {
      const { proposal: p, status } = change;
      const id = newId('loop', now, this.#random);
      const sql = `INSERT INTO loops (id, workspace, key, title, context, source, status, priority, private, facts, evidence, rank, created_at, touched_at)
        VALUES (?, ?, ?, ?, '', ?, ?, 'normal', 0, ?, ?, ?, ?, ?)`;
      tx.run(
        sql,
        id,
        workspaceId,
        p.key,
        p.title,
        p.source,
        status,
        JSON.stringify(p.facts),
        JSON.stringify(p.evidence),
        p.rank,
        p.createdAt,
        p.touchedAt,
      );
      for (const anchor of p.anchors) this.addAnchor(tx, workspaceId, id, { anchor });
      tx.emit({ type: 'loop.proposed', subject: id, data: { workspace: workspaceId, source: p.source } });
    } else if (change.kind === 'refresh') {
      const { row, proposal: p, status } = change;
      const title = row.edited ? row.title : p.title;
      const sql =
        'UPDATE loops SET title = ?, status = ?, facts = ?, evidence = ?, rank = ?, touched_at = ? WHERE id = ?';
      tx.run(
        sql,
        title,
        status,
        JSON.stringify(p.facts),
        JSON.stringify(p.evidence),
        p.rank,
        p.touchedAt,
        row.id,
      );
      this.#replaceScannedAnchors(tx, workspaceId, row.id, p);
      if (status !== row.status || JSON.stringify(p.facts) !== row.facts) {
        tx.emit({ type: 'loop.changed', subject: row.id, data: { by: 'scan', status } });
      }
    } else if (change.kind === 'finish') {
      tx.run("UPDATE loops SET status = 'merged', touched_at = ? WHERE id = ?", now, change.row.id);
      tx.emit({ type: 'loop.finished', subject: change.row.id, data: { source: change.row.source } });
    } else if (change.kind === 'withdraw') {
      tx.run('DELETE FROM loops WHERE id = ?', change.row.id);
      tx.emit({ type: 'loop.withdrawn', subject: change.row.id });
    } else {
      tx.run('UPDATE loops SET status = ? WHERE id = ?', change.status, change.row.id);
      tx.emit({ type: 'loop.changed', subject: change.row.id, data: { by: 'time', status: change.status } });
    }
  }

  /** Anchors that whispers hang on stay; those of the scan before give way to those of this one. */
  #replaceScannedAnchors(tx: Transaction, workspaceId: string, loop: string, proposal: Proposal): void {
    tx.run(
      'DELETE FROM anchors WHERE loop = ? AND id NOT IN (SELECT anchor FROM whispers WHERE anchor IS NOT NULL)',
      loop,
    );
    for (const anchor of proposal.anchors) this.addAnchor(tx, workspaceId, loop, { anchor });
  }
}

/** Whether a scan says anything new of a stored loop; a rank that only crept is nothing new. */
function differs({ row, proposal, status }: Extract<Change, { kind: 'refresh' }>): boolean {
  return (
    status !== row.status ||
    (!row.edited && proposal.title !== row.title) ||
    JSON.stringify(proposal.facts) !== row.facts ||
    JSON.stringify(proposal.evidence) !== row.evidence ||
    proposal.touchedAt !== row.touched_at ||
    Math.abs(proposal.rank - row.rank) > 0.02
  );
}
