import type * as git from '../git/index.ts';
import type { ScannedTodo } from './scan.ts';

export interface ReadTodosOptions {
  git: typeof git;
  repository: git.Repository;
  now: number;
  signal: AbortSignal;
  /** Notes of an earlier scan: one that says the same in the same file keeps its date without being traced again. */
  known: readonly ScannedTodo[];
  /** 0-1, and what is being read. */
  progress(fraction: number, what: string): void;
}

const CHURN_COMMITS = 5000;
const DAY = 24 * 60 * 60 * 1000;
/**
 * The versions of a file tell of most notes. The rest are traced by blame, which may walk a whole history and is
 * bounded by number and time.
 */
const TRACED = 120;
const TRACED_PER_FILE = 5;
const TRACING_MS = 10_000;
const TRACERS = 2;

/** Notes in the code (TODO, FIXME, HACK, XXX) with author and age; those of the liveliest files are dated first. */
export async function readTodos(options: ReadTodosOptions): Promise<ScannedTodo[]> {
  const { git, repository, signal, now, progress } = options;
  progress(0, 'Looking for notes in the code');
  const found = await git.readTodos(repository, { signal });
  if (found.items.length === 0) return [];
  progress(0.1, 'Measuring how files change');
  const timesOf = new Set(found.items.map((todo) => todo.path));
  const [churn, identity] = await Promise.all([
    git.readChurn(repository, { maxCommits: CHURN_COMMITS, timesOf, signal }),
    git.readIdentity(repository, { signal }),
  ]);
  const todos = found.items.map((todo): ScannedTodo => {
    const file = churn.files.get(todo.path);
    return {
      file: todo.path,
      line: todo.line,
      tag: todo.marker,
      text: cleanNote(todo.text),
      author: null,
      own: false,
      dating: 'unknown',
      writtenAt: null,
      commit: null,
      changesSince: file?.commits ?? 0,
      fileTouchedAt: file?.lastTouchedAt ?? null,
    };
  });
  const dated = new Map(
    options.known.filter((todo) => todo.dating === 'dated').map((todo) => [identityOf(todo), todo]),
  );
  const times = (file: string) => churn.files.get(file)?.times ?? [];
  const undated = todos.filter((todo) => {
    const known = dated.get(identityOf(todo));
    if (known)
      date(
        todo,
        { at: known.writtenAt as number, author: known.author ?? '', commit: known.commit as string },
        known.own,
        times(todo.file),
      );
    return !known;
  });
  progress(0.3, 'Dating notes');
  const originals = new Map(todos.map((todo, index) => [todo, found.items[index] as git.Todo]));
  const origins = await git.readNoteOrigins(
    repository,
    undated.map((todo) => originals.get(todo) as git.Todo),
    churn.histories,
    { signal, onProgress: (fraction) => progress(0.3 + fraction * 0.4, 'Dating notes') },
  );
  const waiting = undated.filter((todo, index) => {
    const origin = origins[index];
    if (origin) date(todo, origin, git.isOwn(identity, origin), times(todo.file));
    return !origin;
  });
  const liveliness = (file: string) => {
    const known = churn.files.get(file);
    return known ? known.commits * 0.5 ** ((now - known.lastTouchedAt) / (90 * DAY)) : 0;
  };
  const byFile = [...Map.groupBy(waiting, (todo) => todo.file)].sort(
    ([a], [b]) => liveliness(b) - liveliness(a),
  );
  const until = performance.now() + TRACING_MS;
  let traced = 0;
  const trace = async () => {
    for (
      let next = byFile.shift();
      next && traced < TRACED && performance.now() < until;
      next = byFile.shift()
    ) {
      const [file, all] = next;
      const notes = all.slice(0, TRACED_PER_FILE);
      traced += notes.length;
      progress(0.7 + (0.3 * traced) / TRACED, `Dating notes: ${file}`);
      const lines = await git
        .blameLines(
          repository,
          file,
          notes.map((note) => note.line),
          { signal },
        )
        .catch(unlessAborted(signal));
      for (const note of notes) {
        const line = lines.get(note.line);
        if (line) date(note, line, git.isOwn(identity, line), times(file));
        else if (line === null) Object.assign(note, { dating: 'uncommitted', own: true, changesSince: 0 });
      }
    }
  };
  await Promise.all(Array.from({ length: TRACERS }, trace));
  return todos;
}

/** A file that cannot be traced leaves its notes undated; only cancelling ends the search. */
function unlessAborted(signal: AbortSignal): (error: unknown) => Map<number, git.BlamedLine | null> {
  return (error) => {
    if (signal.aborted) throw error;
    return new Map();
  };
}

function date(
  todo: ScannedTodo,
  line: { at: number; author: string; commit: string },
  own: boolean,
  times: readonly number[],
): void {
  const changesSince = times.filter((time) => time > line.at).length;
  Object.assign(todo, {
    dating: 'dated',
    author: line.author,
    own,
    writtenAt: line.at,
    commit: line.commit,
    changesSince,
  });
}

function identityOf(todo: ScannedTodo): string {
  return `${todo.file}\0${todo.text}`;
}

/** The note itself, without its marker, its owner in brackets and the end of the comment. */
function cleanNote(text: string): string {
  return text
    .replace(/^@?(TODO|FIXME|HACK|XXX)\b\s*(\([^)]*\))?\s*[:\-–—]*\s*/, '')
    .replace(/\s*(\*\/|-->|\*\)|#})\s*$/, '')
    .trim();
}
