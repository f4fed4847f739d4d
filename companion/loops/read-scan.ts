import type * as git from '../git/index.ts';
import { readBranches } from './read-branches.ts';
import { readMoved } from './read-moved.ts';
import { readUncommitted } from './read-uncommitted.ts';
import type { Scan, ScannedCommit, ScannedTodo } from './scan.ts';
import { scannedCommit } from './scanned-commit.ts';
import { existing } from './standing-files.ts';

export type Git = typeof git;

export interface ReadOptions {
  git: Git;
  repository: git.Repository;
  now: number;
  signal: AbortSignal;
}

export interface ReadScanOptions extends ReadOptions {
  /** Tip of the default branch as it stood when the user was last here; null where that is not known. */
  movedSince: string | null;
  /** What is known of notes in the code; `readTodos` searches for them, which takes longer than all else here. */
  todos: ScannedTodo[];
  /** 0-1, and what is being read. */
  progress(fraction: number, what: string): void;
}

const RECENT_COMMITS = 200;
/** Changed files of the newest commit: so many are read, so many of those that still exist are named. */
const PLACES_READ = 100;
const PLACES_KEPT = 4;

/**
 * Reads what loops and brief need from a repository, metadata only; the notes in its code are `readTodos`' part. Runs nothing that the
 * repository names (see the git room). Parts that cannot be read are left out and said in `notes`.
 */
export async function readScan(given: ReadScanOptions): Promise<Scan> {
  const options = { ...given, repository: given.git.atOnce(given.repository) };
  const { git, repository, signal, now, progress } = options;
  const limits = { signal };
  const notes: string[] = [];
  const tolerate = tolerance(options, notes);
  progress(0, 'Reading HEAD and branches');
  const [head, identity, base] = await Promise.all([
    git.readHead(repository, limits),
    git.readIdentity(repository, limits),
    git.readDefaultBranch(repository, limits).catch(tolerate('The default branch', null)),
  ]);
  const own = (author: git.Author) => git.isOwn(identity, author);
  const unpushed = await git.readUnpushed(repository, limits).catch(tolerate('Unpushed commits', null));
  progress(0.25, 'Reading uncommitted work and stashes');
  const uncommitted = await readUncommitted(options).catch(tolerate(UNCOMMITTED, null));
  const operation = await git.readOperation(repository, signal);
  const stashes = await git.readStashes(repository, limits).catch(tolerate('Stashes', []));

  progress(0.5, 'Reading history');
  const recent = base
    ? await git.readRecentCommits(repository, { from: base.commit, limit: RECENT_COMMITS, signal })
    : [];
  const mine = await Promise.all(
    authorsOf(git, identity).map((by) =>
      git.readRecentCommits(repository, { from: 'branches', limit: 1, by, signal }).catch(() => []),
    ),
  );
  const newest =
    mine
      .flat()
      .filter(own)
      .sort((a, b) => b.committedAt - a.committedAt)[0] ??
    recent[0] ??
    (await headCommit(options, head));

  const branches = await readBranches(options, { base, own, unpushed, tolerate });

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
    todos: options.todos,
    last: newest ? await describeCommit(options, newest, own) : null,
    recent: recent.slice(0, 10).map((commit) => scannedCommit(commit, own)),
    moved,
    notes,
  };
}

/** Reads the uncommitted work again: what an edit changes. Everything else is as in `scan`. */
export async function readEdits(given: ReadOptions, scan: Scan): Promise<Scan> {
  const options = { ...given, repository: given.git.atOnce(given.repository) };
  const notes = scan.notes.filter((note) => !note.startsWith(UNCOMMITTED));
  const uncommitted = await readUncommitted(options).catch(tolerance(options, notes)(UNCOMMITTED, null));
  return { ...scan, at: options.now, uncommitted, notes };
}

const UNCOMMITTED = 'Uncommitted work';

/** Notes what cannot be read, and lets the rest be read. */
function tolerance({ git, signal }: ReadOptions, notes: string[]) {
  return <T>(what: string, fallback: T) =>
    (error: unknown): T => {
      if (signal.aborted || !git.isGitError(error) || error.kind === 'vanished') throw error;
      notes.push(`${what} could not be read: ${error.message}`);
      return fallback;
    };
}

function authorsOf(git: Git, identity: git.Identity): ({ email: string } | { name: string })[] {
  const name = git.wholeName(identity);
  return [...[...identity.emails].map((email) => ({ email })), ...(name === null ? [] : [{ name }])];
}

async function headCommit(
  { git, repository, signal }: ReadOptions,
  head: git.Head,
): Promise<git.Commit | undefined> {
  if (head.kind === 'unborn') return undefined;
  return (await git.readRecentCommits(repository, { limit: 1, signal }))[0];
}

async function describeCommit(
  { git, repository, signal }: ReadOptions,
  commit: git.Commit,
  own: (author: git.Author) => boolean,
): Promise<ScannedCommit> {
  const places = await git
    .readChangedPlaces(repository, commit.commit, { limit: PLACES_READ, signal })
    .catch(() => null);
  const standing = await existing(
    repository.root,
    (places ?? []).slice(0, 3 * PLACES_KEPT).map(({ path: file, line }) => ({ file, line })),
  );
  const whole = places !== null && places.length < PLACES_READ;
  return {
    ...scannedCommit(commit, own),
    places: standing.slice(0, PLACES_KEPT),
    ...(whole && { files: places.map(({ path }) => path) }),
  };
}
