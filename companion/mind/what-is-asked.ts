import type { Perception } from '../protocol/index.ts';
import { namesIn } from './names.ts';
import { tellingWords } from './words.ts';

/** Where the asker stands. `selection` is data. */
export interface Place {
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly selection?: string | undefined;
}

/** A question with all that is needed to look for its answer. */
export interface Asked {
  readonly question: string;
  readonly place: Place;
  readonly perception: Perception;
  /** What it is about; of an earlier question where this one says nothing. */
  readonly words: readonly string[];
  readonly now: number;
}

const HERE =
  /(?<!\p{L})(?:this (?:file|line|place|code|function|class|module)|here|current file|diese[rmns]? (?:datei|zeile|stelle|code|funktion|klasse|modul)|hier)(?!\p{L})/iu;
/** Words that say where, not what. */
const PLACE_WORDS = new Set(
  tellingWords('file line place code folder directory datei zeile ordner here hier current'),
);

/** Whether a question is about the place where the user stands. Pure. */
export function isHere({ question, place }: Pick<Asked, 'question' | 'place'>): boolean {
  return place.file !== undefined && HERE.test(question);
}

/** What a question is about. Where it says nothing by itself, what the one before it was about. Pure. */
export function aboutOf(question: string, earlier: readonly string[]): string[] {
  for (const text of [question, ...earlier]) {
    const words = tellingWords(text).filter((word) => !PLACE_WORDS.has(word));
    if (words.length > 0) return words.slice(0, 24);
  }
  return [];
}

/** The file, folder or branch that a question names, as it stands in it; null for none. Pure. */
export function pathNamed(question: string): string | null {
  return namesIn(question).files[0] ?? null;
}

/** Whether a file is the one that is meant, by its path, its name or the folder that holds it. Pure. */
export function isWithin(file: string, wanted: string): boolean {
  const want = wanted.replace(/^\.\//, '').replace(/\/$/, '').toLowerCase();
  const has = file.toLowerCase();
  return has === want || has.endsWith(`/${want}`) || has.startsWith(`${want}/`) || has.includes(`/${want}/`);
}
