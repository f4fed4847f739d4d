import type * as git from '../git/index.ts';
import type { ScannedCommit } from './scan.ts';

export function scannedCommit(commit: git.Commit, own: (author: git.Author) => boolean): ScannedCommit {
  const { subject, author, email, committedAt: at } = commit;
  return { commit: commit.commit, subject, author, own: own({ author, email }), at, places: [] };
}
