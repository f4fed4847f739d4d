import type { MaskPriorities } from '../protocol/index.ts';

export type Concern = keyof MaskPriorities;
export const CONCERNS = ['risk', 'effort', 'value', 'novelty', 'focus'] as const satisfies readonly Concern[];

/** Beginnings of words by which a note shows what its writer cares about. */
const SIGNS: Readonly<Record<Concern, string>> = {
  risk: 'risk danger unsafe safe break broke secur rollback fragil regress loss lose losing backup crash corrupt vulnerab careful irreversib undo',
  effort:
    'cost cheap expens effort hour hours minute slow quick tedious simpl maintain budget overhead complex shortcut boring',
  value: 'user customer valu worth useful benefit matter impact revenue reader audience help',
  novelty:
    'novel experiment idea invent playful curious different alternativ prototyp explor wild trial unusual',
  focus:
    'focus scope distract finish drift sidetrack prioriti interrupt backlog concentrat multitask unfinished juggl',
};
const STEMS: readonly (readonly [Concern, readonly string[]])[] = CONCERNS.map((concern) => [
  concern,
  SIGNS[concern].split(' '),
]);
/** A word is a form of a stem with no more than this behind it. */
const ENDING = 5;

const NOTHING =
  'a about after all also an and any are as at be because been before being but by can could did do does for from had has have how i if in into is it its just me more most my no nor not now of on only or other our out over own same should so some such than that the their them then there these they this those to too under until up very was we were what when where which while who why will with would you your'.split(
    ' ',
  );

/** The words of a text that say something, in lower case, each once. Pure. */
export function telling(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}\p{M}]{2,}/gu) ?? [];
  return [...new Set(words.filter((word) => !NOTHING.includes(word)))];
}

/** How many words of a text show each concern. Pure. */
export function concernsOf(text: string): Record<Concern, number> {
  const found: Record<Concern, number> = { risk: 0, effort: 0, value: 0, novelty: 0, focus: 0 };
  for (const word of telling(text))
    for (const [concern, stems] of STEMS)
      if (stems.some((stem) => word.startsWith(stem) && word.length - stem.length <= ENDING))
        found[concern]++;
  return found;
}

/** What a mask is compared by. */
export interface Likeness {
  readonly name: string;
  readonly voice: string;
  readonly card: string;
  readonly priorities: MaskPriorities;
}

/**
 * How well a mask fits a note, 0-1: the greater of two likenesses. One is the correlation of the concerns that the
 * note shows with what the mask cares about, the other the cosine of the note's words with those of its card and
 * voice. By words alone, so that it is the same with a sentence model and without. Pure.
 */
export function fitOf(note: string, mask: Likeness): number {
  return Math.max(correlation(concernsOf(note), mask.priorities), sharedWords(note, mask));
}

/** From -1 to 1; 0 where one side prefers nothing. */
export function correlation(
  a: Readonly<Record<Concern, number>>,
  b: Readonly<Record<Concern, number>>,
): number {
  const [x, y] = [a, b].map((side) => {
    const mean = CONCERNS.reduce((sum, concern) => sum + side[concern], 0) / CONCERNS.length;
    return CONCERNS.map((concern) => side[concern] - mean);
  }) as [number[], number[]];
  const dot = (p: number[], q: number[]) => p.reduce((sum, each, i) => sum + each * q[i]!, 0);
  const size = Math.sqrt(dot(x, x) * dot(y, y));
  return size < 1e-12 ? 0 : dot(x, y) / size;
}

function sharedWords(note: string, { name, voice, card }: Likeness): number {
  const [mine, its] = [telling(note), telling(`${name} ${voice} ${card}`)].map((words) => words.map(stem));
  const other = new Set(its);
  const shared = new Set(mine!.filter((word) => other.has(word))).size;
  return mine!.length === 0 || other.size === 0 ? 0 : shared / Math.sqrt(mine!.length * other.size);
}

/** The beginning that forms of a word share, roughly; enough to compare a line with a card. */
function stem(word: string): string {
  return word.replace(/(?:ings?|ed|es|s)$/, '').slice(0, 8);
}
