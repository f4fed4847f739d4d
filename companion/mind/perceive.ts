import type { Perception, Tone } from '../protocol/index.ts';
import { entitiesOf } from './entities.ts';
import { INTENTS, LOAD, type Sign, STAKES, TONES, URGENCY } from './lexicon.ts';

export interface Perceived {
  readonly perception: Perception;
  /** How sure the word lists are of the intent, 0-1. */
  readonly sure: number;
  /** Something that is hard to take back. */
  readonly stakes: boolean;
}

/** Below it a model is asked, where there is one. */
export const SURE = 0.5;

/** What a question says of itself, by word lists alone. Pure. */
export function perceive(question: string): Perceived {
  const intents = Object.entries(INTENTS).map(
    ([intent, signs]) => [intent as Perception['intent'], strongest(signs, question)] as const,
  );
  const [intent, sure] = best(intents);
  const tones = Object.entries(TONES).map(
    ([tone, signs]) => [tone as Tone, strongest(signs, question)] as const,
  );
  const [tone, felt] = best(tones);
  const tired = tone === 'weary' || tone === 'tense' ? felt * 0.5 : 0;
  return {
    perception: {
      intent: sure > 0 ? intent : 'other',
      tone: felt > 0 ? tone : 'calm',
      urgency: total(URGENCY, question),
      load: Math.min(1, total(LOAD, question) + tired),
      entities: entitiesOf(question),
      by: 'rules',
    },
    sure,
    stakes: STAKES.test(question),
  };
}

function strongest(signs: readonly Sign[], text: string): number {
  return Math.max(0, ...signs.map(([pattern, weight]) => (pattern.test(text) ? weight : 0)));
}

/** Probably one of them: signs add up like chances. */
function total(signs: readonly Sign[], text: string): number {
  const none = signs.reduce(
    (left, [pattern, weight]) => (pattern.test(text) ? left * (1 - weight) : left),
    1,
  );
  return Math.round((1 - none) * 100) / 100;
}

function best<T>(all: readonly (readonly [T, number])[]): readonly [T, number] {
  return all.reduce((one, other) => (other[1] > one[1] ? other : one));
}
