import path from 'node:path';
import { GitError } from './errors.ts';
import { type FilterGuard, guardFilters } from './filters.ts';
import { fieldStream } from './nul-fields.ts';
import type { Repository } from './repository.ts';
import { type GitCall, type GitOutput, runGit } from './run.ts';

/**
 * Every subcommand that this room uses, and whether it may read files of the work tree through filters.
 * What is not certain is "converts": the price is one more process.
 */
const CONVERTS = {
  blame: true,
  'cat-file': false,
  'check-attr': true,
  'check-mailmap': false,
  config: false,
  diff: true,
  'for-each-ref': false,
  grep: true,
  log: false,
  'ls-files': true,
  'ls-tree': false,
  'rev-list': false,
  'rev-parse': false,
  status: true,
  'symbolic-ref': false,
} as const satisfies Record<string, boolean>;

export type Subcommand = keyof typeof CONVERTS;

export type InvokeOptions = Omit<GitCall, 'folder' | 'args' | 'environment'> & {
  /** Arguments between git and the subcommand. */
  readonly before?: readonly string[];
};

/** Runs a subcommand in an opened repository. Throws `GitError`, or the signal's reason. */
export async function invoke(
  repository: Repository,
  args: readonly [Subcommand, ...string[]],
  options: InvokeOptions = {},
): Promise<GitOutput> {
  const { program, root } = repository;
  const { before = [], ...call } = options;
  const environment = pin(root);
  try {
    const guard = CONVERTS[args[0]]
      ? await filterGuard(repository, environment, call.signal)
      : { args: [], environment: {} };
    return await runGit(program, {
      ...call,
      folder: root,
      before: [...guard.args, ...before],
      args,
      environment: { ...environment, ...guard.environment },
    });
  } catch (error) {
    if (error instanceof GitError && (error.kind === 'not-a-repository' || error.kind === 'folder-missing')) {
      throw new GitError(
        'vanished',
        `${error.message} It was a repository when it was opened. Open it again.`,
      );
    }
    throw error;
  }
}

function filterGuard(
  { program, root, guard }: Repository,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal | undefined,
): Promise<FilterGuard> {
  const read = () => guardFilters(program, root, environment, { signal });
  if (!guard) return read();
  guard.filters ??= read();
  return guard.filters;
}

/** As `invoke`; gives each NUL-terminated field of the output as it comes. */
export async function invokeFields(
  repository: Repository,
  args: readonly [Subcommand, ...string[]],
  onField: (field: Buffer) => 'stop' | undefined,
  options: InvokeOptions = {},
): Promise<GitOutput> {
  let enough: 'stop' | undefined;
  const fields = fieldStream((field) => {
    enough ??= onField(field);
  });
  const result = await invoke(repository, args, {
    ...options,
    onOutput: (chunk) => {
      fields.push(chunk);
      return enough;
    },
  });
  if (!result.stopped) fields.end();
  return result;
}

/**
 * The work tree that was checked when it was opened stays the work tree, and where its `.git` is gone git must
 * not go up and answer for the repository around it. (The list has no way to write a path that holds its
 * separator; there the first half alone must do.)
 */
export function pin(root: string): NodeJS.ProcessEnv {
  const parent = path.dirname(root);
  const ceiling = parent.includes(path.delimiter) ? {} : { GIT_CEILING_DIRECTORIES: parent };
  return { GIT_WORK_TREE: root, ...ceiling };
}
