import { type Commit, LOG_FORMAT, logReader } from './commit-log.ts';
import { emptyWhereUnborn, sinceArgument } from './commits.ts';
import { invokeFields } from './invoke.ts';
import type { Repository } from './repository.ts';
import { checkRevision, type Revision } from './revision.ts';
import type { RunLimits } from './run.ts';

/** A commit with what it changed. Binary files and those of a bulk change count no lines. */
export interface CommitStats extends Commit {
  /** None where there are more than 1,000. */
  readonly files: readonly string[];
  readonly insertions: number;
  readonly deletions: number;
}

export interface CommitStatsOptions extends Pick<RunLimits, 'signal'> {
  readonly from?: Revision;
  /** Object names whose history is known already; those that are not there any more are passed over. */
  readonly except?: readonly string[];
  /** Committed at or after (ms since the epoch). */
  readonly since?: number;
  /** At most so many, the newest; default 500. */
  readonly limit?: number;
  /** Only commits of the author with this address. */
  readonly by?: string;
}

/** The history from a revision, without merges and without what is known, newest first, with sizes. Throws `GitError`. */
export async function readCommitStats(
  repository: Repository,
  { from = 'HEAD', except = [], since, limit = 500, by, signal }: CommitStatsOptions = {},
): Promise<CommitStats[]> {
  const commits: CommitStats[] = [];
  const reader = logReader((commit, changes) => {
    const known = (changes ?? []).filter(({ path }) => path !== null);
    const sum = (of: 'insertions' | 'deletions') =>
      known.reduce((total, change) => total + (change[of] ?? 0), 0);
    commits.push({
      ...commit,
      files: known.map(({ path }) => path as string),
      insertions: sum('insertions'),
      deletions: sum('deletions'),
    });
  });
  const args = [
    '-z',
    LOG_FORMAT,
    '--numstat',
    '--no-renames',
    '--no-merges',
    `--max-count=${limit}`,
    ...sinceArgument(since),
    ...(by === undefined ? [] : ['-F', '-i', `--author=<${by}>`]),
    '--ignore-missing',
    checkRevision(from),
    ...except.map((known) => `^${checkRevision(known)}`),
    '--',
  ];
  await invokeFields(repository, ['log', ...args], (field) => void reader.push(field), { signal }).catch(
    emptyWhereUnborn(from),
  );
  reader.end();
  return commits;
}
