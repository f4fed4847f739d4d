import { parseNumstat } from './commit-log.ts';
import { isGitError } from './errors.ts';
import { invokeFields } from './invoke.ts';
import { LARGEST, largeFiles } from './large-files.ts';
import type { Repository } from './repository.ts';
import { emptyTree } from './revision.ts';
import type { GitOutput, RunLimits } from './run.ts';
import type { StatusEntries } from './status-parser.ts';

/** Lines that differ between HEAD and the work tree, staged or not. Untracked files are not among them. */
export interface UncommittedLines {
  readonly insertions: number;
  readonly deletions: number;
  /** Numbers null where the file is binary. */
  readonly files: readonly {
    readonly path: string;
    readonly insertions: number | null;
    readonly deletions: number | null;
  }[];
  /** Changed files over 4 MiB, which are not read. */
  readonly large: readonly string[];
}

/** Each large file is an argument; beyond so many, the count is not made. */
const MOST_LARGE = 200;

/**
 * Counts the lines of what `readStatus` listed; null where there is too much to count in a moment (a list that
 * was cut, very many large files). Throws `GitError`.
 */
export async function readUncommittedLines(
  repository: Repository,
  status: Pick<StatusEntries, 'staged' | 'unstaged' | 'undecodable'>,
  limits: Pick<RunLimits, 'signal'> = {},
): Promise<UncommittedLines | null> {
  const { staged, unstaged } = status;
  const none = { insertions: 0, deletions: 0, files: [], large: [] };
  if (staged.total + unstaged.total === 0) return none;
  if (status.undecodable > 0 || staged.items.length < staged.total || unstaged.items.length < unstaged.total)
    return null;
  const paths = [...new Set([...staged.items, ...unstaged.items].map((change) => change.path))];
  const changed = new Set(paths);
  const large = await largeFiles(repository, paths);
  if (large.length > MOST_LARGE) return null;

  const files: { path: string; insertions: number | null; deletions: number | null }[] = [];
  const count = (base: string): Promise<GitOutput> => {
    const shape = [
      '--numstat',
      '-z',
      '--no-renames',
      '--no-ext-diff',
      '--no-textconv',
      '--ignore-submodules=all',
    ];
    const args = [
      'diff',
      ...shape,
      base,
      '--',
      ':/',
      ...large.map((file) => `:(exclude,top,literal)${file}`),
    ] as const;
    return invokeFields(
      repository,
      args,
      (field) => {
        const { path: file, insertions, deletions } = parseNumstat(field);
        // Files that only look changed (their times are new) come with zeros.
        if (file !== null && changed.has(file)) files.push({ path: file, insertions, deletions });
        return undefined;
      },
      { ...limits, before: ['-c', `core.bigFileThreshold=${LARGEST}`] },
    );
  };
  await count('HEAD').catch((error: unknown) => {
    if (!isGitError(error, 'unknown-revision')) throw error;
    return count(emptyTree(repository));
  });
  const sum = (key: 'insertions' | 'deletions'): number =>
    files.reduce((all, file) => all + (file[key] ?? 0), 0);
  return { insertions: sum('insertions'), deletions: sum('deletions'), files, large };
}
