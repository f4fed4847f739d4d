import type { FateMeasures } from './council/index.ts';
import * as git from './git/index.ts';

const DAY = 24 * 60 * 60 * 1000;
const QUARTER = 90 * DAY;
const YEAR = 365 * DAY;
const MOST_COMMITS = 5000;

export interface HistoryOf {
  readonly files: ReadonlySet<string>;
  /** The branch whose history it is; null for what is checked out. */
  readonly branch: string | null;
  /** The address of who wrote it; null where it is the branch's newest author, or nobody. */
  readonly author: Promise<string | null>;
  readonly now: number;
  readonly signal: AbortSignal;
}

/** How often, and by whom, its files were changed, and whether its author is still there. Throws `GitError`. */
export async function readFateHistory(
  repository: git.Repository,
  { files, branch, author: wrote, now, signal }: HistoryOf,
): Promise<Partial<FateMeasures>> {
  const from = branch === null ? 'HEAD' : `refs/heads/${branch}`;
  const asked = { since: now - YEAR, maxCommits: MOST_COMMITS, timesOf: files, signal };
  const [churn, author] = await Promise.all([
    files.size === 0 ? null : git.readChurn(repository, { ...asked, from }),
    wrote.then(async (email) => email ?? (branch === null ? null : newestAuthor(repository, from, signal))),
  ]);
  const [newest] =
    author === null
      ? []
      : await git.readRecentCommits(repository, {
          ...{ from: branch === null ? 'HEAD' : 'branches', by: { email: author }, limit: 1, signal },
        });
  return {
    ...(newest && { authorIdleDays: Math.max(0, now - newest.committedAt) / DAY }),
    ...(churn && changesOf(churn, files, author, now)),
  };
}

async function newestAuthor(
  repository: git.Repository,
  from: git.Revision,
  signal: AbortSignal,
): Promise<string | null> {
  const [tip] = await git.readRecentCommits(repository, { from, limit: 1, signal });
  return tip?.email ?? null;
}

/** Of a commit that changed several of the files one counts. Pure. */
function changesOf(
  { files: touched, histories, commits }: git.Churn,
  files: ReadonlySet<string>,
  author: string | null,
  now: number,
): Partial<FateMeasures> {
  const times = [...new Set([...files].flatMap((file) => touched.get(file)?.times ?? []))];
  const people = new Map(
    [...files].flatMap((file) =>
      (histories.get(file) ?? []).map(({ commit }) => [commit.commit, commit.email.toLowerCase()] as const),
    ),
  );
  return {
    changes365: times.length,
    changes90: times.filter((at) => at >= now - QUARTER).length,
    hands365: new Set(people.values()).size,
    ...(author !== null && {
      authorHere365: [...people.values()].filter((email) => email === author.toLowerCase()).length,
    }),
    repositoryChanges365: commits,
  };
}
