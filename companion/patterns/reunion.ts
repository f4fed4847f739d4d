import type { PatternEvidence } from '../protocol/index.ts';
import type { WorkEvent } from '../timeline/index.ts';
import { confidenceOf, type Detector, HOUR } from './pattern.ts';
import { isSignOfWork } from './signs.ts';

interface Return {
  readonly last: PatternEvidence;
  readonly back: PatternEvidence;
}

interface State {
  readonly workspace: string;
  readonly last: PatternEvidence | null;
  readonly return: Return | null;
}

/** A return is news for so long. */
const NEWS_MS = HOUR;
/** And over after this. */
const OVER_MS = 8 * HOUR;

/** Back after `reunionHours` without a sign of work (systems.md, section 1: 48 h). */
export const reunion: Detector<State> = {
  kind: 'reunion',
  empty: { workspace: '', last: null, return: null },
  step(state, event, _now, { settings }) {
    if (event === null || !isSignOfWork(event)) return state;
    const { last } = state;
    if (last && event.at <= last.at) return state;
    const sign = rowOf(event);
    const away = last ? event.at - last.at : 0;
    const isReturn = last !== null && away >= settings.loops.reunionHours * HOUR;
    return {
      workspace: event.workspace,
      last: sign,
      return: isReturn ? { last, back: sign } : state.return,
    };
  },
  look({ workspace: subject, return: seen }, now, { settings }) {
    if (!seen || now - seen.back.at > OVER_MS) return [];
    const away = seen.back.at - seen.last.at;
    return [
      {
        subject,
        firm: now - seen.back.at <= NEWS_MS,
        since: seen.back.at,
        confidence: confidenceOf(away, settings.loops.reunionHours * HOUR),
        evidence: () => [seen.last, seen.back],
      },
    ];
  },
};

function rowOf(event: WorkEvent): PatternEvidence {
  const { at, kind } = event;
  if (kind === 'edit' || kind === 'switch') return { at, kind, file: event.file };
  if (kind === 'commit') return { at, kind, commit: event.commit };
  if (kind === 'test') return { at, kind, test: event.name };
  return { at, kind };
}
