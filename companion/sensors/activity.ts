import { type CoalesceState, coalesceDueAt, collect, drain, noChanges } from './coalesce.ts';
import { type EditorState, editorStep, noEditor } from './editor-activity.ts';
import type { ActivitySpan, AdmittedSignal, FileChange, RowDraft } from './records.ts';
import { beat, closeQuiet, type Heartbeat, noSpans, type SpanState } from './spans.ts';
import { absorb, calm, type StormRules, type StormState, settle, stormDueAt, stormStep } from './storm.ts';

/** An edit waits this long before it is written; a storm shows itself sooner. */
const HOLD_MS = 1_500;

/** Everything that sensing remembers between two signals; its size has a fixed bound. */
export interface ActivityState {
  readonly branch: string | null;
  readonly storm: StormState;
  readonly changes: CoalesceState;
  /** Edits that are not written yet, in case they turn out to be the beginning of a storm. */
  readonly held: readonly Heartbeat[];
  readonly spans: SpanState;
  readonly editor: EditorState;
}

export const idle: ActivityState = {
  branch: null,
  storm: calm,
  changes: noChanges,
  held: [],
  spans: noSpans,
  editor: noEditor,
};

/** What comes in. Nothing ignored or denied may be in it: that is asked before (see `admission.ts`). */
export type ActivitySignal =
  | { readonly kind: 'files'; readonly changes: readonly FileChange[] }
  | { readonly kind: 'editor'; readonly signal: AdmittedSignal }
  | { readonly kind: 'branch'; readonly branch: string | null }
  | { readonly kind: 'tick' }
  /** No edit may wait any longer; a storm goes on. */
  | { readonly kind: 'write' }
  /** Sensing ends: nothing may wait any longer. */
  | { readonly kind: 'end' };

/** What is to be done about it. */
export type ActivityEffect =
  | { readonly kind: 'row'; readonly row: RowDraft }
  | { readonly kind: 'span'; readonly span: ActivitySpan }
  /** Files changed; none is named during a storm. */
  | { readonly kind: 'changed'; readonly paths: readonly string[] }
  /** A storm that began at `since` is over: events may have been lost in it. */
  | { readonly kind: 'rescan'; readonly since: number };

export interface ActivityContext {
  readonly workspace: string;
  readonly gapMs: number;
  readonly mint: (at: number) => string;
  readonly rules: StormRules;
}

export interface ActivityStep {
  readonly state: ActivityState;
  readonly effects: readonly ActivityEffect[];
  /** When a "tick" is wanted; null when there is nothing to wait for. */
  readonly dueAt: number | null;
}

/** The rule of this room: (state, signal, now) to (state, effects). Pure but for `context.mint`. */
export function step(
  state: ActivityState,
  signal: ActivitySignal,
  now: number,
  context: ActivityContext,
): ActivityStep {
  const effects: ActivityEffect[] = [];
  const ends = signal.kind === 'end';
  const until = { edits: ends || signal.kind === 'write' ? Infinity : now, storm: ends ? Infinity : now };
  let next = tick(state, until, now, context, effects);
  if (signal.kind === 'files') next = takeFiles(next, signal.changes, now, context, effects);
  if (signal.kind === 'editor') next = takeEditor(next, signal.signal, context, effects);
  if (signal.kind === 'branch' && signal.branch !== next.branch) {
    const { branch } = signal;
    next = write(next, Infinity, context, effects);
    // The first branch is what was found, not a switch.
    if (next.branch !== null)
      effects.push({ kind: 'row', row: { at: now, kind: 'branch', file: null, branch, n: 1 } });
    next = { ...next, branch };
  }
  const first = next.held[0];
  const dues = [
    coalesceDueAt(next.changes),
    stormDueAt(next.storm, context.rules),
    first ? first.at + HOLD_MS : null,
  ].filter((due) => due !== null);
  return { state: next, effects, dueAt: dues.length > 0 ? Math.min(...dues) : null };
}

function takeFiles(
  state: ActivityState,
  changes: readonly FileChange[],
  now: number,
  context: ActivityContext,
  effects: ActivityEffect[],
): ActivityState {
  if (changes.length === 0) return state;
  const paths = changes.map((change) => change.path);
  const {
    state: storm,
    swallowed,
    began,
    tell,
  } = stormStep(state.storm, paths, now, { ...context, branch: state.branch });
  if (!swallowed) return { ...state, storm, changes: collect(state.changes, changes, now) };
  const waiting = began ? [...state.changes.pending.keys(), ...state.held.map((held) => held.file)] : [];
  const whole = absorb(storm, waiting, context.rules);
  effects.push({ kind: 'changed', paths: [] });
  if (tell) effects.push({ kind: 'span', span: whole.span! });
  return began ? { ...state, storm: whole, changes: noChanges, held: [] } : { ...state, storm: whole };
}

function takeEditor(
  state: ActivityState,
  signal: AdmittedSignal,
  context: ActivityContext,
  effects: ActivityEffect[],
): ActivityState {
  const { state: editor, beats, rows } = editorStep(state.editor, signal, state.branch, context.gapMs);
  for (const row of rows) effects.push({ kind: 'row', row });
  return { ...state, editor, spans: beatAll(state, beats, context, effects) };
}

/**
 * What the passing of time brings: edits whose window is over, the end of a storm, spans gone quiet.
 * `until` is `now`, or Infinity for what may not wait.
 */
function tick(
  state: ActivityState,
  until: { readonly edits: number; readonly storm: number },
  now: number,
  context: ActivityContext,
  effects: ActivityEffect[],
): ActivityState {
  const drained = drain(state.changes, until.edits);
  const beats = drained.changes.map(
    ({ path, at }): Heartbeat => ({ kind: 'file', at, file: path, edits: 1, saves: 0 }),
  );
  if (beats.length > 0) effects.push({ kind: 'changed', paths: beats.map((b) => b.file) });
  const { state: storm, ended } = settle(state.storm, until.storm, context.rules);
  if (ended) {
    effects.push({ kind: 'span', span: storm.span! });
    effects.push({ kind: 'rescan', since: state.storm.raging!.since });
  }
  const spans = closeQuiet(state.spans, now - HOLD_MS, context.gapMs);
  const held = [...state.held, ...beats];
  return write({ ...state, changes: drained.state, held, spans, storm }, until.edits, context, effects);
}

/** Writes the edits that were held long enough at `until`. */
function write(
  state: ActivityState,
  until: number,
  context: ActivityContext,
  effects: ActivityEffect[],
): ActivityState {
  const waits = ({ at }: Heartbeat) => until >= at && until < at + HOLD_MS;
  const held = state.held.filter(waits);
  if (held.length === state.held.length) return state;
  const due = state.held.filter((beat) => !waits(beat));
  return { ...state, held, spans: beatAll(state, due, context, effects) };
}

function beatAll(
  state: ActivityState,
  beats: readonly Heartbeat[],
  context: ActivityContext,
  effects: ActivityEffect[],
): SpanState {
  let { spans } = state;
  for (const heartbeat of beats) {
    const result = beat(spans, heartbeat, { ...context, branch: state.branch });
    spans = result.state;
    effects.push({ kind: 'span', span: result.span });
    if (result.row) effects.push({ kind: 'row', row: result.row });
  }
  return spans;
}
