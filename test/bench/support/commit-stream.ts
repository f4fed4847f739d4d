import * as git from '../../../companion/git/index.ts';
import { type Random, randomInt, seededRandom } from '../../../companion/kernel/index.ts';
import type { WorkEvent } from '../../../companion/timeline/index.ts';

const MINUTE = 60_000;
/** The longest that somebody is taken to have worked towards one commit. */
const LONGEST_MS = 90 * MINUTE;
const EDIT_EVERY_MS = 3 * MINUTE;
const MOST_COMMITS = 20_000;

export interface CommitStream {
  readonly contributor: string;
  readonly commits: readonly git.CommitStats[];
  readonly events: readonly WorkEvent[];
  readonly from: number;
  readonly until: number;
}

/** The history of a repository as the work of whoever has most commits in it; bots left out. */
export async function commitStream(folder: string): Promise<CommitStream> {
  const program = await git.findGit({});
  const repository = await git.openRepository(program, folder);
  const all = await git.readCommitStats(repository, { limit: MOST_COMMITS });
  const counts = new Map<string, number>();
  for (const { email, author } of all)
    if (!/\bbot\b/i.test(author)) counts.set(email.toLowerCase(), (counts.get(email.toLowerCase()) ?? 0) + 1);
  const contributor = [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '';
  const own = (commit: git.CommitStats) => commit.email.toLowerCase() === contributor;
  const events = workOf(
    [...all].sort((a, b) => a.authoredAt - b.authoredAt),
    own,
  );
  const commits = all.filter(own);
  const times = commits.map(({ authoredAt }) => authoredAt);
  return {
    contributor: commits[0]?.author ?? '',
    commits,
    events,
    from: Math.min(...times) - LONGEST_MS,
    until: Math.max(...times) + 24 * 60 * MINUTE,
  };
}

/**
 * Each own commit as the end of a stretch of work: its files in an order of chance, as none is known, and again, an edit every three minutes,
 * from when the commit before it was made or as long as so many lines take. Foreign commits as they are.
 */
function workOf(commits: readonly git.CommitStats[], own: (commit: git.CommitStats) => boolean): WorkEvent[] {
  const events: WorkEvent[] = [];
  const random = seededRandom(1);
  let before = Number.NEGATIVE_INFINITY;
  for (const commit of commits) {
    const { authoredAt: at, files, insertions, deletions } = commit;
    const common = { workspace: 'ws_history' } as const;
    if (own(commit)) {
      const effort = 10 * MINUTE + (insertions + deletions) * 0.25 * MINUTE;
      const length = Math.min(LONGEST_MS, effort, Math.max(0, at - before));
      const edits = files.length === 0 ? 0 : Math.max(files.length, Math.floor(length / EDIT_EVERY_MS));
      const order = shuffled(files, random);
      for (let i = 0; i < edits; i++)
        events.push({
          ...common,
          at: Math.round(at - length + (length * i) / edits),
          kind: 'edit',
          file: order[i % order.length]!,
          branch: 'main',
          size: null,
        });
      before = at;
    }
    events.push({
      ...common,
      at,
      kind: 'commit',
      commit: commit.commit,
      own: own(commit),
      branch: 'main',
      files,
      insertions,
      deletions,
    });
  }
  return events.sort((a, b) => a.at - b.at);
}

function shuffled(files: readonly string[], random: Random): string[] {
  const order = [...files];
  for (let i = order.length - 1; i > 0; i--) {
    const j = randomInt(random, i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}
