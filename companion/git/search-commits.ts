import { type Commit, LOG_FORMAT, logReader } from './commit-log.ts';
import { emptyWhereUnborn } from './commits.ts';
import { invokeFields } from './invoke.ts';
import type { Repository } from './repository.ts';
import { checkRevision, type Revision } from './revision.ts';
import type { RunLimits } from './run.ts';

export interface SearchCommitsOptions extends Pick<RunLimits, 'signal' | 'timeoutMs'> {
  /** Any of these in the message, as they stand, in any case of letters; at most 8 are looked for. None: all commits. */
  readonly words?: readonly string[];
  /** Only commits that changed this file of the work tree. */
  readonly file?: string;
  /** At most so many, newest first; default 50. */
  readonly limit?: number;
  /** Where to start; default HEAD. */
  readonly from?: Revision;
  /** Not what these have. */
  readonly without?: readonly Revision[];
}

const MOST_WORDS = 8;
const TIMEOUT_MS = 5_000;

/**
 * Commits, without merges, whose message has one of the words, or that changed a file. Empty in a repository without
 * commits. Throws `GitError`, also `timeout` where a history is too long to be looked through in time.
 */
export async function searchCommits(
  repository: Repository,
  options: SearchCommitsOptions = {},
): Promise<Commit[]> {
  const {
    words = [],
    file,
    limit = 50,
    from = 'HEAD',
    without = [],
    signal,
    timeoutMs = TIMEOUT_MS,
  } = options;
  const commits: Commit[] = [];
  const reader = logReader((commit) => commits.push(commit));
  const patterns = words
    .filter((word) => word !== '' && !/[\0\n]/.test(word))
    .slice(0, MOST_WORDS)
    .map((word) => `--grep=${word}`);
  const matching = patterns.length > 0 ? ['-F', '-i', ...patterns] : [];
  const args = [
    '-z',
    LOG_FORMAT,
    '--no-merges',
    `--max-count=${limit}`,
    ...matching,
    checkRevision(from),
    ...without.map((each) => `^${checkRevision(each)}`),
    '--',
  ];
  // Literal: a name of a file is no pattern.
  const path = file === undefined ? [] : [`:(top,literal)${file}`];
  const limits = { signal, timeoutMs };
  await invokeFields(repository, ['log', ...args, ...path], (field) => void reader.push(field), limits).catch(
    emptyWhereUnborn(from),
  );
  reader.end();
  return commits;
}
