import { type Commit, LOG_FORMAT, logReader } from './commit-log.ts';
import { isGitError } from './errors.ts';
import { invokeFields } from './invoke.ts';
import type { Repository } from './repository.ts';
import { checkRevision, type Revision } from './revision.ts';
import type { RunLimits } from './run.ts';

export interface RecentCommitsOptions extends Pick<RunLimits, 'signal'> {
  /** At most so many, newest first; default 100. */
  readonly limit?: number;
  /** Committed at or after (ms since the epoch). */
  readonly since?: number;
  /** Where to start; default HEAD. "branches" are all local branches together. */
  readonly from?: Revision | 'branches';
  /** Only commits of the author with this address, or with exactly this name, in any case of letters. */
  readonly by?: { readonly email: string } | { readonly name: string };
}

/** The history from a revision. Empty in a repository without commits. Throws `GitError`. */
export async function readRecentCommits(
  repository: Repository,
  options: RecentCommitsOptions = {},
): Promise<Commit[]> {
  const { from = 'HEAD', limit = 100, since, by, signal } = options;
  const commits: Commit[] = [];
  const reader = logReader((commit) => commits.push(commit));
  const author =
    by === undefined ? [] : ['-F', '-i', `--author=${'email' in by ? `<${by.email}>` : `${by.name} <`}`];
  const start = from === 'branches' ? '--branches' : checkRevision(from);
  const args = ['-z', LOG_FORMAT, `--max-count=${limit}`, ...sinceArgument(since), ...author, start, '--'];
  await invokeFields(repository, ['log', ...args], (field) => void reader.push(field), { signal }).catch(
    emptyWhereUnborn(from),
  );
  reader.end();
  return commits;
}

/** Not `--since`, which guesses what a number means and takes a small one for something else than a time. */
export function sinceArgument(since: number | undefined): string[] {
  return since === undefined ? [] : [`--max-age=${Math.max(0, Math.ceil(since / 1000))}`];
}

/** HEAD without a commit is an answer, not a failure. Any other revision that is not there is one. */
export function emptyWhereUnborn(from: Revision): (error: unknown) => void {
  return (error) => {
    if (!(from === 'HEAD' && isGitError(error, 'unknown-revision'))) throw error;
  };
}

/** What moved from one commit to another: who, how much, and where. */
export interface Movement {
  /** Newest first, at most `limit`, merges included. */
  readonly commits: readonly (Commit & { readonly files: readonly string[] })[];
  /** Of all listed commits that are not merges, most first. */
  readonly authors: readonly { readonly author: string; readonly email: string; readonly commits: number }[];
  /** Every path that they touched. */
  readonly files: ReadonlySet<string>;
  readonly truncated: boolean;
}

/** Commits in `to` that are not in `from`, with the files of each. Throws `GitError`. */
export async function readCommitsBetween(
  repository: Repository,
  from: Revision,
  to: Revision,
  options: Pick<RunLimits, 'signal'> & { readonly limit?: number } = {},
): Promise<Movement> {
  const { limit = 500, signal } = options;
  const commits: (Commit & { files: string[] })[] = [];
  const reader = logReader((commit, changes) => {
    const paths = (changes ?? []).map((change) => change.path).filter((path) => path !== null);
    commits.push({ ...commit, files: paths });
  }, 5_000);
  const range = `${checkRevision(from)}..${checkRevision(to)}`;
  const args = [
    '-z',
    LOG_FORMAT,
    '--raw',
    '--no-abbrev',
    '--no-renames',
    `--max-count=${limit + 1}`,
    range,
    '--',
  ];
  await invokeFields(repository, ['log', ...args], (field) => void reader.push(field), { signal });
  reader.end();
  const listed = commits.slice(0, limit);
  return {
    commits: listed,
    authors: countAuthors(listed),
    files: new Set(listed.flatMap((commit) => commit.files)),
    truncated: commits.length > limit,
  };
}

/** One row a person (by address), named as in the newest commit, most commits first. Merges do not count. Pure. */
export function countAuthors(commits: readonly Commit[]): Movement['authors'] {
  const rows = new Map<string, { author: string; email: string; commits: number }>();
  for (const { author, email, parents } of commits) {
    if (parents.length > 1) continue;
    const row = rows.get(email.toLowerCase()) ?? { author, email, commits: 0 };
    row.commits++;
    rows.set(email.toLowerCase(), row);
  }
  return [...rows.values()].sort((a, b) => b.commits - a.commits);
}
