import type { ActivitySpan, RowDraft } from './records.ts';

/** A sign of work on a file: an edit seen on disk, or attention, typing and saves in an editor. */
export interface Heartbeat {
  readonly kind: 'file' | 'editor';
  readonly at: number;
  readonly file: string;
  readonly edits: number;
  readonly saves: number;
}

export interface SpanState {
  /** By kind, file and branch; at most `MAX_OPEN_SPANS`. */
  readonly open: ReadonlyMap<string, ActivitySpan>;
}

export interface SpanContext {
  readonly workspace: string;
  readonly branch: string | null;
  /** `settings.sensors.spanGapSeconds` in ms. */
  readonly gapMs: number;
  /** Gives a new id. */
  readonly mint: (at: number) => string;
}

/** Beyond it the span that was quiet longest is let go; later work on its file begins another. */
export const MAX_OPEN_SPANS = 512;

export const noSpans: SpanState = { open: new Map() };

/**
 * Same file and branch within the gap extend one span instead of adding rows (systems.md §1); only a span that
 * begins adds a row. Pure. Heartbeats of one moment give the same spans in any order.
 */
export function beat(
  state: SpanState,
  heartbeat: Heartbeat,
  context: SpanContext,
): { state: SpanState; span: ActivitySpan; row: RowDraft | null } {
  const { kind, at, file, edits, saves } = heartbeat;
  const { workspace, branch, gapMs } = context;
  const key = `${kind}\0${file}\0${branch ?? ''}`;
  const known = state.open.get(key);
  if (known && at >= known.started - gapMs && at <= known.ended + gapMs) {
    const span: ActivitySpan = {
      ...known,
      started: Math.min(known.started, at),
      ended: Math.max(known.ended, at),
      edits: known.edits + edits,
      saves: known.saves + saves,
    };
    return { state: { open: withSpan(state.open, key, span) }, span, row: null };
  }
  const id = context.mint(at);
  const span: ActivitySpan = {
    id,
    workspace,
    kind,
    file,
    branch,
    started: at,
    ended: at,
    edits,
    saves,
    files: 1,
  };
  const row: RowDraft = { at, kind: kind === 'file' ? 'edit' : 'editor', file, branch, n: 1 };
  // A late report of earlier work stands alone and must not close the span that is open.
  if (known && at < known.started) return { state, span, row };
  return { state: { open: withSpan(state.open, key, span) }, span, row };
}

/** Lets go of spans that no heartbeat around `now` can extend, also because the clock was set back. Pure. */
export function closeQuiet(state: SpanState, now: number, gapMs: number): SpanState {
  const open = new Map(
    [...state.open].filter(([, span]) => span.ended + gapMs >= now && span.started - gapMs <= now),
  );
  return open.size === state.open.size ? state : { open };
}

function withSpan(
  open: ReadonlyMap<string, ActivitySpan>,
  key: string,
  span: ActivitySpan,
): ReadonlyMap<string, ActivitySpan> {
  const next = new Map(open).set(key, span);
  if (next.size <= MAX_OPEN_SPANS) return next;
  let quietest = key;
  let ended = Infinity;
  for (const [other, span] of next) if (span.ended < ended) [quietest, ended] = [other, span.ended];
  next.delete(quietest);
  return next;
}
