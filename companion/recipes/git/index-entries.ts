import type { IndexEntry } from '../../agency/index.ts';
import type { Repository } from '../../git/index.ts';
import { write } from './repository-at.ts';

/** Entries of an index by path from the repository's top; `skip`: left out of the work tree (sparse checkout). */
export interface Indexed extends IndexEntry {
  readonly stage: string;
  readonly skip: boolean;
}

const MOST_NAMED = 100;

/** Reads the entries of some paths. `index`: another file than the repository's own. Throws `GitError`. */
export async function readEntries(
  repository: Repository,
  paths: readonly string[],
  index?: string,
): Promise<Map<string, Indexed>> {
  const wanted = new Set(paths);
  const entries = new Map<string, Indexed>();
  // A few are asked for by name; of many, all are read, since they would not fit into the arguments.
  const names = paths.length <= MOST_NAMED ? paths : [];
  const { output } = await write(repository, ['ls-files', '-z', '-t', '--stage', '--', ...names], {
    before: ['--literal-pathspecs'],
    ...(index !== undefined && { environment: { GIT_INDEX_FILE: index } }),
    maxBytes: 512 * 1024 * 1024,
  });
  for (const row of output.toString('utf8').split('\0')) {
    const match = /^(\S) (\d+) ([0-9a-f]+) (\d)\t([\s\S]*)$/.exec(row);
    if (!match || !wanted.has(match[5]!)) continue;
    const [, tag, mode, object, stage, path] = match as unknown as [
      string,
      string,
      string,
      string,
      string,
      string,
    ];
    entries.set(path, { mode, object, stage, skip: tag.toUpperCase() === 'S' });
  }
  return entries;
}

/** Puts entries into an index, or takes them out (null), and touches no other. Throws `GitError`. */
export async function putEntries(
  repository: Repository,
  entries: Iterable<readonly [path: string, entry: IndexEntry | null]>,
  index?: string,
): Promise<void> {
  const none = '0'.repeat(repository.objectFormat === 'sha256' ? 64 : 40);
  const rows = [...entries].map(([path, entry]) =>
    entry ? `${entry.mode} ${entry.object} 0\t${path}\0` : `0 ${none} 0\t${path}\0`,
  );
  if (rows.length === 0) return;
  await write(repository, ['update-index', '-z', '--index-info'], {
    input: Buffer.from(rows.join('')),
    ...(index !== undefined && { environment: { GIT_INDEX_FILE: index } }),
  });
}

export function sameEntry(a: IndexEntry | null, b: IndexEntry | null): boolean {
  return a?.mode === b?.mode && a?.object === b?.object;
}
