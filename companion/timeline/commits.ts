import type { CommitStats } from '../git/index.ts';
import type { WorkEvent } from './work-event.ts';

type CommitEvent = Extract<WorkEvent, { kind: 'commit' }>;

const MOST_FILES = 200;

/**
 * Commits as events, oldest first. The time is the author's, when the work was done: a rebase does not move it. One of
 * the user's that was written anew (amended, rebased: same author, same time) is the same work and is left out. Pure.
 */
export function commitEvents(
  commits: readonly CommitStats[],
  known: readonly WorkEvent[],
  {
    workspace,
    branch,
    own,
    now,
  }: {
    workspace: string;
    branch: string | null;
    own: (author: { author: string; email: string }) => boolean;
    now: number;
  },
): CommitEvent[] {
  const times = new Set(known.flatMap((event) => (event.kind === 'commit' && event.own ? [event.at] : [])));
  const events: CommitEvent[] = [];
  for (const { commit, author, email, authoredAt, files, insertions, deletions } of commits) {
    const mine = own({ author, email });
    const at = Math.max(0, Math.min(authoredAt, now));
    if (mine && times.has(at)) continue;
    if (mine) times.add(at);
    events.push({
      at,
      workspace,
      kind: 'commit',
      commit,
      own: mine,
      branch,
      files: files.slice(0, MOST_FILES),
      insertions,
      deletions,
    });
  }
  return events.sort((a, b) => a.at - b.at);
}
