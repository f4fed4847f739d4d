import type { LoopStatus } from '../protocol/index.ts';
import type { Proposal } from './detect.ts';
import type { LoopRow } from './rows.ts';

const DAY = 24 * 60 * 60 * 1000;

/** What to do with a stored loop, or with a thread that is not stored yet, after a scan. */
export type Change =
  | { kind: 'add'; proposal: Proposal; status: LoopStatus }
  | { kind: 'refresh'; row: LoopRow; proposal: Proposal; status: LoopStatus }
  /** The repository does not show it any more: the branch was merged, the work committed, the note resolved. */
  | { kind: 'finish'; row: LoopRow }
  /** It lost its place among the proposals and nobody ever cared for it. */
  | { kind: 'withdraw'; row: LoopRow }
  | { kind: 'age'; row: LoopRow; status: LoopStatus };

export type KnownLoop = LoopRow & { whispers: number };

export interface ReconcileInput {
  known: readonly KnownLoop[];
  /** The proposals that are shown. */
  proposals: readonly Proposal[];
  /** Keys of all threads that exist in the repository, shown or not. */
  present: ReadonlySet<string>;
  now: number;
  staleDays: number;
}

const OPEN: readonly LoopStatus[] = ['proposed', 'open', 'stale', 'deferred'];
/** Sources whose loops live and end with what a scan finds. */
const DETECTED = new Set(['branch', 'uncommitted', 'stash', 'todo']);

/** Brings stored loops and scanned threads together. What a person dropped or blessed stays so until it is touched again. Pure. */
export function reconcile({ known, proposals, present, now, staleDays }: ReconcileInput): Change[] {
  const changes: Change[] = [];
  const byKey = new Map(known.map((row) => [row.key, row]));
  for (const proposal of proposals) {
    const row = byKey.get(proposal.key);
    const idle = isIdle(proposal.source, proposal.touchedAt, now, staleDays);
    if (!row) changes.push({ kind: 'add', proposal, status: idle ? 'stale' : 'proposed' });
    else if (OPEN.includes(row.status))
      changes.push({ kind: 'refresh', row, proposal, status: nextStatus(row, now, idle) });
    else if (proposal.source !== 'todo' && proposal.touchedAt > row.touched_at) {
      changes.push({ kind: 'refresh', row, proposal, status: 'open' });
    }
  }
  const shown = new Set(proposals.map((proposal) => proposal.key));
  for (const row of known) {
    if (shown.has(row.key) || !OPEN.includes(row.status)) continue;
    if (DETECTED.has(row.source)) {
      if (!present.has(row.key)) changes.push({ kind: 'finish', row });
      else if (row.status === 'proposed' && row.whispers === 0 && row.edited === 0)
        changes.push({ kind: 'withdraw', row });
    } else {
      const status = agedStatus(row, now, staleDays);
      if (status !== row.status) changes.push({ kind: 'age', row, status });
    }
  }
  return changes;
}

function nextStatus(row: LoopRow, now: number, idle: boolean): LoopStatus {
  if (row.status === 'deferred') return (row.defer_until ?? 0) <= now ? 'open' : 'deferred';
  if (idle) return 'stale';
  if (row.status === 'stale') return row.edited ? 'open' : 'proposed';
  return row.status;
}

function agedStatus(row: LoopRow, now: number, staleDays: number): LoopStatus {
  if (row.status === 'deferred') return (row.defer_until ?? 0) <= now ? 'open' : 'deferred';
  return isIdle(row.source, row.touched_at, now, staleDays)
    ? 'stale'
    : row.status === 'stale'
      ? 'open'
      : row.status;
}

/** A note in the code does not go stale by lying there; work does. */
function isIdle(source: string, touchedAt: number, now: number, staleDays: number): boolean {
  return source !== 'todo' && now - touchedAt > staleDays * DAY;
}
