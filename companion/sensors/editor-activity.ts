import type { AdmittedSignal, RowDraft, RowKind } from './records.ts';
import type { Heartbeat } from './spans.ts';

/** What the windows of a workspace show, as far as signals told. */
export interface EditorState {
  readonly active: { readonly file: string; readonly since: number; readonly last: number } | null;
  readonly focused: boolean | null;
  readonly debugging: boolean;
  readonly errors: number | null;
  readonly warnings: number | null;
}

export const noEditor: EditorState = {
  active: null,
  focused: null,
  debugging: false,
  errors: null,
  warnings: null,
};

interface EditorStep {
  readonly state: EditorState;
  readonly beats: readonly Heartbeat[];
  readonly rows: readonly RowDraft[];
}

/**
 * What a signal of the editor amounts to: heartbeats of the file it is about, and a row where something
 * changed. A file dwells as long as it is active, but at most `gapMs` past its last sign of life. Pure.
 */
export function editorStep(
  state: EditorState,
  signal: AdmittedSignal,
  branch: string | null,
  gapMs: number,
): EditorStep {
  const { at } = signal;
  const row = (kind: RowKind, n: number, file: string | null = null): RowDraft => ({
    at,
    kind,
    file,
    branch,
    n,
  });
  switch (signal.kind) {
    case 'active':
      return activate(state, signal.file, at, branch, gapMs);
    case 'typing':
    case 'save': {
      const edits = signal.kind === 'typing' ? signal.edits : 0;
      const saves = signal.kind === 'save' ? 1 : 0;
      const { file } = signal;
      return {
        state: touched(state, file, at),
        beats: [{ kind: 'editor', at, file, edits, saves }],
        rows: [],
      };
    }
    case 'focus': {
      if (signal.focused === state.focused) return { state, beats: [], rows: [] };
      const rows = [row('focus', signal.focused ? 1 : 0)];
      const next = { ...state, focused: signal.focused };
      if (signal.focused) {
        // The file that was left behind is in front again; a client need not say so.
        const active = state.active && { file: state.active.file, since: at, last: at };
        return { state: { ...next, active }, beats: active ? [seen(active.file, at)] : [], rows };
      }
      return { state: next, beats: state.active ? [leave(state.active, at, gapMs)] : [], rows };
    }
    case 'diagnostics': {
      const rows: RowDraft[] = [];
      if (signal.errors !== state.errors) rows.push(row('errors', signal.errors));
      if (signal.warnings !== state.warnings) rows.push(row('warnings', signal.warnings));
      return { state: { ...state, errors: signal.errors, warnings: signal.warnings }, beats: [], rows };
    }
    case 'test':
      return { state, beats: [], rows: [row(signal.passed ? 'test_passed' : 'test_failed', 1)] };
    case 'debug': {
      const rows = signal.active === state.debugging ? [] : [row('debug', signal.active ? 1 : 0)];
      return { state: { ...state, debugging: signal.active }, beats: [], rows };
    }
    case 'prompt':
      // Of the moment only: it matters to interruption, not to the record.
      return { state, beats: [], rows: [] };
  }
}

type Active = NonNullable<EditorState['active']>;

function activate(
  state: EditorState,
  file: string | null,
  at: number,
  branch: string | null,
  gapMs: number,
): EditorStep {
  const left = state.active;
  if (left && left.file === file)
    return { state: touched(state, file, at), beats: [seen(file, at)], rows: [] };
  const next = { ...state, active: file === null ? null : { file, since: at, last: at } };
  const arrival = file === null ? [] : [seen(file, at)];
  if (!left || state.focused === false) return { state: next, beats: arrival, rows: [] };
  const last = leave(left, at, gapMs);
  const n = Math.max(0, last.at - left.since);
  return {
    state: next,
    beats: [last, ...arrival],
    rows: [{ at, kind: 'switch', file: left.file, branch, n }],
  };
}

function touched(state: EditorState, file: string, at: number): EditorState {
  const { active } = state;
  if (active?.file !== file) return state;
  return { ...state, active: { ...active, last: Math.max(active.last, at) } };
}

function leave(active: Active, at: number, gapMs: number): Heartbeat {
  return seen(active.file, Math.max(active.since, Math.min(at, active.last + gapMs)));
}

function seen(file: string, at: number): Heartbeat {
  return { kind: 'editor', at, file, edits: 0, saves: 0 };
}
