import { isStopWord } from './query-words.ts';

/** A word as it is compared, with what stands before it; "^" begins the text. */
interface Placed {
  readonly stem: string;
  readonly before: string;
}

/** Words by which a sentence says that it is not so. Contractions have been written out. */
const NEGATIONS = new Set([
  'not',
  'no',
  'never',
  'none',
  'nor',
  'neither',
  'without',
  'cannot',
  'nobody',
  'nothing',
]);
/** "We see that it fails" says that it fails. */
const TELLING = new Set([
  'see',
  'seen',
  'saw',
  'say',
  'said',
  'know',
  'known',
  'note',
  'noted',
  'find',
  'found',
]);
/** They hold a sentence together; which of them it takes is a matter of style. "On" and "off" are not among them. */
const FILLERS = new Set(
  `a an the is are was were be been being it its that this these those to of and by with do does did has have had will
  would we i you they he she who which there so`.split(/\s+/),
);
/** They belong to what follows them, and go where that goes. */
const LEADING = new Set([
  'since',
  'every',
  'each',
  'without',
  'within',
  'per',
  'via',
  'across',
  'around',
  'upon',
]);
const PASSIVE = new Set(['is', 'are', 'was', 'were', 'be', 'been', 'being']);
const SUFFIX = /(?<=\p{L}{2})(?:ings?|ed|es|s|e|d)$/u;

/**
 * Whether two sentences that a model takes for nearly the same do say the same: the same numbers, names and other
 * telling words, as often, and in an order that is a matter of style ("in CI, it fails" and "it fails in CI") but not of
 * sense ("Ana asks Bo" and "Bo asks Ana"). Errs towards no: two records that are one cost little. English. Pure.
 */
export function agree(one: string, other: string): boolean {
  const [a, b] = [wordsOf(one), wordsOf(other)];
  return counted(a) === counted(b) && sameOrder(placed(a), placed(b));
}

/** Numbers with their signs and units' signs, identifiers whole, words without their apostrophes. */
function wordsOf(text: string): string[] {
  const written = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/n't\b/g, ' not')
    .replace(/\bcannot\b/g, 'can not');
  const words = written.match(
    /[-+~<>=#$€]*\p{N}+(?:[.,:/-]\p{N}+)*%?|[\p{L}\p{M}][\p{L}\p{M}\p{N}]*(?:[._/@:-][\p{L}\p{N}]+)*|[^\s\p{L}\p{N}.,;:!?"'()]+/gu,
  );
  return (words ?? []).map((word) => (word === 'ca' ? 'can' : word === 'wo' ? 'will' : word));
}

/** What tells, each with its neighbour to the left. */
function placed(words: readonly string[]): Placed[] {
  return words.flatMap((word, i) =>
    (isStopWord(word) && !isLetter(words, i)) || LEADING.has(word) || NEGATIONS.has(word) || TELLING.has(word)
      ? []
      : [{ stem: stemOf(word), before: words[i - 1] ?? '^' }],
  );
}

/** "From a to b": a letter that stands for something, and no article. */
function isLetter(words: readonly string[], i: number): boolean {
  const next = words[i + 1];
  return words[i] === 'a' && (next === undefined || isStopWord(next));
}

function stemOf(word: string): string {
  return /\p{N}/u.test(word) ? word : word.replace(SUFFIX, '').replace(SUFFIX, '');
}

function counted(words: readonly string[]): string {
  return words
    .filter((word, i) => (!FILLERS.has(word) || isLetter(words, i)) && !TELLING.has(word))
    .map(stemOf)
    .sort()
    .join(' ');
}

/** Whether of each two words that changed places one took along what stands before it, or "and" joins them. */
function sameOrder(left: readonly Placed[], right: readonly Placed[]): boolean {
  const partners = partnersOf(left, right);
  for (let i = 0; i < left.length; i++) {
    for (let j = i + 1; j < left.length; j++) {
      if (partners[i]! < partners[j]!) continue;
      const [first, second] = [partners[i]!, partners[j]!];
      const kept = left[i]!.before === right[first]!.before || left[j]!.before === right[second]!.before;
      const joined = left[j]!.before === 'and' && right[first]!.before === 'and';
      if (!kept && !joined && !passive(left[i]!, left[j]!, right[first]!, right[second]!)) return false;
    }
  }
  return true;
}

/** "Ana owns it" and "it is owned by Ana". */
function passive(one: Placed, other: Placed, oneThere: Placed, otherThere: Placed): boolean {
  const turned = (doer: Placed, deed: Placed) => doer.before === 'by' && PASSIVE.has(deed.before);
  return (
    turned(one, other) || turned(other, one) || turned(oneThere, otherThere) || turned(otherThere, oneThere)
  );
}

/** For each word of the left the place of the same one at the right; of several, in their order. */
function partnersOf(left: readonly Placed[], right: readonly Placed[]): number[] {
  const places = new Map<string, number[]>();
  for (const [place, { stem }] of right.entries()) places.set(stem, [...(places.get(stem) ?? []), place]);
  return left.map(({ stem }) => places.get(stem)!.shift()!);
}
