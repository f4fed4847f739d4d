import { parseNameStatus } from '../../../../companion/git/renames.ts';
import type { Comment } from './comments.ts';
import { git } from './git-plumbing.ts';

/**
 * What became of a comment a year later. `done`: gone while its file lives on, perhaps under another name. `open`:
 * there; `reworded`: most of its words stand in the same file; `moved`: its words stand in another file, where they
 * did not before. `deleted`: its file is gone. `heir` is the comment that it is now.
 */
export interface Fate {
  readonly kind: 'done' | 'open' | 'reworded' | 'moved' | 'deleted';
  readonly heir: Comment | null;
}

/** Of its words (as sets), how much two texts must share to be the same: Dice's coefficient. */
const SAME = 0.6;
/** Fewer letters say nothing about where a comment went. */
const TELLING = 12;

/** What became of the files between two commits. */
export interface Paths {
  readonly renamed: ReadonlyMap<string, string>;
  readonly deleted: ReadonlySet<string>;
}

export async function readPaths(folder: string, from: string, to: string): Promise<Paths> {
  const shape = ['--name-status', '-z', '--diff-filter=RD', '--no-ext-diff', '--no-textconv'];
  const read = (renames: readonly string[]) => git(folder, ['diff', ...shape, ...renames, from, to, '--']);
  // A snapshot may lack its largest files; then only those renames are seen that changed nothing.
  const output = await read(['-M', '-l4000']).catch(() => read(['-M100%']));
  const { renamed, deleted } = parseNameStatus(output);
  return {
    renamed: new Map(renamed.map(({ from, to }) => [from, to])),
    deleted: new Set(deleted),
  };
}

/** The fate of each of `before`, in order. Each of `after` is the heir of one at most. Pure. */
export function fatesOf(before: readonly Comment[], after: readonly Comment[], paths: Paths): Fate[] {
  const free = new Set(after);
  const fates = new Array<Fate | null>(before.length).fill(null);
  const inFile = Map.groupBy(after, ({ path }) => path);
  const now = (path: string) => paths.renamed.get(path) ?? path;
  const match = (kind: Fate['kind'], heirOf: (comment: Comment) => Comment | undefined) => {
    for (const [i, comment] of before.entries()) {
      if (fates[i]) continue;
      const heir = heirOf(comment);
      if (!heir) continue;
      free.delete(heir);
      fates[i] = { kind, heir };
    }
  };
  for (const [i, { path }] of before.entries()) {
    if (paths.deleted.has(path)) fates[i] = { kind: 'deleted', heir: null };
  }
  const there = (comment: Comment) =>
    (inFile.get(now(comment.path)) ?? []).filter((other) => free.has(other));
  match('open', (comment) => there(comment).find(({ key }) => key === comment.key));
  match('reworded', (comment) => mostAlike(comment, there(comment)));
  const elsewhere = Map.groupBy(free, ({ key }) => key);
  match('moved', (comment) =>
    comment.key.length < TELLING
      ? undefined
      : elsewhere.get(comment.key)?.find((other) => free.has(other) && other.path !== now(comment.path)),
  );
  return fates.map((fate) => fate ?? { kind: 'done', heir: null });
}

function mostAlike(comment: Comment, others: readonly Comment[]): Comment | undefined {
  let best: { comment: Comment; alike: number } | undefined;
  for (const other of others) {
    const alike = dice(comment.key, other.key);
    if (alike >= SAME && alike > (best?.alike ?? 0)) best = { comment: other, alike };
  }
  return best?.comment;
}

function dice(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => new Set(text.split(' ').filter(Boolean)));
  const shared = [...left!].filter((word) => right!.has(word)).length;
  return shared === 0 ? 0 : (2 * shared) / (left!.size + right!.size);
}
