import { folderOf, pathWords, wordsOf } from './path-words.ts';

/** What is gathered until the scope is frozen. Plain data of bounded size. */
export interface Learning {
  /** How often each file was worked on; 0 for one that only an anchor names. */
  readonly files: Readonly<Record<string, number>>;
  /** Digests of words that anchored lines hold. */
  readonly symbols: readonly string[];
}

/** What a loop is about, as it was learned at its start: files, folders, and words that its files go by. */
export interface Scope {
  readonly files: readonly string[];
  readonly folders: readonly string[];
  readonly words: readonly string[];
  /** Salted digests of words. */
  readonly symbols: readonly string[];
}

/** Tells of a word no more than whether it is the same as another. */
export type Digest = (word: string) => string;

export const nothingLearned: Learning = { files: {}, symbols: [] };

const MOST_FILES = 300;
/** A word in this share of the files, in at least two, is what they go by. */
const WORD_SHARE = 0.6;
/** A folder with this share of the work, and files that go by no common word, is the loop's own. */
const FOLDER_SHARE = 0.15;

export function learn(learning: Learning, file: string, times = 1): Learning {
  const known = learning.files[file];
  if (known === undefined && Object.keys(learning.files).length >= MOST_FILES) return learning;
  return { ...learning, files: { ...learning.files, [file]: (known ?? 0) + times } };
}

export function learnSymbols(learning: Learning, symbols: readonly string[]): Learning {
  const all = [...new Set([...learning.symbols, ...symbols])].slice(0, MOST_FILES);
  return all.length === learning.symbols.length ? learning : { ...learning, symbols: all };
}

/** The scope of what was learned. A name of a branch says what it is about, as its files do. Pure. */
export function scopeOf({ files, symbols }: Learning, branch: string): Scope {
  const names = Object.keys(files);
  const words = new Set([...wordsOf(branch), ...commonWords(names)]);
  const work = Object.values(files).reduce((sum, n) => sum + n, 0);
  const folders = [...Map.groupBy(names, folderOf)].filter(([folder, inside]) => {
    if (folder === '' || inside.length < 2) return false;
    const share = inside.reduce((sum, file) => sum + files[file]!, 0) / Math.max(1, work);
    return share >= FOLDER_SHARE && !goByWords(inside, folder, words);
  });
  return {
    files: names,
    folders: folders.map(([folder]) => folder),
    words: [...words],
    symbols,
  };
}

export function isInside(scope: Scope, file: string, digest: Digest): boolean {
  if (scope.files.includes(file)) return true;
  if (scope.folders.some((folder) => file.startsWith(`${folder}/`))) return true;
  const words = pathWords(file);
  if (words.some((word) => scope.words.includes(word))) return true;
  return scope.symbols.length > 0 && words.some((word) => scope.symbols.includes(digest(word)));
}

/** What the scope is called in a sentence: "src/parser", "src/parser and test/parser", "\"order\" files". */
export function nameOf(scope: Scope): string {
  const folders = [...scope.folders].sort((a, b) => a.length - b.length || (a < b ? -1 : 1)).slice(0, 2);
  if (folders.length > 0) return folders.join(' and ');
  const [word] = scope.words;
  return word === undefined ? 'the files it began with' : `the files named "${word}"`;
}

function commonWords(files: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const file of files) for (const word of pathWords(file)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts]
    .filter(([, n]) => n >= 2 && n >= WORD_SHARE * files.length)
    .sort((a, b) => b[1] - a[1])
    .map(([word]) => word);
}

/**
 * A folder of layers (`routes`, `tests`) holds the files of many subjects: where the loop's files in it go by a common
 * word, or by one of the loop's, the word is the scope and not the folder.
 */
function goByWords(files: readonly string[], folder: string, words: ReadonlySet<string>): boolean {
  const names = files.map((file) => file.slice(folder.length + 1));
  const named = names.filter((name) => pathWords(name).some((word) => words.has(word)));
  return 2 * named.length > names.length || commonWords(names).length > 0;
}
