import { duration } from '../kernel/index.ts';
import { ProgenyError } from '../protocol/index.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
export const SUBJECT_RESTS_MS = 10 * MINUTE;
export const ROUNDS_A_DAY = 30;
export const LIMITED_WITHIN_MS = DAY;

/**
 * Throws `rate_limited` with the time to retry where a round would be one too many: one a subject in ten minutes,
 * thirty in 24 hours (systems.md, section 7). `lastOfSubject`: when it was asked last; null for never. `rounds`: when
 * those of the last 24 hours were, in any order. A correction round is a round of the day, not of the subject.
 */
export function checkLimits(
  now: number,
  {
    lastOfSubject,
    rounds,
    wanted,
  }: { lastOfSubject: number | null; rounds: readonly number[]; wanted: number },
): void {
  const today = rounds.filter((at) => at > now - LIMITED_WITHIN_MS).sort((a, b) => a - b);
  const over = today.length + wanted - ROUNDS_A_DAY;
  const ofDay = over > 0 ? today[over - 1]! + LIMITED_WITHIN_MS - now : 0;
  const ofSubject = lastOfSubject === null ? 0 : lastOfSubject + SUBJECT_RESTS_MS - now;
  // Both have to be over.
  if (ofDay > 0 && ofDay >= ofSubject)
    throw limited(
      ofDay,
      `The council has held ${today.length} of ${ROUNDS_A_DAY} rounds in the last 24 hours; this needs ${wanted}.`,
    );
  if (ofSubject > 0)
    throw limited(
      ofSubject,
      `The council was asked about this ${duration(now - lastOfSubject!)} ago; it is asked once in ${duration(SUBJECT_RESTS_MS)}.`,
    );
}

function limited(retryAfterMs: number, why: string): ProgenyError {
  return new ProgenyError('rate_limited', `${why} Ask again in ${duration(retryAfterMs)}.`, {
    retryAfterMs: Math.max(1, Math.ceil(retryAfterMs)),
  });
}
