import type * as git from '../git/index.ts';
import type { ReadScanOptions } from './read-scan.ts';
import type { Scan, ScannedBranch, Uncommitted } from './scan.ts';
import { scannedCommit } from './scanned-commit.ts';

/** What came to the default branch since the user was last here, and where it meets the user's own work. */
export async function readMoved(
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
