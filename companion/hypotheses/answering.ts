import { ProgenyError } from '../protocol/index.ts';
import { type Answer, type Hypothesis, isAffirmed } from './hypothesis.ts';
import { VALIDATIONS_TO_LEARN } from './weight.ts';

/** What an answer makes of a belief. An answer may be changed at any time. Throws `conflict` for one that is withdrawn. */
export function answered(hypothesis: Hypothesis, said: Answer, now: number): Hypothesis {
  if (hypothesis.status === 'withdrawn')
    throw new ProgenyError(
      'conflict',
      `"${hypothesis.sentence}" was withdrawn, since your work did not bear it out. It is offered again when it does.`,
    );
  if (said.answer === 'deny') return { ...hypothesis, status: 'denied', answeredAt: now, endedAt: now };
  const status = said.answer === 'context' ? 'conditional' : 'confirmed';
  const exceptWhen = said.answer === 'context' ? said.text : null;
  return { ...hypothesis, status, exceptWhen, answeredAt: now, endedAt: null };
}

/** Whether it has become something learned: the user's Yes, and three weeks since it was formed that bore it out. */
export function isDue(hypothesis: Hypothesis): boolean {
  return (
    isAffirmed(hypothesis) && hypothesis.learnedAt === null && hypothesis.validations >= VALIDATIONS_TO_LEARN
  );
}
