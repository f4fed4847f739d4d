import { invoke, invokeFields } from './invoke.ts';
import { splitFields } from './nul-fields.ts';
import { type Operation, readOperation } from './operation.ts';
import type { Repository } from './repository.ts';
import type { RunLimits } from './run.ts';
import { type StatusEntries, statusReader } from './status-parser.ts';

export interface Status extends StatusEntries {
  readonly operation: Operation | null;
  /**
   * Unstaged "modified" files whose content passes a filter (such as git-lfs) that this room does not run.
   * git compared them unfiltered, so they may be unchanged after all.
   */
  readonly unsure: ReadonlySet<string>;
}

export interface StatusOptions extends Pick<RunLimits, 'signal' | 'timeoutMs'> {
  /** Length of each list; totals count everything. Default 2,000. */
  readonly cap?: number;
}

/** Uncommitted work of the work tree: names only, ignored files left out. Throws `GitError`. */
export async function readStatus(repository: Repository, options: StatusOptions = {}): Promise<Status> {
  const { cap = 2_000, ...limits } = options;
  const reader = statusReader(cap);
  const args = [
    '--porcelain=v2',
    '-z',
    '--no-ahead-behind',
    '--untracked-files=all',
    '--ignored=no',
    '--ignore-submodules=dirty',
    '--find-renames',
  ];
  await invokeFields(repository, ['status', ...args], (field) => void reader.push(field), {
    ...limits,
    maxBytes: 1024 ** 3,
  });
  const entries = reader.result();
  const modified = entries.unstaged.items
    .filter((c) => c.change === 'modified' && !c.submodule)
    .map((c) => c.path);
  return {
    ...entries,
    operation: await readOperation(repository, options.signal),
    unsure: await filteredPaths(repository, modified, options.signal),
  };
}

/** Those of `paths` that an attribute gives to a filter, defined or not. */
async function filteredPaths(
  repository: Repository,
  paths: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Set<string>> {
  const filtered = new Set<string>();
  if (paths.length === 0) return filtered;
  const input = Buffer.from(paths.map((path) => `${path}\0`).join(''));
  const { output } = await invoke(repository, ['check-attr', '-z', '--stdin', 'filter'], { signal, input });
  const fields = splitFields(output).map((field) => field.toString('utf8'));
  for (let i = 0; i + 2 < fields.length; i += 3) {
    const [path, , value] = fields.slice(i, i + 3);
    if (value !== 'unspecified' && value !== 'unset' && value !== '') filtered.add(path!);
  }
  return filtered;
}
