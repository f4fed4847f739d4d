import { LOG_FORMAT, logReader } from './commit-log.ts';
import { isGitError } from './errors.ts';
import { invoke, invokeFields } from './invoke.ts';
import { splitFields } from './nul-fields.ts';
import type { Repository } from './repository.ts';
import { checkRevision, type Revision } from './revision.ts';
import type { RunLimits } from './run.ts';

/** Whether the work of a branch has reached another one, by whatever way. */
export type Landing =
  /** Its tip is in the history. */
  | 'merged'
  /** Every version of a file that it ends with has stood there since they parted: a squash, or bit by bit. */
  | 'squashed'
  /** Each of its commits is there as an equal change: a rebase or cherry-picks. */
  | 'picked'
  | 'open';

/** Beyond these, looking is dearer than the answer is worth, and the branch counts as open. */
const MOST_FILES = 100;
const MOST_COMMITS = 30;
const TIMEOUT_MS = 10_000;

/**
 * Whether `branch` is still open work against `base`. Costs two to four processes: ask it of candidates, not of
 * every branch. A branch whose files changed on `base` too before it was squashed stays "open". Throws `GitError`.
 */
export async function readLanding(
  repository: Repository,
  base: Revision,
  branch: Revision,
  options: Pick<RunLimits, 'signal'> = {},
): Promise<Landing> {
  const limits = { ...options, timeoutMs: TIMEOUT_MS };
  const range = `${checkRevision(base)}...${checkRevision(branch)}`;
  const { output } = await invoke(repository, ['rev-list', '--left-right', '--count', range, '--'], limits);
  const [behind = 0, ahead = 0] = output.toString('latin1').trim().split('\t').map(Number);
  if (ahead === 0) return 'merged';
  if (behind === 0) return 'open';
  const shape = [
    '--raw',
    '-z',
    '--no-abbrev',
    '--no-renames',
    '--no-ext-diff',
    '--no-textconv',
    '--ignore-submodules=all',
  ];
  const parted = await invoke(repository, ['diff', ...shape, range, '--'], limits).catch((error: unknown) => {
    if (isGitError(error, 'failed') && error.message.includes('no merge base')) return null;
    throw error;
  });
  const ends = endVersions(splitFields(parted?.output ?? Buffer.alloc(0)));
  // Commits that undo each other, or histories without a common start, leave nothing to look for.
  if (ends.size === 0) return 'open';
  if (ends.size <= MOST_FILES && (await allStood(repository, `${branch}..${base}`, ends, limits)))
    return 'squashed';
  if (ahead > MOST_COMMITS || repository.partial) return 'open';
  const left = ['--count', '--no-merges', '--cherry-pick', '--right-only', range, '--'];
  const picked = await invoke(repository, ['rev-list', ...left], limits);
  return picked.output.toString('latin1').trim() === '0' ? 'picked' : 'open';
}

/** Path (as latin1 bytes) to the object that the branch ends with; zeros for a deleted file. */
function endVersions(fields: readonly Buffer[]): Map<string, string> {
  const ends = new Map<string, string>();
  for (let i = 0; i + 1 < fields.length; i += 2) {
    ends.set(fields[i + 1]!.toString('utf8'), fields[i]!.toString('latin1').split(' ')[3] ?? '');
  }
  return ends;
}

async function allStood(
  repository: Repository,
  range: string,
  ends: ReadonlyMap<string, string>,
  limits: Pick<RunLimits, 'signal' | 'timeoutMs'>,
): Promise<boolean> {
  const missing = new Map(ends);
  const reader = logReader((_, files) => {
    for (const { path, blob } of files ?? [])
      if (path !== null && missing.get(path) === blob) missing.delete(path);
  });
  const shape = ['-z', LOG_FORMAT, '--raw', '--no-abbrev', '--no-renames', '-m', '--first-parent'];
  const paths = [...ends.keys()].map((path) => `:(top,literal)${path}`);
  await invokeFields(
    repository,
    ['log', ...shape, range, '--', ...paths],
    (field) => {
      reader.push(field);
      return missing.size === 0 ? 'stop' : undefined;
    },
    limits,
  );
  reader.end();
  return missing.size === 0;
}
