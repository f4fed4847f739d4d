import type { Mind } from '../store/index.ts';
import { agree } from './agreement.ts';
import { plainWords } from './merging.ts';

/** Two facts that are both held to be so and say different things. Nothing is changed; a person decides. */
export interface Contradiction {
  /** The older first. */
  readonly facts: readonly [string, string];
  /** Both are about the same; or they differ in a number, or in a negation, and in nothing else. */
  readonly because: 'about' | 'number' | 'negation';
}

interface FactRow {
  readonly id: string;
  readonly content: string;
  readonly workspace: string | null;
  readonly about: string | null;
}

/** A fact in the forms by which it is compared. */
interface Framed {
  readonly fact: FactRow;
  readonly words: readonly string[];
  readonly number: string;
  readonly negation: string;
}

/** So many are told at once; the newest facts first. */
const MOST = 20;
const MOST_FACTS = 5000;
const LONGEST = 300;
/** So many facts are read word by word without a pause. */
const AT_ONCE = 100;
/** From so many on, sentences that differ in a number are a series of measurements and contradict nothing. */
const SERIES = 4;
const NUMBER = /\p{N}/u;
const NEGATIONS = new Set(['not', 'no', 'never', 'cannot', 'none', 'without']);

/**
 * Facts that hold and contradict each other: what writing a fact could not settle, as an agent said it, an import
 * brought it, or nothing says which is later. Of the newest facts of a sentence or two. English. Reads only; `pause`
 * lets others have their turn.
 */
export async function contradictions(
  mind: Pick<Mind, 'read'>,
  pause: () => Promise<void>,
): Promise<Contradiction[]> {
  const sql = `SELECT id, content, workspace, about FROM memories
    WHERE kind = 'fact' AND valid_to IS NULL AND mask IS NULL AND length(content) <= ${LONGEST}
    ORDER BY rowid DESC LIMIT ${MOST_FACTS}`;
  const facts = mind.read((reader) => reader.all<FactRow>(sql));
  const frames: Framed[] = [];
  for (const [i, fact] of facts.entries()) {
    if (i % AT_ONCE === AT_ONCE - 1) await pause();
    frames.push({ fact, ...frameOf(fact.content) });
  }
  const found = new Map<string, Contradiction>();
  const tell = (because: Contradiction['because'], newer: FactRow, older: FactRow) => {
    const key = `${older.id} ${newer.id}`;
    if (found.size < MOST && !found.has(key)) found.set(key, { facts: [older.id, newer.id], because });
  };
  const about = frames.filter(({ fact }) => fact.about !== null);
  for (const group of groups(about, ({ fact }) => fact.about!.toLowerCase()))
    for (const [newer, older] of pairs(group.slice(0, MOST)))
      if (!agree(newer.fact.content, older.fact.content)) tell('about', newer.fact, older.fact);
  for (const because of ['number', 'negation'] as const) {
    await pause();
    for (const group of groups(frames, (framed) => framed[because]))
      if (group.length < SERIES)
        for (const [newer, older] of pairs(group))
          if (differ(newer.words, older.words, because)) tell(because, newer.fact, older.fact);
  }
  return [...found.values()];
}

/** What a sentence says without its numbers, and without its negations. Pure. */
function frameOf(content: string): Omit<Framed, 'fact'> {
  const words = wordsOf(content);
  return {
    words,
    number: words.map((word) => (NUMBER.test(word) ? '#' : word)).join(' '),
    negation: words.filter((word) => !NEGATIONS.has(word) && !DOING.has(word)).join(' '),
  };
}

/** "Does not run" and "runs": the helper comes and goes with the negation. */
const DOING = new Set(['do', 'does', 'did']);

function wordsOf(content: string): string[] {
  const written = plainWords(content)
    .replace(/n't\b/g, ' not')
    .replace(/\bca not\b/g, 'can not');
  return written.split(' ').map((word) => (/^\p{L}{3,}$/u.test(word) ? bare(word) : word));
}

/** "Retries" and "retry", "uses" and "use". Pure. */
function bare(word: string): string {
  return word.replace(/s$/, '').replace(/e$/, '').replace(/y$/, 'i');
}

function differ(one: readonly string[], other: readonly string[], because: 'number' | 'negation'): boolean {
  const told = (words: readonly string[]) =>
    words.filter((word) => (because === 'number' ? NUMBER.test(word) : NEGATIONS.has(word)));
  const [left, right] = [told(one), told(other)];
  if (because === 'negation') return left.length !== right.length;
  // One number: "20 of 30" and "21 of 31" are two counts, not two opinions.
  return left.filter((word, i) => word !== right[i]).length === 1;
}

/** Facts of one place that have the same key, where there are several. */
function groups(facts: readonly Framed[], key: (fact: Framed) => string): Framed[][] {
  const byKey = Map.groupBy(facts, (framed) => `${framed.fact.workspace} ${key(framed)}`);
  return [...byKey.values()].filter((group) => group.length > 1);
}

function pairs<T>(group: readonly T[]): (readonly [T, T])[] {
  return group.flatMap((one, i) => group.slice(i + 1).map((other) => [one, other] as const));
}
