import { type Commit, LOG_FORMAT, logReader } from './commit-log.ts';
import { invoke, invokeFields } from './invoke.ts';
import { splitRecords } from './nul-fields.ts';
import type { Repository } from './repository.ts';
import type { RunLimits } from './run.ts';
import { decodePath } from './text.ts';

/** Commits of one local branch that no remote is known to have. */
export interface Unpushed {
  readonly ref: string;
  readonly commits: number;
  /** Commit time of the oldest of them, ms since the epoch. */
  readonly oldestAt: number;
}

export interface UnpushedBranches {
  readonly branches: readonly Unpushed[];
  /** More than 5,000 such commits: counts are lower bounds. */
  readonly truncated: boolean;
}

const MOST_COMMITS = 5_000;

/**
 * Local branches with commits that only this machine has, most commits first; null where there is no remote
 * branch at all, so that nothing was ever meant to be pushed. Judged by what was last fetched. Throws `GitError`.
 */
export async function readUnpushed(
  repository: Repository,
  limits: Pick<RunLimits, 'signal'> = {},
): Promise<UnpushedBranches | null> {
  const format = '--format=%(refname)%00%(objectname)%00';
  const { output } = await invoke(repository, ['for-each-ref', format, 'refs/heads', 'refs/remotes'], limits);
  const refs = splitRecords(output, 2).map(([ref, commit]) => ({
    ref: decodePath(ref!),
    commit: commit!.toString('latin1'),
  }));
  if (!refs.some(({ ref }) => ref?.startsWith('refs/remotes/'))) return null;
  const commits = new Map<string, Commit>();
  const reader = logReader((commit) => commits.set(commit.commit, commit));
  const args = [
    '-z',
    LOG_FORMAT,
    `--max-count=${MOST_COMMITS + 1}`,
    '--branches',
    '--not',
    '--remotes',
    '--',
  ];
  await invokeFields(repository, ['log', ...args], (field) => void reader.push(field), limits);
  reader.end();
  const branches = refs.flatMap(({ ref, commit }) => {
    if (!ref?.startsWith('refs/heads/')) return [];
    const { count, oldestAt } = reach(commit, commits);
    return count > 0 ? [{ ref, commits: count, oldestAt }] : [];
  });
  branches.sort((a, b) => b.commits - a.commits);
  return { branches, truncated: commits.size > MOST_COMMITS };
}

/** How many of `commits` a tip has in its history, and the time of the oldest. Pure. */
export function reach(
  tip: string,
  commits: ReadonlyMap<string, Pick<Commit, 'parents' | 'committedAt'>>,
): { count: number; oldestAt: number } {
  const seen = new Set<string>();
  const waiting = [tip];
  let oldestAt = Number.POSITIVE_INFINITY;
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const commit = commits.get(name);
    if (!commit || seen.has(name)) continue;
    seen.add(name);
    oldestAt = Math.min(oldestAt, commit.committedAt);
    waiting.push(...commit.parents);
  }
  return { count: seen.size, oldestAt: seen.size > 0 ? oldestAt : 0 };
}
