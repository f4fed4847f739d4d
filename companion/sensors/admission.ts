import type { EditorSignal } from '../protocol/index.ts';
import type { IgnoreRules } from './ignore-rules.ts';
import type { AdmittedSignal } from './records.ts';

/**
 * Lets through what may be recorded of an editor's signal: nothing about a file that is ignored, denied or
 * outside the workspace, but that the attention is elsewhere. A time ahead of `now` counts as now. Pure but
 * for what `rules` read.
 */
export function admit(signal: EditorSignal, rules: IgnoreRules, now: number): AdmittedSignal | null {
  const at = Math.min(signal.at, now);
  if (!('file' in signal)) return { ...signal, at };
  if (!rules.ignoresFile(signal.file)) return { ...signal, at };
  return signal.kind === 'active' ? { kind: 'active', at, file: null } : null;
}
