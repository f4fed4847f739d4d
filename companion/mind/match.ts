import { withBreath } from './breathe.ts';
import type { Source } from './source.ts';
import { tellingWords } from './words.ts';

export interface Match {
  readonly source: Source;
  /** The share of what the question is about that it speaks of, 0-1. */
  readonly covers: number;
  readonly score: number;
}

/** A kind of source that an answer likes better counts for more. */
export type Preference = Readonly<Partial<Record<Source['kind'], number>>>;

/** Below it a source speaks of something else. */
const COVERS = 0.34;
/** What a word is worth that nothing has, unless it is a name: it may be how the question is put. */
const UNHEARD = 0.25;
const HALF_LIFE_MS = 60 * 24 * 60 * 60 * 1000;
const FRESH = 0.1;
const MOST_OF_A_KIND = 200;
/** A word of so many letters stands for those that begin with it. */
const BEGINNING = 5;
/** So many of the best are looked at; the rest says no more. */
const LOOKED_AT = 60;
/** Something nearly the same was found before. */
const ALIKE = 0.8;

/**
 * Sources that speak to these words, best first: rare words count for more, a word is the same as another that begins
 * like it. What is asked for by a name that nothing has is not found. Two that say the same in the same words count once. Pure.
 */
export function matching(
  sources: readonly Source[],
  wanted: readonly string[],
  { prefer = {}, names = [], now }: { prefer?: Preference; names?: readonly string[]; now: number },
): Match[] {
  if (wanted.length === 0) return [];
  const read = theMost(sources.filter((source) => mayHave(source, wanted))).map((source) => ({
    source,
    words: wordsOfSource(source),
  }));
  const named = new Set(names.flatMap(tellingWords));
  const weights = wanted.map((word) => {
    const having = read.filter(({ words }) => has(words, word)).length;
    const rare = Math.log(1 + (sources.length + 1) / (having + 0.5));
    return [word, having > 0 || named.has(word) ? rare : rare * UNHEARD] as const;
  });
  const whole = weights.reduce((sum, [, weight]) => sum + weight, 0);
  const found = read.flatMap(({ source, words }) => {
    const covers = weights.reduce((sum, [word, weight]) => sum + (has(words, word) ? weight : 0), 0) / whole;
    if (covers < COVERS || !isSpoken(words, wanted)) return [];
    const age = source.at === null ? HALF_LIFE_MS : Math.max(0, now - source.at);
    const score = covers * (prefer[source.kind] ?? 1) + FRESH * 0.5 ** (age / HALF_LIFE_MS);
    return [{ source, words, covers, score }];
  });
  found.sort((a, b) => b.score - a.score);
  const kept: typeof found = [];
  for (const each of found.slice(0, LOOKED_AT))
    if (!kept.some((other) => alike(other.words, each.words) >= ALIKE)) kept.push(each);
  return kept.map(({ source, covers, score }) => ({ source, covers, score }));
}

/** Reads what `matching` will look at, a few at a time: after it nothing holds up the event loop for long. */
export async function readAhead(sources: readonly Source[], wanted: readonly string[]): Promise<void> {
  await withBreath(sources, lettersOf);
  const likely = theMost(sources.filter((source) => mayHave(source, wanted)));
  await withBreath(likely, wordsOfSource);
}

/** Of each kind the first, which are the newest or the nearest: what thousands say is not read whole. */
function theMost(sources: readonly Source[]): Source[] {
  const seen = new Map<Source['kind'], number>();
  return sources.filter(({ kind }) => {
    const n = (seen.get(kind) ?? 0) + 1;
    seen.set(kind, n);
    return n <= MOST_OF_A_KIND;
  });
}

/** Whether the letters of one of the words are in it at all: most sources have none, and need not be read. */
function mayHave(source: Source, wanted: readonly string[]): boolean {
  const letters = lettersOf(source);
  return wanted.some((word) => letters.includes(word.slice(0, BEGINNING)));
}

const LETTERS = new WeakMap<Source, string>();

function lettersOf(source: Source): string {
  const known = LETTERS.get(source);
  if (known !== undefined) return known;
  const { kind, title, text, file, branch, commit } = source;
  const all = `${kind === 'memory' ? '' : title}\n${text}\n${file ?? ''}\n${branch ?? ''}\n${commit ?? ''}`;
  const letters = all.normalize('NFKC').toLowerCase();
  LETTERS.set(source, letters);
  return letters;
}

/** A source is read once, however often it is looked at. */
const READ = new WeakMap<Source, ReadonlySet<string>>();

function wordsOfSource(source: Source): ReadonlySet<string> {
  const known = READ.get(source) ?? readWords(source);
  READ.set(source, known);
  return known;
}

function readWords(source: Source): ReadonlySet<string> {
  const { title, text, file, branch, commit } = source;
  const words = tellingWords(
    [source.kind === 'memory' ? '' : title, text, file ?? '', branch ?? ''].join('\n'),
  );
  return new Set(commit === undefined ? words : [...words, commit.slice(0, 7)]);
}

/** That it speaks of it: with one of the words as they are, or of most of them with words that only begin alike. */
function isSpoken(words: ReadonlySet<string>, wanted: readonly string[]): boolean {
  if (wanted.some((word) => words.has(word))) return true;
  return wanted.filter((word) => has(words, word)).length > wanted.length / 2;
}

/** The word itself, or one that begins with it or that it begins with, from five letters on. */
function has(words: ReadonlySet<string>, wanted: string): boolean {
  if (words.has(wanted)) return true;
  if (wanted.length < BEGINNING) return false;
  for (const word of words)
    if (word.length >= BEGINNING && (word.startsWith(wanted) || wanted.startsWith(word))) return true;
  return false;
}

function alike(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const both = [...a].filter((word) => b.has(word)).length;
  const all = a.size + b.size - both;
  return all === 0 ? 1 : both / all;
}
