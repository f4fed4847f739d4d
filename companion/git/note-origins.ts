import { isDenied } from '../kernel/index.ts';
import type { BlamedLine } from './blame-parser.ts';
import type { FileHistories, FileVersion } from './file-history.ts';
import { invoke } from './invoke.ts';
import { batchReader } from './object-batch.ts';
import type { Repository } from './repository.ts';
import type { RunLimits } from './run.ts';
import { decodeLossily } from './text.ts';
import { findTodo } from './todo-comment.ts';
import type { Todo } from './todos.ts';

export interface NoteOriginsOptions extends Pick<RunLimits, 'signal'> {
  /** Called as versions are read; 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
}

const LARGEST = 1024 * 1024;
/** Of one file; the note of a longer past is left to blame. */
const MOST_VERSIONS = 300;
const TIMEOUT_MS = 120_000;
const MARKED_LINE = /^.*(?:TODO|FIXME|HACK|XXX).*$/gm;

/**
 * When and by whom each of `notes` was first written, as far as the versions of its file tell without doubt;
 * null where they do not (not committed, older than the histories, perhaps from a file that was edited while it
 * moved), and blame must. One process for all notes, where blame walks the whole history for every file.
 * A note is known by its text, so that moving or indenting it changes nothing. Throws `GitError`.
 */
export async function readNoteOrigins(
  repository: Repository,
  notes: readonly Pick<Todo, 'path' | 'text'>[],
  histories: FileHistories,
  options: NoteOriginsOptions = {},
): Promise<(BlamedLine | null)[]> {
  const paths = new Set(notes.map((note) => note.path));
  const wanted = [...paths].filter(
    (path) => !isDenied(path) && (histories.get(path)?.length ?? 0) <= MOST_VERSIONS,
  );
  // A partial clone has not got the old versions.
  const texts = repository.partial ? new Map() : await readTexts(repository, wanted, histories, options);
  return notes.map(({ path, text }) =>
    wanted.includes(path) ? findOrigin(text, histories.get(path) ?? [], texts) : null,
  );
}

/** The oldest version that has the text, where it is sure that nothing older had it. Pure. */
export function findOrigin(
  text: string,
  versions: readonly FileVersion[],
  texts: ReadonlyMap<string, ReadonlySet<string>>,
): BlamedLine | null {
  const oldest = versions.findLastIndex((version) => texts.get(version.blob)?.has(text));
  const origin = versions[oldest];
  if (!origin) return null;
  const isLast = oldest === versions.length - 1;
  if (isLast && origin.start !== 'born') return null;
  const { commit, author, email, authoredAt } = origin.commit;
  return { commit, author, email, at: authoredAt };
}

/** The texts of the notes in every version, by its object. */
async function readTexts(
  repository: Repository,
  paths: readonly string[],
  histories: FileHistories,
  options: NoteOriginsOptions,
): Promise<Map<string, Set<string>>> {
  const pathOf = new Map(
    paths.flatMap((path) => (histories.get(path) ?? []).map(({ blob }) => [blob, path] as const)),
  );
  const texts = new Map<string, Set<string>>();
  if (pathOf.size === 0) return texts;
  let read = 0;
  const push = batchReader(LARGEST, ({ object, content }) => {
    read++;
    if (read % 200 === 0) options.onProgress?.(read / pathOf.size);
    if (content) texts.set(object, notesIn(pathOf.get(object) ?? '', content));
  });
  await invoke(repository, ['cat-file', '--batch'], {
    signal: options.signal,
    timeoutMs: TIMEOUT_MS,
    maxBytes: 4 * 1024 ** 3,
    input: Buffer.from([...pathOf.keys()].map((object) => `${object}\n`).join('')),
    onOutput: (chunk) => {
      push(chunk);
      return undefined;
    },
  });
  options.onProgress?.(1);
  return texts;
}

function notesIn(path: string, content: Buffer): Set<string> {
  const lines = decodeLossily(content).match(MARKED_LINE) ?? [];
  return new Set(lines.flatMap((line) => findTodo(path, line)?.text ?? []));
}
