import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import path from 'node:path';
import { type Clock, systemClock } from '../kernel/index.ts';
import { guardEnvironment } from './environment.ts';
import { GitError } from './errors.ts';
import { type GitProgram, runGit } from './run.ts';
import { Slots } from './slots.ts';

/** The oldest git whose switches this room can rely on. */
const OLDEST = { major: 2, minor: 25 };
/** git processes at a time, over all repositories. */
const PROCESSES = 4;

export interface FindGitOptions {
  /** Where to look (PATH) and what git sees (HOME); default this process's own. */
  readonly environment?: NodeJS.ProcessEnv;
  /** An absolute path, instead of looking on the PATH. */
  readonly file?: string;
  readonly clock?: Clock;
  readonly signal?: AbortSignal;
}

/** Finds git and checks its version. Throws `GitError`: git-missing, git-too-old. */
export async function findGit(options: FindGitOptions = {}): Promise<GitProgram> {
  const environment = options.environment ?? process.env;
  const file = options.file ?? (await searchPath(environment));
  const candidate: GitProgram = {
    file,
    version: OLDEST,
    environment: guardEnvironment(environment),
    clock: options.clock ?? systemClock,
    slots: new Slots(PROCESSES),
  };
  const { output } = await runGit(candidate, {
    folder: path.dirname(file),
    args: ['--version'],
    timeoutMs: 10_000,
    signal: options.signal,
  });
  const version = parseVersion(output.toString('utf8'));
  if (!version || !atLeast({ ...candidate, version }, OLDEST.major, OLDEST.minor)) {
    const said = JSON.stringify(output.toString('utf8').slice(0, 100).trim());
    throw new GitError(
      'git-too-old',
      `${JSON.stringify(file)} says it is ${said}; 2.25 or newer is needed. Update git.`,
    );
  }
  return { ...candidate, version };
}

export function atLeast(program: Pick<GitProgram, 'version'>, major: number, minor: number): boolean {
  const { version } = program;
  return version.major > major || (version.major === major && version.minor >= minor);
}

export function parseVersion(text: string): GitProgram['version'] | null {
  const match = /^git version (\d+)\.(\d+)/.exec(text);
  return match ? { major: Number(match[1]), minor: Number(match[2]) } : null;
}

/**
 * Only absolute entries of the PATH count: a relative one, and on Windows the current folder, would find a
 * "git" that lies in the repository.
 */
async function searchPath(environment: NodeJS.ProcessEnv): Promise<string> {
  const name = process.platform === 'win32' ? 'git.exe' : 'git';
  const key = Object.keys(environment).find((k) => k.toUpperCase() === 'PATH') ?? 'PATH';
  for (const folder of (environment[key] ?? '').split(path.delimiter)) {
    if (!path.isAbsolute(folder)) continue;
    const file = path.join(folder, name);
    if (
      await access(file, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return file;
  }
  throw new GitError('git-missing', `No ${name} was found on the PATH. Install git and put it on the PATH.`);
}
