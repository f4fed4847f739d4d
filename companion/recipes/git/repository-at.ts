import path from 'node:path';
import {
  type GitProgram,
  type Head,
  openRepository,
  type Repository,
  readHead,
  readOperation,
} from '../../git/index.ts';
import { type GitCall, type GitOutput, guardFilters, pin, runGit } from '../../git/node.ts';
import { notNow } from '../refusals.ts';

/** Settings for calls that write: nothing is signed, nobody is asked, messages are UTF-8. */
const WRITING = ['-c', 'commit.gpgSign=false', '-c', 'i18n.commitEncoding=UTF-8', '-c', 'core.editor=false'];

/** A repository, and the folder of the run within it. */
export interface RepositoryAt {
  readonly repository: Repository;
  /** Of the folder below the repository's top, '' for the top itself. */
  readonly prefix: string;
}

/** Throws `GitError`. */
export async function repositoryAt(program: GitProgram, root: string): Promise<RepositoryAt> {
  const repository = await openRepository(program, root);
  const prefix = path.relative(repository.root, root).split(path.sep).join('/');
  return { repository, prefix };
}

/**
 * These look at files of the work tree, through filters: `update-index` also at files that it was not asked about, when
 * it writes an index that is as young as they are.
 */
const CONVERTS = new Set(['update-index', 'read-tree', 'write-tree', 'ls-files', 'check-attr']);

/**
 * Runs git where it may write. Hooks and the file system monitor are off (`GUARD_ARGUMENTS`), filters have no program,
 * no network, no prompt; only subcommands that touch no file of the work tree are used. Throws `GitError`.
 */
export async function write(
  { program, root }: Repository,
  args: readonly string[],
  options: Omit<GitCall, 'folder' | 'args'> = {},
): Promise<GitOutput> {
  const { before = [], environment, ...call } = options;
  const off = CONVERTS.has(args[0]!)
    ? await guardFilters(program, root, pin(root), { signal: call.signal })
    : { args: [], environment: {} };
  return runGit(program, {
    ...call,
    folder: root,
    before: [...off.args, ...WRITING, ...before],
    args,
    environment: { ...pin(root), ...off.environment, ...environment },
  });
}

/** As `write`, and its output as one line. */
export async function line(
  repository: Repository,
  args: readonly string[],
  options: Omit<GitCall, 'folder' | 'args'> = {},
): Promise<string> {
  return (await write(repository, args, options)).output.toString('utf8').trim();
}

/** Where a full ref stands; null where there is none. */
export async function refAt(repository: Repository, ref: string): Promise<string | null> {
  const { code, output } = await write(repository, ['rev-parse', '-q', '--verify', ref], { accept: [0, 1] });
  return code === 0 ? output.toString('latin1').trim() : null;
}

/** The branch that the work tree stands on. Throws `conflict` where git waits for the user, or there is none. */
export async function standingBranch(
  repository: Repository,
): Promise<Extract<Head, { readonly kind: 'branch' }>> {
  const operation = await readOperation(repository);
  if (operation)
    throw notNow(`A ${operation.kind} is under way in this repository. Finish it or abort it first.`);
  const head = await readHead(repository);
  if (head.kind === 'detached')
    throw notNow(
      `HEAD stands on the commit ${head.commit.slice(0, 7)}, not on a branch. Check out a branch first.`,
    );
  if (head.kind === 'unborn')
    throw notNow(`Nothing is committed on "${head.branch}" yet. Make the first commit yourself.`);
  return head;
}
