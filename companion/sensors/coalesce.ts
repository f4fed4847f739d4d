import type { FileChange } from './records.ts';

/**
 * Changes of one file within this time are one edit: an atomic save (delete and create, write and rename)
 * raises several events within milliseconds.
 */
export const COALESCE_MS = 200;

interface Pending {
  readonly first: FileChange['type'];
  readonly last: FileChange['type'];
  readonly since: number;
}

/** Changes that wait for their window to pass. Bounded by the storm threshold, which is asked first. */
export interface CoalesceState {
  readonly pending: ReadonlyMap<string, Pending>;
}

export const noChanges: CoalesceState = { pending: new Map() };

/** Takes in what happened. Pure. */
export function collect(state: CoalesceState, changes: readonly FileChange[], now: number): CoalesceState {
  const pending = new Map(state.pending);
  for (const { path, type } of changes) {
    const known = pending.get(path);
    pending.set(path, known ? { ...known, last: type } : { first: type, last: type, since: now });
  }
  return { pending };
}

/** A change and when it was first seen. */
export interface TimedChange extends FileChange {
  readonly at: number;
}

/** Gives what is due at `now`: one change a file, none for a file that came and went. Pure. */
export function drain(state: CoalesceState, now: number): { state: CoalesceState; changes: TimedChange[] } {
  const pending = new Map<string, Pending>();
  const changes: TimedChange[] = [];
  for (const [path, entry] of state.pending) {
    // What is ahead of a clock that was set back is due.
    if (now >= entry.since && now < entry.since + COALESCE_MS) pending.set(path, entry);
    else if (!isTransient(entry)) changes.push({ path, type: outcome(entry), at: entry.since });
  }
  return { state: pending.size === state.pending.size ? state : { pending }, changes };
}

/** When the next change is due; null when none waits. */
export function coalesceDueAt(state: CoalesceState): number | null {
  let due: number | null = null;
  for (const { since } of state.pending.values()) due = Math.min(due ?? Infinity, since + COALESCE_MS);
  return due;
}

function isTransient(entry: Pending): boolean {
  return entry.first === 'create' && entry.last === 'delete';
}

function outcome(entry: Pending): FileChange['type'] {
  if (entry.last === 'delete') return 'delete';
  return entry.first === 'create' ? 'create' : 'update';
}
