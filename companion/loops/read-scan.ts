import { stat } from 'node:fs/promises';
import path from 'node:path';
import type * as git from '../git/index.ts';
import type { Scan, ScannedBranch, ScannedCommit, ScannedTodo, Uncommitted } from './scan.ts';

export type Git = typeof git;

export interface ReadScanOptions {
  git: Git;
  repository: git.Repository;
  now: number;
  signal: AbortSignal;
  /** Tip of the default branch as it stood when the user was last here; null where that is not known. */
  movedSince: string | null;
  /** Keep the notes of this earlier scan instead of searching the code again: much cheaper. */
  notesOf: Scan | null;
  /** 0-1, and what is being read. */
  progress(fraction: number, what: string): void;
}

const BRANCHES_WITH_FILES = 8;
const LANDING_CHECKS = 12;
const BLAMED_TODOS = 120;
const RECENT_COMMITS = 200;
const CHURN_COMMITS = 5000;
const DAY = 24 * 60 * 60 * 1000;
/** Work is stamped by the newest so many of its files; one look at each is cheap, ten thousand are not. */
const STAMPED_FILES = 200;

/**
 * Reads everything that loops and brief need from a repository, metadata and notes only. Runs nothing that the
 * repository names (see the git room). Parts that cannot be read are left out and said in `notes`.
 */
export async function readScan(options: ReadScanOptions): Promise<Scan> {
  const { git, repository, signal, now, progress } = options;
  const limits = { signal };
  const notes: string[] = [];
  const tolerate =
    <T>(what: string, fallback: T) =>
    (error: unknown): T => {
      if (signal.aborted || !git.isGitError(error) || error.kind === 'vanished') throw error;
      notes.push(`${what} could not be read: ${error.message}`);
      return fallback;
    };
  progress(0, 'Reading HEAD and branches');
  const [head, identity, base] = await Promise.all([
    git.readHead(repository, limits),
    git.readIdentity(repository, limits),
    git.readDefaultBranch(repository, limits).catch(tolerate('The default branch', null)),
  ]);
  const own = (email: string) => git.isOwn(identity, email);
  const [locals, unpushed] = await Promise.all([
    git.readBranches(repository, { against: base, of: 'local', signal }).catch(tolerate('Branches', null)),
    git.readUnpushed(repository, limits).catch(tolerate('Unpushed commits', null)),
  ]);
  progress(0.15, 'Reading uncommitted work and stashes');
  const uncommitted = await readUncommitted(options).catch(tolerate('Uncommitted work', null));
  const operation = await git.readOperation(repository, signal);
  const stashes = await git.readStashes(repository, limits).catch(tolerate('Stashes', []));

  progress(0.3, 'Reading history');
  const recent = base
    ? await git.readRecentCommits(repository, { from: base.commit, limit: RECENT_COMMITS, signal })
    : [];
  const mine = await Promise.all(
    [...identity.emails].map((authorEmail) =>
      git.readRecentCommits(repository, { from: 'branches', limit: 1, authorEmail, signal }).catch(() => []),
    ),
  );
  const newest =
    mine.flat().sort((a, b) => b.committedAt - a.committedAt)[0] ??
    recent[0] ??
    (await headCommit(options, head));

  const items = (locals?.items ?? []).filter((b) => !b.merged || b.current || own(b.email));
  const branches: ScannedBranch[] = [];
  for (const branch of items) {
    const waiting = unpushed?.branches.find((u) => u.ref === branch.ref);
    branches.push({
      name: branch.name,
      commit: branch.commit,
      current: branch.current,
      author: branch.author,
      // A branch that only exists here was made here; one that follows a remote is the user's by its author.
      own: branch.current || own(branch.email) || branch.upstream === null || (waiting?.commits ?? 0) > 0,
      subject: branch.subject,
      touchedAt: branch.committedAt,
      ahead: branch.merged ? 0 : (branch.divergence?.ahead ?? null),
      behind: branch.divergence?.behind ?? null,
      unpushed: unpushed === null ? null : (waiting?.commits ?? 0),
      unpushedSince: waiting?.oldestAt ?? null,
      files: [],
    });
  }
  if (base) await describeBranches(options, base, branches);

  progress(0.5, 'Looking for notes in the code');
  const todos = options.notesOf
    ? options.notesOf.todos
    : await readNotes(options, own, (fraction, what) => progress(0.5 + fraction * 0.45, what)).catch(
        tolerate('Notes in the code', []),
      );
  const moved =
    base && options.movedSince
      ? await readMoved(options, base, branches, uncommitted).catch(tolerate('What came meanwhile', null))
      : null;
  progress(1, 'Done');
  return {
    at: now,
    branch: head.kind === 'detached' ? null : head.branch,
    commit: head.kind === 'unborn' ? null : head.commit,
    defaultBranch: base?.name ?? null,
    hasRemote: unpushed !== null,
    operation: operation && {
      kind: operation.kind,
      step: operation.kind === 'rebase' ? operation.step : null,
      of: operation.kind === 'rebase' ? operation.steps : null,
    },
    branches,
    uncommitted,
    stashes: stashes.map(({ commit, ref, branch, message, at, files }) => ({
      commit,
      name: ref,
      branch,
      message,
      at,
      files,
    })),
    todos,
    last: newest ? await describeCommit(options, newest, own) : null,
    recent: recent.slice(0, 10).map((commit) => scannedCommit(commit, own)),
    moved,
    notes,
  };
}

async function headCommit(
  { git, repository, signal }: ReadScanOptions,
  head: git.Head,
): Promise<git.Commit | undefined> {
  if (head.kind === 'unborn') return undefined;
  return (await git.readRecentCommits(repository, { limit: 1, signal }))[0];
}

