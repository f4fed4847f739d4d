import type { WorkEvent } from '../timeline/index.ts';
import { confidenceOf, HOUR, MINUTE, MOST_EVIDENCE, type PatternContext, type Sighting } from './pattern.ts';
import type { WorkClock } from './signs.ts';

interface Red {
  /** Times of its failures since it was last green; the first and the newest ones. */
  readonly runs: readonly number[];
  /** The work clock at the first and at the newest of them, ms. */
  readonly first: number;
  readonly newest: number;
}

/** Tests that are red, by name. */
export type RedTests = Readonly<Record<string, Red>>;

const MOST_TESTS = 200;
/** Who has not run it for so long has let it be. */
const LET_BE_MS = 4 * HOUR;

export function runTest(state: RedTests, event: WorkEvent | null, { total }: WorkClock): RedTests {
  if (event?.kind !== 'test') return state;
  const { name, at, passed } = event;
  if (passed && !(name in state)) return state;
  const { [name]: red, ...others } = state;
  if (passed) return others;
  if (red && at - red.runs.at(-1)! <= LET_BE_MS) {
    const runs =
      red.runs.length < MOST_EVIDENCE ? [...red.runs, at] : [red.runs[0]!, ...red.runs.slice(2), at];
    return { ...others, [name]: { ...red, runs, newest: total } };
  }
  const names = Object.keys(others);
  if (names.length >= MOST_TESTS) delete (others as Record<string, Red>)[names[0]!];
  return { ...others, [name]: { runs: [at], first: total, newest: total } };
}

/** A test that stays red for more than `stuckMinutes` of work and is run again and again (systems.md, section 1). */
export function stuckTests(
  state: RedTests,
  { total }: WorkClock,
  now: number,
  { settings }: PatternContext,
): Sighting[] {
  const limit = settings.patterns.stuckMinutes * MINUTE;
  return Object.entries(state).flatMap(([name, { runs, first, newest }]) => {
    const spent = total - first;
    if (runs.length < 2 || spent <= limit || now - runs.at(-1)! > LET_BE_MS) return [];
    return [
      {
        subject: name,
        firm: total - newest <= limit,
        since: runs[0]!,
        confidence: confidenceOf(spent, limit),
        evidence: () => runs.map((at) => ({ at, kind: 'test', test: name })),
      },
    ];
  });
}
