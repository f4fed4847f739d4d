import type { Hypotheses } from './hypotheses/index.ts';
import { dayOf, type Interruption, systemLocalTime } from './interruption/index.ts';
import { type Clock, count, type Disposable } from './kernel/index.ts';

export interface ReviewTapOptions {
  readonly hypotheses: Hypotheses;
  readonly interruption: Pick<Interruption, 'propose' | 'withdraw'>;
  readonly clock: Clock;
  dayStartsAt(): number;
  /** Hours in which what can wait, waits. */
  inPeakHours(now: number): boolean;
}

const SUBJECT = 'review';
const LOOK_MS = 15 * 60 * 1000;

/**
 * Proposes a tap where there are beliefs to review: one a day at most, at a boundary as every other, withdrawn as soon
 * as there is nothing left to review. Looks by itself now and then, and when it is told to. Dispose it with the companion.
 */
export function watchForReview({
  hypotheses,
  interruption,
  clock,
  dayStartsAt,
  inPeakHours,
}: ReviewTapOptions): Disposable & { look(): void } {
  let proposed = false;
  const consider = () => {
    const now = clock.now();
    const [first, ...rest] = inPeakHours(now) ? [] : hypotheses.peek(now);
    if (!first) {
      if (proposed) interruption.withdraw(SUBJECT);
      proposed = false;
      return;
    }
    proposed = true;
    const more = rest.length === 0 ? '' : `, and ${rest.length} more`;
    interruption.propose({
      id: `review:${SUBJECT}:${dayOf(now, dayStartsAt(), systemLocalTime)}`,
      subject: SUBJECT,
      workspace: null,
      text: `${count(rest.length + 1, 'thing')} to review about how you work: “${first.sentence}”${more}.`,
      why: 'It was found in your own work, and nothing follows from it until you say Yes.',
      actions: [
        { id: 'show', label: 'Review' },
        { id: 'later', label: 'Later' },
        { id: 'not_useful', label: 'Not useful' },
      ],
      bypass: false,
    });
  };
  const timer = clock.every(LOOK_MS, consider);
  consider();
  return {
    look: consider,
    dispose() {
      timer.dispose();
      if (proposed) interruption.withdraw(SUBJECT);
    },
  };
}
