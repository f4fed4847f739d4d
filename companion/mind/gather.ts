import { breathe } from './breathe.ts';
import type { Knowledge } from './knowledge.ts';
import { readAhead } from './match.ts';
import { type Source, sourceKey } from './source.ts';
import { ofCommit, ofDecision, ofLoop, ofMemory, ofTodo, ofWhisper } from './sources-of.ts';
import { type Asked, isHere, isWithin, pathNamed } from './what-is-asked.ts';
import { stem, wordsOf } from './words.ts';

/** All that an answer may rest on, each once. */
export interface Gathered {
  readonly sources: readonly Source[];
  /** Commits that changed the file that is meant, the newest first. */
  readonly history: readonly Source[];
  /** What memory thinks best, best first: by meaning too, where there is a sentence model. */
  readonly recalled: readonly Source[];
}

const RECALLED = 20;

/** Looks everywhere at once. What cannot be read is not there: an answer from the rest is better than none. */
export async function gather(asked: Asked, knowledge: Knowledge, signal?: AbortSignal): Promise<Gathered> {
  const { workspace } = knowledge;
  const file = fileMeant(asked, knowledge);
  const [remembered, commits, changes] = await Promise.all([
    knowledge.recall(asked.question, RECALLED),
    asked.words.length === 0 ? [] : knowledge.commits({ words: asTyped(asked) }, signal),
    file === null ? [] : knowledge.commits({ file }, signal),
  ]);
  await breathe();
  const whispers = knowledge.whispers().map((each) => ofWhisper(each, knowledge.isPrivate(each.loopId)));
  await breathe();
  const decisions = knowledge
    .decisions()
    .map((each) => ofDecision(each, each.loopId !== null && knowledge.isPrivate(each.loopId)));
  const own = new Map([...whispers, ...decisions].map((source) => [source.id, source]));
  const recalled = remembered.flatMap(({ record, mirrors }) =>
    mirrors === null ? [ofMemory(record)] : (own.get(mirrors) ?? []),
  );
  await breathe();
  const loops = knowledge.loops().map(ofLoop);
  await breathe();
  const sources = once([
    ...recalled,
    ...decisions,
    ...whispers,
    ...loops,
    ...knowledge.todos().map((each) => ofTodo(each, workspace)),
    ...commits.map((each) => ofCommit(each, workspace)),
  ]);
  const history = once(changes.map((each) => ofCommit(each, workspace)));
  await readAhead([...sources, ...history], asked.words);
  return { sources, history, recalled: once(recalled) };
}

/** The file that a question is about, as the repository calls it. */
function fileMeant(asked: Asked, knowledge: Knowledge): string | null {
  if (isHere(asked)) return asked.place.file!;
  const named = pathNamed(asked.question);
  if (named === null) return null;
  const known = [
    ...knowledge.todos().map(({ file }) => file),
    ...knowledge.branches().flatMap(({ files }) => files),
    ...(knowledge.edits()?.files ?? []),
    ...(asked.place.file === undefined ? [] : [asked.place.file]),
  ];
  return known.find((file) => isWithin(file, named)) ?? named;
}

/** Words of the question as git is to look for them: their beginning as typed, not their stem. */
function asTyped({ question, words }: Asked): string[] {
  const typed = wordsOf(question).filter((word) => words.includes(stem(word)));
  return [...new Set(typed.length > 0 ? typed.map(stem) : words)];
}

/** The first of those that are the same. Pure. */
export function once(sources: readonly Source[]): Source[] {
  const seen = new Set<string>();
  return sources.filter((source) => {
    const key = sourceKey(source);
    const first = !seen.has(key);
    seen.add(key);
    return first;
  });
}
