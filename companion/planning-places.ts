import { clip } from './kernel/index.ts';
import type { Knowledge } from './mind/index.ts';

/** Files that a request may be about, and what is known that may help to change them. */
export interface Places {
  /** Names of files, nearest first. */
  readonly files: readonly string[];
  /** What was remembered, for the change of a file alone: it names no file and chooses no tool. */
  readonly notes: readonly string[];
}

const MOST_FILES = 20;
const MOST_NOTES = 6;
const NOTE = 400;
/** A name as projects give it: one that reads like a sentence is no place to offer. */
const NAME = /^[\p{L}\p{N}_@$+~#[\]().-]+(?:\/[\p{L}\p{N}_@$+~#[\]().-]+)*$/u;
const LONGEST = 120;
const MOST_WORDS = 5;

/**
 * Where a request may belong, by the mind's own retrieval. Only names leave here for the prompt that makes steps, and only
 * such as are plainly names: text of others is for the prompt that changes one file.
 */
export async function placesFor(knowledge: Knowledge, request: string): Promise<Places> {
  const words = new Set(request.toLowerCase().match(/[\p{L}\p{N}_]{4,}/gu) ?? []);
  const speaks = (text: string) =>
    (text.toLowerCase().match(/[\p{L}\p{N}_]{4,}/gu) ?? []).some((word) => words.has(word));
  const found = await knowledge.recall(request, MOST_NOTES);
  const whispers = knowledge.whispers().filter(({ text }) => speaks(text));
  const todos = knowledge.todos().filter(({ text }) => speaks(text));
  const anchored = knowledge
    .loops()
    .filter(({ title }) => speaks(title))
    .flatMap(({ anchors }) => anchors.flatMap((each) => ('file' in each ? [each.file] : [])));
  const files = [
    ...(knowledge.edits()?.files ?? []),
    ...todos.map(({ file }) => file),
    ...whispers.flatMap(({ anchor }) => (anchor && 'file' in anchor ? [anchor.file] : [])),
    ...anchored,
  ];
  return {
    files: [...new Set(files)].filter(isPlainName).slice(0, MOST_FILES),
    notes: found.map(({ record }) => clip(record.content, NOTE)),
  };
}

/** Pure. */
export function isPlainName(path: string): boolean {
  const longest = Math.max(...path.split('/').map((part) => part.split(/[-_.\s]+/).length));
  return path.length <= LONGEST && NAME.test(path) && longest <= MOST_WORDS;
}
