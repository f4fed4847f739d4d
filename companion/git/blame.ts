import { isDenied } from '../kernel/index.ts';
import { type BlamedLine, parseBlame } from './blame-parser.ts';
import { isGitError } from './errors.ts';
import { invoke } from './invoke.ts';
import type { Repository } from './repository.ts';
import type { RunLimits } from './run.ts';

const MOST_LINES = 200;
const TIMEOUT_MS = 15_000;

/**
 * Who last changed some lines (from 1, as they are in the work tree now) of one file; null for a line that is
 * not committed. A line that is not there, or a file that git does not track, has no entry. White space does
 * not count. At most 200 lines are asked; the rest has no entry. Throws `GitError`.
 *
 * git blames the file of the work tree itself, so that no mapping of its lines to those of HEAD is needed.
 */
export async function blameLines(
  repository: Repository,
  path: string,
  lines: readonly number[],
  options: Pick<RunLimits, 'signal' | 'timeoutMs'> = {},
): Promise<Map<number, BlamedLine | null>> {
  const wanted = [...new Set(lines)].filter((n) => Number.isInteger(n) && n > 0).slice(0, MOST_LINES);
  if (wanted.length === 0 || isDenied(path)) return new Map();
  const limits = { timeoutMs: TIMEOUT_MS, ...options };
  return blame(repository, path, wanted, limits).catch(async (error: unknown) => {
    // One line beyond the end of the file fails the whole call, and git says how many lines there are.
    const count = isGitError(error, 'failed') ? /has only (\d+) lines?/.exec(error.message)?.[1] : undefined;
    if (count !== undefined) {
      const there = wanted.filter((line) => line <= Number(count));
      return there.length === 0 ? new Map() : blame(repository, path, there, limits);
    }
    if (isGitError(error, 'failed') && /no such path|cannot (?:l?stat|read) path/i.test(error.message))
      return new Map();
    // A blame.ignoreRevsFile that is not there fails every blame, the user's own too; no switch undoes it.
    if (isGitError(error, 'failed') && /could not open object name list/.test(error.message))
      return new Map();
    if (isGitError(error, 'unknown-revision')) return new Map();
    throw error;
  });
}

async function blame(
  repository: Repository,
  path: string,
  lines: readonly number[],
  limits: Pick<RunLimits, 'signal' | 'timeoutMs'>,
): Promise<Map<number, BlamedLine | null>> {
  const ranges = lines.flatMap((line) => ['-L', `${line},${line}`]);
  const shape = ['--porcelain', '-w', '--no-textconv'];
  const { output } = await invoke(repository, ['blame', ...shape, ...ranges, '--', path], limits);
  return parseBlame(output);
}
