import type { InterruptionStats } from '../../../companion/protocol/index.ts';
import { stamp } from '../time.ts';
import { count } from '../words.ts';

/** What a tap was about, by the first word of its name; a kind that this version does not know is given as it is. */
const KINDS: Readonly<Record<string, string>> = {
  work_at_risk: 'Work that exists only on this disk',
  insight: 'Something left open',
  reunion: 'Welcome back',
  review: 'Beliefs to review',
  drift: 'Work that left its scope',
  memory: 'A memory',
  reminiscence: 'A memory of older work',
  question: 'A question',
  offer: 'An offer',
  workload_spike: 'Much at once',
  abandonment: 'A thread left behind',
  focus_shift: 'Turned to something else',
  stuck: 'Stuck on the same check',
  thrash: 'Going back and forth',
};

/** "Work that left its scope", from `drift:loop_1:12`. Pure. */
export function tapKind(candidate: string): string {
  const kind = candidate.split(':', 1)[0] ?? '';
  return KINDS[kind] ?? (kind === '' ? 'A tap' : sentence(kind.replaceAll('_', ' ')));
}

/** "1 of 3 today. The next one comes at 14:10 at the earliest." Pure. */
export function budgetWords({ budget }: InterruptionStats, now: number, zone?: string): string {
  const { today, perDay, nextAt, pauseMinutes, dismissalsInARow } = budget;
  const used = perDay === 0 ? 'Taps are switched off.' : `${today} of ${perDay} today.`;
  const next =
    perDay === 0
      ? ''
      : nextAt === null || nextAt <= now
        ? 'The next one may come at your next pause in the work.'
        : `The next one comes ${stamp(nextAt, now, zone)} at the earliest.`;
  const slower =
    dismissalsInARow >= 3
      ? `At least ${hours(pauseMinutes)} apart: you turned down ${dismissalsInARow} in a row.`
      : '';
  return [used, next, slower].filter(Boolean).join(' ');
}

/** "taken up 4 of 9", for a row without its table. */
export function engagedShare({ shown, engaged }: { shown: number; engaged: number }): number {
  return shown === 0 ? 0 : engaged / shown;
}

/** Half of the answers came sooner: "half of them within 12 s". Null where there is no answer. */
export function paceWords(medianMs: number | null): string | null {
  if (medianMs === null) return null;
  return medianMs < 90_000
    ? `half of the answers came within ${Math.max(1, Math.round(medianMs / 1000))} s`
    : `half of the answers came within ${Math.round(medianMs / 60_000)} min`;
}

function hours(minutes: number): string {
  return minutes < 90 ? `${minutes} min` : count(Math.round(minutes / 60), 'hour');
}

export function sentence(words: string): string {
  return words === '' ? '' : words[0]!.toUpperCase() + words.slice(1);
}
