import type { ReadScanOptions } from './read-scan.ts';
import type { ScannedTodo } from './scan.ts';

const BLAMED_TODOS = 120;
const CHURN_COMMITS = 5000;
const DAY = 24 * 60 * 60 * 1000;

/** Notes with their age: the liveliest files first, since only so many lines are traced to their author. */
export async function readTodos(
  options: ReadScanOptions,
  own: (email: string) => boolean,
  progress: (fraction: number, what: string) => void,
): Promise<ScannedTodo[]> {
  const { git, repository, signal } = options;
  const found = await git.readTodos(repository, { signal });
  if (found.items.length === 0) return [];
  progress(0.1, 'Measuring how files change');
  const timesOf = new Set(found.items.map((todo) => todo.path));
  const churn = await git.readChurn(repository, { maxCommits: CHURN_COMMITS, timesOf, signal });
  const touchedAt = (file: string) => churn.files.get(file)?.lastTouchedAt ?? null;
  const liveliness = (file: string) => {
    const known = churn.files.get(file);
    return known ? known.commits * 0.5 ** ((options.now - known.lastTouchedAt) / (90 * DAY)) : 0;
  };
  const todos = found.items.map(
    (todo): ScannedTodo => ({
      file: todo.path,
      line: todo.line,
      tag: todo.marker,
      text: cleanNote(todo.text),
      author: null,
      own: false,
      writtenAt: null,
      commit: null,
      changesSince: churn.files.get(todo.path)?.commits ?? 0,
      fileTouchedAt: touchedAt(todo.path),
    }),
  );
  const byFile = Map.groupBy(todos, (todo) => todo.file);
  const files = [...byFile.keys()].sort((a, b) => liveliness(b) - liveliness(a));
  let blamed = 0;
  for (const file of files) {
    if (blamed >= BLAMED_TODOS) break;
    const notes = (byFile.get(file) ?? []).slice(0, 5);
    progress(0.2 + (0.8 * blamed) / BLAMED_TODOS, `Dating notes: ${file}`);
    const lines = await git
      .blameLines(
        repository,
        file,
        notes.map((note) => note.line),
        { signal },
      )
      .catch(() => new Map());
    for (const note of notes) {
      const line = lines.get(note.line);
      if (line)
        Object.assign(note, {
          author: line.author,
          own: own(line.email),
          writtenAt: line.at,
          commit: line.commit,
        });
      else note.own = lines.has(note.line);
      note.changesSince = countSince(churn.files.get(file)?.times ?? [], note.writtenAt);
    }
    blamed += notes.length;
  }
  return todos;
}

/** Commits after the line was written; a line that is not committed yet has seen none. */
function countSince(times: readonly number[], since: number | null): number {
  if (since === null) return 0;
  return times.filter((time) => time > since).length;
}

/** The note itself, without its marker, its owner in brackets and the end of the comment. */
function cleanNote(text: string): string {
  return text
    .replace(/^@?(TODO|FIXME|HACK|XXX)\b\s*(\([^)]*\))?\s*[:\-–—]*\s*/, '')
    .replace(/\s*(\*\/|-->|\*\)|#})\s*$/, '')
    .trim();
}
