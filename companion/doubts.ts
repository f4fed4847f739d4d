import type { Finding } from './dream/index.ts';
import type { Hypothesis } from './hypotheses/index.ts';
import type { HeritagePreferences } from './protocol/index.ts';

/** A kind of finding: a belief that is not what the user said. Its ids are those of beliefs. */
export const BELIEF = 'belief';

const LIVE: ReadonlySet<Hypothesis['status']> = new Set(['waiting', 'confirmed', 'conditional']);

/**
 * Beliefs that the work bears out and that the user's own words contradict: another time of day as the best. Nothing
 * follows from it but that it is told. Pure.
 */
export function doubts(
  beliefs: readonly Pick<Hypothesis, 'id' | 'generator' | 'status' | 'claim'>[],
  { peakHours }: Pick<HeritagePreferences, 'peakHours'>,
): Finding[] {
  if (peakHours.length === 0) return [];
  const said = peakHours.flatMap(({ from, until }) => withoutMidnight(hourOf(from), hourOf(until)));
  return beliefs.flatMap(({ id, generator, status, claim }) => {
    if (generator !== 'peak_hours' || !LIVE.has(status)) return [];
    const { from, until } = claim as { from?: unknown; until?: unknown };
    if (typeof from !== 'number' || typeof until !== 'number') return [];
    const seen = withoutMidnight(from % 24, until % 24);
    const meet = seen.some(([a, b]) => said.some(([c, d]) => a < d && c < b));
    return meet ? [] : [{ kind: BELIEF, ids: [id] }];
  });
}

/** Hours of a day as stretches that end where the day does. */
function withoutMidnight(from: number, until: number): [from: number, until: number][] {
  return from < until
    ? [[from, until]]
    : [
        [from, 24],
        [0, until],
      ];
}

function hourOf(time: string): number {
  return Number(time.slice(0, 2)) + Number(time.slice(3)) / 60;
}
