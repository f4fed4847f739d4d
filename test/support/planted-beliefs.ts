import type { Claim, GeneratorName } from '../../companion/hypotheses/generator.ts';
import { openHypotheses } from './hypotheses.ts';
import { type Habit, type HabitHistory, isOf, mayBe } from './streams/planted-habits.ts';

const DAY = 24 * 60 * 60 * 1000;
const WITHIN_DAYS = 28;

export interface Tally {
  planted: number;
  found: number;
  formed: number;
  right: number;
}

/** What is believed after four weeks of nights against what was planted. Pairs of a test with its source count neither way. */
export async function tallyOf(history: HabitHistory): Promise<Map<GeneratorName, Tally>> {
  const beliefs = await beliefsOf(history);
  const tally = new Map<GeneratorName, Tally>();
  for (const { generator, claim } of beliefs) {
    const parts = history.habits.map((habit) => habitOf(generator, claim, habit));
    const own = habitOf(generator, claim, null);
    if (own && mayBe(own)) continue;
    const counted = of(tally, generator);
    counted.formed++;
    if (history.habits.some((habit, i) => parts[i] && isOf(parts[i], habit))) counted.right++;
  }
  for (const habit of history.habits) {
    const counted = of(tally, habit.generator);
    counted.planted++;
    const those = beliefs.filter(({ generator }) => generator === habit.generator);
    const found = those.filter(({ generator, claim }) => {
      const belief = habitOf(generator, claim, habit);
      return belief && isOf(belief, habit);
    });
    // A rhythm is found with both of its ends.
    if (found.length >= (habit.generator === 'rhythm' ? 2 : 1)) counted.found++;
  }
  return tally;
}

/** What was formed and not withdrawn in four weeks, with a night after each day. */
export async function beliefsOf({ events, from, offsetMinutes }: HabitHistory) {
  const local = (at: number) => {
    const shifted = at + offsetMinutes * 60_000;
    return { day: Math.floor(shifted / DAY), minute: Math.floor((shifted % DAY) / 60_000) };
  };
  await using t = await openHypotheses(
    events.filter(({ at }) => at < from + WITHIN_DAYS * DAY),
    { local },
  );
  // The night of the last day ends at six in the morning after it.
  for (let day = 1; day <= WITHIN_DAYS; day++) await t.hypotheses.consider(from + day * DAY + DAY / 4);
  return t.hypotheses.list().filter(({ status }) => status !== 'withdrawn');
}

/**
 * A belief in the words of the labels; null where they have none for it. A belief tells one end of a rhythm: the other
 * is taken from the label.
 */
function habitOf(generator: GeneratorName, claim: Claim, habit: Habit | null): Habit | null {
  const hour = Number(claim.minute) / 60;
  switch (generator) {
    case 'rhythm': {
      const label = habit?.generator === 'rhythm' ? habit : { starts: hour, ends: hour };
      return {
        generator,
        starts: label.starts,
        ends: label.ends,
        [claim.part === 'start' ? 'starts' : 'ends']: hour,
      };
    }
    case 'peak_hours':
      return { generator, from: Number(claim.from), until: Number(claim.until) };
    case 'test_order':
      return { generator, order: claim.order as 'first' | 'last' };
    case 'commit_size':
      return claim.size === 'middling' ? null : { generator, size: claim.size as 'small' | 'large' };
    case 'branch_habit':
      return { generator, prefix: claim.habit === 'straight' ? null : String(claim.prefix) };
    case 'files_together': {
      const [a, b] = [String(claim.file), String(claim.with)].sort() as [string, string];
      return { generator, a, b };
    }
  }
}

function of(tally: Map<GeneratorName, Tally>, generator: GeneratorName): Tally {
  const counted = tally.get(generator) ?? { planted: 0, found: 0, formed: 0, right: 0 };
  tally.set(generator, counted);
  return counted;
}

/** Sums tallies, per generator and over all of them. */
export function sumOf(tallies: readonly Map<GeneratorName, Tally>[]): Map<GeneratorName | 'all', Tally> {
  const sum = new Map<GeneratorName | 'all', Tally>();
  for (const tally of tallies)
    for (const [generator, each] of tally)
      for (const key of [generator, 'all'] as const) {
        const whole = sum.get(key) ?? { planted: 0, found: 0, formed: 0, right: 0 };
        for (const field of ['planted', 'found', 'formed', 'right'] as const) whole[field] += each[field];
        sum.set(key, whole);
      }
  return sum;
}
