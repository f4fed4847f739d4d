import type { ReadOptions } from './read-scan.ts';
import type { Uncommitted } from './scan.ts';
import { existing, modifiedAt } from './standing-files.ts';

/** Work is stamped by so many of its files at most; one look at each is cheap, ten thousand are not. */
const STAMPED_FILES = 200;

/** What is not committed: counts, a bounded list, and since when; null where the work tree is clean. */
export async function readUncommitted({ git, repository, signal }: ReadOptions): Promise<Uncommitted | null> {
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
