import { LOG_FORMAT, logReader } from './commit-log.ts';
import { emptyWhereUnborn, sinceArgument } from './commits.ts';
import { collectHistories, type FileHistories } from './file-history.ts';
import { invoke, invokeFields } from './invoke.ts';
import type { Repository } from './repository.ts';
import { checkRevision, type Revision } from './revision.ts';
import type { RunLimits } from './run.ts';

/** What happened to one file within the window. */
export interface FileChurn {
  readonly path: string;
  readonly commits: number;
  /** Commit time of the newest, ms since the epoch. */
  readonly lastTouchedAt: number;
  /** Lines over all commits; null unless asked for. Binary changes count none. */
  readonly lines: { readonly insertions: number; readonly deletions: number } | null;
  /** Commit times, newest first, of a file in `timesOf`; null for others. */
  readonly times: readonly number[] | null;
}

export interface Churn {
  readonly files: ReadonlyMap<string, FileChurn>;
  /** Commits that were read. */
  readonly commits: number;
  /** Of those, commits that changed more than 1,000 files (an import, a reformat) and count for none of them. */
  readonly bulkCommits: number;
  /** Changes to paths that are not UTF-8, left out. */
  readonly undecodable: number;
  /** What became of the files in `timesOf`, for `readNoteOrigins`; empty where lines are counted. */
  readonly histories: FileHistories;
  /** More files were touched than `MOST_FILES`; the rarest of the oldest are missing. */
  readonly truncated: boolean;
}

export interface ChurnOptions extends Pick<RunLimits, 'signal'> {
  /** Committed at or after (ms since the epoch); default all. */
  readonly since?: number;
  /** Newest so many; default 20,000. */
  readonly maxCommits?: number;
  readonly from?: Revision;
  /** Also count lines: that reads every version of every file and takes several times as long. */
  readonly lines?: boolean;
  /** Files whose commits are wanted one by one (`times`, `histories`). */
  readonly timesOf?: ReadonlySet<string>;
  /** Called every 500 commits and at the end. `total` is exact. */
  readonly onProgress?: (done: number, total: number) => void;
}

const BULK = 1_000;
const MOST_FILES = 200_000;
const STEP = 500;
const TIMEOUT_MS = 180_000;

/** How often and when each file was touched: one pass over the history, in memory bounded by the files. */
export async function readChurn(repository: Repository, options: ChurnOptions = {}): Promise<Churn> {
  const { from = 'HEAD', maxCommits = 20_000, onProgress, signal } = options;
  const limits = [`--max-count=${maxCommits}`, ...sinceArgument(options.since)];
  const revision = checkRevision(from);
  const files = new Map<
    string,
    {
      path: string;
      commits: number;
      lastTouchedAt: number;
      lines: { insertions: number; deletions: number } | null;
      times: number[] | null;
    }
  >();
  // Line counts need every blob; a partial clone has not got them.
  const lines = options.lines === true && !repository.partial;
  let [commits, bulkCommits, undecodable, truncated] = [0, 0, 0, false];
  const total = onProgress ? await countCommits(repository, [...limits, revision], from, signal) : 0;

  const collector = collectHistories(lines ? new Set() : (options.timesOf ?? new Set()));
  const reader = logReader(
    (commit, changes, kept) => {
      commits++;
      collector.add(commit, changes, kept);
      if (commits % STEP === 0) onProgress?.(commits, Math.max(total, commits));
      if (!changes) bulkCommits++;
      for (const { path, insertions, deletions } of changes ?? []) {
        if (path === null) {
          undecodable++;
          continue;
        }
        let file = files.get(path);
        if (!file) {
          truncated ||= files.size >= MOST_FILES;
          if (truncated) continue;
          file = {
            path,
            commits: 0,
            lastTouchedAt: 0,
            lines: lines ? { insertions: 0, deletions: 0 } : null,
            times: options.timesOf?.has(path) ? [] : null,
          };
          files.set(path, file);
        }
        file.commits++;
        file.lastTouchedAt = Math.max(file.lastTouchedAt, commit.committedAt);
        file.times?.push(commit.committedAt);
        if (file.lines) {
          file.lines.insertions += insertions ?? 0;
          file.lines.deletions += deletions ?? 0;
        }
      }
    },
    BULK,
    collector.keep,
  );
  const shape = lines ? ['--numstat'] : ['--raw', '--no-abbrev'];
  const args = [
    '-z',
    LOG_FORMAT,
    ...shape,
    '--no-renames',
    '--no-ext-diff',
    '--no-textconv',
    ...limits,
    revision,
    '--',
  ];
  await invokeFields(repository, ['log', ...args], (field) => void reader.push(field), {
    signal,
    timeoutMs: TIMEOUT_MS,
    maxBytes: 4 * 1024 ** 3,
  }).catch(emptyWhereUnborn(from));
  reader.end();
  onProgress?.(commits, Math.max(total, commits));
  return { files, commits, bulkCommits, undecodable, histories: collector.histories, truncated };
}

async function countCommits(
  repository: Repository,
  args: readonly string[],
  from: Revision,
  signal: AbortSignal | undefined,
): Promise<number> {
  const counted = await invoke(repository, ['rev-list', '--count', ...args, '--'], { signal }).catch(
    emptyWhereUnborn(from),
  );
  return counted ? Number(counted.output.toString('latin1').trim()) : 0;
}
