import type { ActivitySpan, SensorRow } from '../sensors/index.ts';
import type { WorkEvent } from './work-event.ts';

/** What was told last, so that a row is not told twice. Bounded. */
export interface SensedState {
  /** The last edit told, by file and branch, ms since the epoch. */
  readonly edits: ReadonlyMap<string, number>;
  /** Whether the disk was nearly full; null before the first reading. */
  readonly diskLow: boolean | null;
}

export const noSensed: SensedState = { edits: new Map(), diskLow: null };

export interface Sensed {
  readonly state: SensedState;
  readonly events: readonly WorkEvent[];
}

/** The same file and branch are told again after this long. */
const AGAIN_MS = 60_000;
const MOST_EDITS = 2_000;

/** What rows of the sensors mean in the work. Load of the machine means nothing but for a disk below `warnFreeMb`. Pure. */
export function sensedRows(
  state: SensedState,
  rows: readonly SensorRow[],
  { workspace, warnFreeMb }: { workspace: string; warnFreeMb: number },
): Sensed {
  let { diskLow } = state;
  const events: WorkEvent[] = [];
  for (const row of rows) {
    if (row.kind === 'disk_workspace') {
      const { at, n } = row;
      const low = n < warnFreeMb;
      if (low === diskLow) continue;
      diskLow = low;
      events.push({ at, workspace, kind: 'risk', what: 'disk', subject: 'disk', since: low ? at : null });
    } else {
      const event = meaningOf(row, workspace);
      if (event) events.push(event);
    }
  }
  return { state: diskLow === state.diskLow ? state : { ...state, diskLow }, events };
}

/** Edits come as spans, runs of tests with their names from the editor. */
function meaningOf({ kind, at, file, branch, n }: SensorRow, workspace: string): WorkEvent | null {
  if (kind === 'switch') return file === null ? null : { at, workspace, kind, file, ms: n };
  if (kind === 'focus') return { at, workspace, kind, focused: n === 1 };
  if (kind === 'debug') return { at, workspace, kind, active: n === 1 };
  if (kind === 'errors') return { at, workspace, kind, count: n };
  if (kind === 'branch') return { at, workspace, kind, branch };
  return null;
}

/**
 * What spans of activity mean in the work: an edit where a file was saved, or typed in for a minute without a save. A
 * storm is a program's doing. Sizes are not known here. Pure.
 */
export function sensedSpans(state: SensedState, spans: readonly ActivitySpan[], workspace: string): Sensed {
  const edits = new Map(state.edits);
  const events: WorkEvent[] = [];
  for (const { kind, file, branch, started, ended: at, edits: typed } of spans) {
    if (kind === 'storm' || file === null) continue;
    if (kind === 'editor' && (typed === 0 || at - started < AGAIN_MS)) continue;
    const key = `${file}\0${branch ?? ''}`;
    if (at - (edits.get(key) ?? Number.NEGATIVE_INFINITY) < AGAIN_MS) continue;
    edits.delete(key);
    edits.set(key, at);
    events.push({ at, workspace, kind: 'edit', file, branch, size: null });
  }
  if (events.length === 0) return { state, events };
  for (const key of edits.keys()) {
    if (edits.size <= MOST_EDITS) break;
    edits.delete(key);
  }
  return { state: { ...state, edits }, events };
}