function scannedCommit(commit: git.Commit, own: (email: string) => boolean): ScannedCommit {
  const { subject, author, email, committedAt: at } = commit;
  return { commit: commit.commit, subject, author, own: own(email), at, places: [] };
}

async function describeCommit(
  { git, repository, signal }: ReadScanOptions,
  commit: git.Commit,
  own: (email: string) => boolean,
): Promise<ScannedCommit> {
  const places = await git
    .readChangedPlaces(repository, commit.commit, { limit: 12, signal })
    .catch(() => []);
  const standing = await existing(
    repository.root,
    places.map(({ path: file, line }) => ({ file, line })),
  );
  return { ...scannedCommit(commit, own), places: standing.slice(0, 4) };
}

async function existing<T extends { file: string }>(root: string, places: readonly T[]): Promise<T[]> {
  const found = await Promise.all(
    places.map(async (place) => ((await modifiedAt(root, place.file)) === null ? null : place)),
  );
  return found.filter((place) => place !== null);
}

async function modifiedAt(root: string, file: string): Promise<number | null> {
  try {
    const found = await stat(path.join(root, file));
    return found.isFile() ? Math.floor(found.mtimeMs) : null;
  } catch {
    return null;
  }
}

async function readUncommitted({ git, repository, signal }: ReadScanOptions): Promise<Uncommitted | null> {
  const status = await git.readStatus(repository, { signal });
  const changed = [...status.staged.items, ...status.unstaged.items].filter(
    (c) => !status.unsure.has(c.path),
  );
  const files = [
    ...new Set([
      ...status.conflicts.items.map((c) => c.path),
      ...changed.map((c) => c.path),
      ...status.untracked.items,
    ]),
  ];
  const listed = status.staged.items.length + status.unstaged.items.length + status.untracked.items.length;
  const all = status.staged.total + status.unstaged.total + status.untracked.total;
  if (files.length === 0 && all === listed) return null;
  const [lines, places, times] = await Promise.all([
    git.readUncommittedLines(repository, status, { signal }),
    git.readChangedPlaces(repository, 'work-tree', { limit: 12, signal }).catch(() => []),
    Promise.all(files.slice(0, STAMPED_FILES).map((file) => modifiedAt(repository.root, file))),
  ]);
  const known = times.filter((time) => time !== null);
  const untracked = status.untracked.items
    .filter((file) => !git.isDenied(file))
    .map((file) => ({ file, line: 1 }));
  const standing = await existing(repository.root, [
    ...places.map(({ path: file, line }) => ({ file, line })),
    ...untracked.slice(0, 5),
  ]);
  return {
    total: files.length + Math.max(0, all - listed),
    staged: status.staged.total,
    untracked: status.untracked.total,
    conflicts: status.conflicts.total,
    insertions: lines?.insertions ?? 0,
    deletions: lines?.deletions ?? 0,
    since: known.length > 0 ? Math.min(...known) : null,
    touchedAt: known.length > 0 ? Math.max(...known) : null,
    places: standing.slice(0, 5),
    files: files.slice(0, 50),
  };
}

/** The newest branches get the files that they change; those whose work landed by squash or pick count as merged. */
async function describeBranches(
  { git, repository, signal }: ReadScanOptions,
  base: git.DefaultBranch,
  branches: ScannedBranch[],
): Promise<void> {
  const open = branches.filter((branch) => branch.name !== base.name && branch.own && branch.ahead !== 0);
  for (const branch of open.slice(0, LANDING_CHECKS)) {
    const landing = await git
      .readLanding(repository, base.commit, branch.commit, { signal })
      .catch(() => 'open' as const);
    if (landing !== 'open') branch.ahead = 0;
  }
  for (const branch of open.filter((b) => b.ahead !== 0).slice(0, BRANCHES_WITH_FILES)) {
    const movement = await git
      .readCommitsBetween(repository, base.commit, branch.commit, { limit: 100, signal })
      .catch(() => null);
    if (movement) branch.files = [...movement.files].slice(0, 50);
  }
}

async function readMoved(
  options: ReadScanOptions,
  base: git.DefaultBranch,
  branches: readonly ScannedBranch[],
  uncommitted: Uncommitted | null,
): Promise<Scan['moved']> {
  const { git, repository, movedSince, signal } = options;
  if (!movedSince || movedSince === base.commit) return null;
  const movement = await git.readCommitsBetween(repository, movedSince, base.commit, { signal });
  const others = movement.commits.filter((commit) => commit.parents.length < 2);
  const mine = new Map<string, string>();
  for (const branch of branches)
    if (branch.own && branch.name !== base.name) for (const file of branch.files) mine.set(file, branch.name);
  const current = branches.find((branch) => branch.current)?.name;
  for (const file of uncommitted?.files ?? []) mine.set(file, current ?? 'your uncommitted work');
  const overlaps = others.flatMap((commit) =>
    commit.files
      .filter((file) => mine.has(file))
      .map((file) => ({
        commit: commit.commit,
        subject: commit.subject,
        file,
        with: mine.get(file) as string,
      })),
  );
  const newest = movement.commits[0];
  return {
    commits: movement.commits.length,
    authors: movement.authors.map(({ author, commits }) => ({ author, commits })),
    newest: newest ? scannedCommit(newest, () => false) : null,
    overlaps: overlaps.slice(0, 10),
  };
}

/** Notes with their age: the liveliest files first, since only so many lines are traced to their author. */
async function readNotes(
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
