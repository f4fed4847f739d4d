import { isGitError } from './errors.ts';
import { invoke } from './invoke.ts';
import { splitFields } from './nul-fields.ts';
import type { Repository } from './repository.ts';
import { checkRevision, type Revision } from './revision.ts';
import type { RunLimits } from './run.ts';
import { decodePath } from './text.ts';
import { matchUntracked } from './untracked-renames.ts';

/** A file that lives on under another name. `similarity` is 0 to 1. */
export interface Rename {
  readonly from: string;
  readonly to: string;
  readonly similarity: number;
}

export interface Renames {
  readonly renamed: readonly Rename[];
  /** Gone, and not found under another name. */
  readonly deleted: readonly string[];
}

export interface RenamesOptions extends Pick<RunLimits, 'signal'> {
  /** Where to look; default the work tree with its untracked files. */
  readonly to?: Revision | undefined;
  /** The files that somebody follows. Only these are searched for among untracked files. */
  readonly following?: readonly string[];
}

/** What became of files between a revision and a later one, or the work tree. Throws `GitError`. */
export async function readRenames(
  repository: Repository,
  from: Revision,
  options: RenamesOptions = {},
): Promise<Renames> {
  const { to, following = [], signal } = options;
  const sides = to === undefined ? [checkRevision(from)] : [checkRevision(from), checkRevision(to)];
  const shape = ['--name-status', '-z', '-M', '-l1000', '--diff-filter=RD', '--no-ext-diff', '--no-textconv'];
  const args = ['diff', ...shape, '--ignore-submodules=all', ...sides, '--'] as const;
  const listed = await invoke(repository, args, { signal }).catch((error: unknown) => {
    if (from === 'HEAD' && isGitError(error, 'unknown-revision')) return null;
    throw error;
  });
  const { renamed, deleted } = parseNameStatus(listed?.output ?? Buffer.alloc(0));
  if (to !== undefined) return { renamed, deleted };
  const wanted = new Set(following);
  const lost = deleted.filter((path) => wanted.has(path));
  if (lost.length === 0) return { renamed, deleted };
  const found = await matchUntracked(repository, from, lost, signal);
  const gone = new Set(found.map((rename) => rename.from));
  return { renamed: [...renamed, ...found], deleted: deleted.filter((path) => !gone.has(path)) };
}

/** Fields of `git diff --name-status -z`: "R090" from to, "D" path. Pure. */
export function parseNameStatus(output: Buffer): { renamed: Rename[]; deleted: string[] } {
  const renamed: Rename[] = [];
  const deleted: string[] = [];
  const fields = splitFields(output);
  for (let i = 0; i < fields.length; ) {
    const status = fields[i++]!.toString('latin1');
    const path = decodePath(fields[i++] ?? Buffer.alloc(0));
    if (status[0] === 'R' || status[0] === 'C') {
      const to = decodePath(fields[i++] ?? Buffer.alloc(0));
      if (path && to) renamed.push({ from: path, to, similarity: Number(status.slice(1)) / 100 });
    } else if (status[0] === 'D' && path) deleted.push(path);
  }
  return { renamed, deleted };
}
