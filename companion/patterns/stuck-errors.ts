import type { WorkEvent } from '../timeline/index.ts';
import {
  confidenceOf,
  DAY,
  HOUR,
  MINUTE,
  MOST_EVIDENCE,
  type PatternContext,
  type Sighting,
} from './pattern.ts';
import type { WorkClock } from './signs.ts';

interface Edit {
  readonly at: number;
  readonly file: string;
}

/** Errors above the level at which this workspace rests. */
export interface StandingErrors {
  /** Counts of the last day, and the one before. */
  readonly levels: readonly { readonly at: number; readonly count: number }[];
  readonly raised: {
    readonly at: number;
    /** The work clock then, ms. */
    readonly first: number;
    readonly count: number;
    readonly edits: readonly Edit[];
    /** What was edited most when it had lasted long enough; from then on that is what it is about. */
    readonly file: string | null;
  } | null;
}

export const noErrors: StandingErrors = { levels: [], raised: null };

const MOST_LEVELS = 500;
const LET_BE_MS = 4 * HOUR;

export function countErrors(
  state: StandingErrors,
  event: WorkEvent | null,
  { total }: WorkClock,
  { settings }: PatternContext,
): StandingErrors {
  let { levels, raised } = state;
  if (event?.kind === 'errors') {
    const { at, count } = event;
    const from = levels.findLastIndex((level) => level.at <= at - DAY);
    levels = [...levels.slice(Math.max(from, 0)), { at, count }].slice(-MOST_LEVELS);
    // A workspace that never is without errors is not stuck on them.
    const rest = Math.min(...levels.map((level) => level.count));
    if (count <= rest) raised = null;
    else raised = raised ? { ...raised, count } : { at, first: total, count, edits: [], file: null };
  }
  if (event?.kind === 'edit' && raised) {
    const { at, file } = event;
    // What was let be for hours begins anew.
    const again = at - (raised.edits.at(-1)?.at ?? raised.at) > LET_BE_MS;
    raised = again ? { ...raised, at, first: total, edits: [{ at, file }], file: null } : raised;
    if (!again) raised = { ...raised, edits: [...raised.edits, { at, file }].slice(-MOST_EVIDENCE) };
  }
  if (raised?.file === null && total - raised.first > settings.patterns.stuckMinutes * MINUTE)
    raised = { ...raised, file: mostEdited(raised.edits) };
  return levels === state.levels && raised === state.raised ? state : { levels, raised };
}

/** Errors that stand for more than `stuckMinutes` of work, told by the file that is worked on meanwhile. Pure. */
export function stuckErrors(
  { raised }: StandingErrors,
  { total }: WorkClock,
  now: number,
  { settings }: PatternContext,
): Sighting[] {
  if (!raised || raised.file === null) return [];
  const { file, edits, first } = raised;
  if (now - (edits.at(-1)?.at ?? raised.at) > LET_BE_MS) return [];
  const spent = total - first;
  return [
    {
      subject: file,
      firm: true,
      since: raised.at,
      confidence: confidenceOf(spent, settings.patterns.stuckMinutes * MINUTE),
      evidence: () => [
        { at: raised.at, kind: 'errors', n: raised.count },
        ...edits.filter((edit) => edit.file === file).map(({ at }) => ({ at, kind: 'edit', file })),
      ],
    },
  ];
}

function mostEdited(edits: readonly Edit[]): string | null {
  const counts = new Map<string, number>();
  for (const { file } of edits) counts.set(file, (counts.get(file) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}
