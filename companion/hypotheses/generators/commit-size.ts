import type { WorkEvent } from '../../timeline/index.ts';
import { type Generator, verdict } from '../generator.ts';
import { quantile } from '../statistics.ts';
import type { Week } from '../weeks.ts';

interface SizeClaim {
  readonly [field: string]: string | number | readonly number[];
  /** Changed lines (added and removed). */
  readonly low: number;
  readonly high: number;
  readonly size: 'small' | 'middling' | 'large';
}

/** So many commits at least. */
const COMMITS = 10;
/** The usual range is that of the middle eight tenths, */
const [FROM, UNTIL] = [0.1, 0.9];
/** and a habit where its end is surely (one-sided 99 %) at most so many times its beginning: else it is a hundredfold. */
const NARROW = 6;
const SURE = 2.33;
/** A few lines more or less are no other size. */
const SLACK = 10;
const WEEKLY = { least: 4, supports: 0.6, contradicts: 0.4 };
/** Where the middle one has at most, or at least, so many lines. */
const [SMALL, LARGE] = [50, 200];

/** How large the user's commits are, where they are alike. */
export const commitSize: Generator<SizeClaim> = {
  name: 'commit_size',
  kinds: ['commits'],

  propose(weeks) {
    const sizes = weeks.flatMap((week) => commitsOf(week).map(sizeOf));
    if (sizes.length < COMMITS) return null;
    const [low, high] = [Math.floor(quantile(sizes, FROM)), Math.ceil(quantile(sizes, UNTIL))];
    if (!isNarrow(sizes)) return [];
    const middle = quantile(sizes, 0.5);
    const size = middle <= SMALL ? 'small' : middle >= LARGE ? 'large' : 'middling';
    const sentence = `You make ${size === 'middling' ? '' : `${size} `}commits, of ${low} to ${high} lines`;
    return [{ subject: 'lines', workspace: null, claim: { low, high, size }, sentence, unit: 'commits' }];
  },

  judge({ claim }, week) {
    const commits = commitsOf(week);
    const fitting = commits.filter((commit) => claim.low <= sizeOf(commit) && sizeOf(commit) <= claim.high);
    const refs = fitting.map(({ at, workspace, commit }) => ({ at, workspace, commit }));
    return verdict(fitting.length, commits.length, WEEKLY, refs);
  },

  /** Where the ranges share at least half of what they cover together, by proportion. */
  same(a, b) {
    const of = (size: number) => Math.log(size + SLACK);
    const shared = of(Math.min(a.high, b.high)) - of(Math.max(a.low, b.low));
    return shared >= (of(Math.max(a.high, b.high)) - of(Math.min(a.low, b.low))) / 2;
  },
};

/** Whether the range is narrow even where chance has drawn its ends together: few commits must lie closer. */
function isNarrow(sizes: readonly number[]): boolean {
  const error = SURE * Math.sqrt((FROM * UNTIL) / sizes.length);
  const [low, high] = [
    quantile(sizes, Math.max(0, FROM - error)),
    quantile(sizes, Math.min(1, UNTIL + error)),
  ];
  return (high + SLACK) / (low + SLACK) <= NARROW;
}

type Commit = WorkEvent & { kind: 'commit' };

/** Own commits that change something: a merge that only joins has no size. */
function commitsOf(week: Week): Commit[] {
  return week.items.flatMap(({ event }) =>
    event.kind === 'commit' && event.own && sizeOf(event) > 0 ? [event] : [],
  );
}

function sizeOf({ insertions, deletions }: Commit): number {
  return insertions + deletions;
}
