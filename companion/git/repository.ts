import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { systemRandom } from '../kernel/index.ts';
import { GitError } from './errors.ts';
import type { FilterGuard } from './filters.ts';
import { type GitProgram, type RunLimits, runGit } from './run.ts';
import { readSmallFile } from './small-file.ts';
import { decodePath } from './text.ts';

/** An opened repository: facts that stay while it stands. Plain data apart from `program`. */
export interface Repository {
  readonly program: GitProgram;
  /** The work tree's top folder: absolute, symbolic links resolved. */
  readonly root: string;
  /** The `.git` folder of this work tree. */
  readonly gitDir: string;
  /** The `.git` folder that all work trees of the repository share; its identity. */
  readonly commonDir: string;
  readonly kind: 'main' | 'worktree' | 'submodule';
  readonly objectFormat: 'sha1' | 'sha256';
  readonly refFormat: 'files' | 'reftable';
  /** History is cut off (`clone --depth`): counts and ages are lower bounds. */
  readonly shallow: boolean;
  /** Some objects are on a server only (`clone --filter`): contents of old versions may be missing. */
  readonly partial: boolean;
  /** What switches its filters off, where that is kept for one reading (`atOnce`). */
  readonly guard?: { filters?: Promise<FilterGuard> };
}

/** The repository for calls that follow each other at once: its filters are looked up for the first one only. */
export function atOnce(repository: Repository): Repository {
  return { ...repository, guard: {} };
}

/**
 * Opens the repository whose work tree holds `folder` (absolute).
 * Throws `GitError`: folder-missing, not-a-repository, no-work-tree, work-tree-elsewhere, dubious-ownership,
 * unsupported-repository, corrupt, timeout.
 */
export async function openRepository(
  program: GitProgram,
  folder: string,
  options: Pick<RunLimits, 'signal'> = {},
): Promise<Repository> {
  const facts = await discover(program, path.resolve(folder), options.signal);
  const [gitDir, commonDir, root] = (await Promise.all(
    [facts.gitDir, facts.commonDir, facts.root].map((file) => realpath(file)),
  ).catch((error: unknown) => {
    throw new GitError(
      'folder-missing',
      `${JSON.stringify(folder)} went away while it was opened: ${error}.`,
    );
  })) as [string, string, string];
  const entry = await workTreeEntry(root, gitDir);
  const [partial, reftable, shallow] = await Promise.all([
    hasPromisorPacks(commonDir),
    exists(path.join(commonDir, 'reftable')),
    exists(path.join(commonDir, 'shallow')),
  ]);
  return {
    program,
    root,
    gitDir,
    commonDir,
    kind: gitDir !== commonDir ? 'worktree' : entry === 'file' && isModule(gitDir) ? 'submodule' : 'main',
    objectFormat: facts.objectFormat,
    refFormat: reftable ? 'reftable' : 'files',
    shallow,
    partial,
  };
}

interface Facts {
  readonly gitDir: string;
  readonly commonDir: string;
  readonly root: string;
  readonly objectFormat: 'sha1' | 'sha256';
}

/** One process. The paths may hold newlines, so a word that nobody can foresee stands between them. */
async function discover(
  program: GitProgram,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<Facts> {
  const mark = `--mark-${Math.floor(systemRandom.next() * 2 ** 48).toString(36)}`;
  const { output } = await runGit(program, {
    folder,
    signal,
    args: [
      'rev-parse',
      '--show-object-format',
      mark,
      '--absolute-git-dir',
      mark,
      '--git-common-dir',
      mark,
      '--show-toplevel',
    ],
  });
  const parts = decodePath(output)?.split(`${mark}\n`) ?? [];
  const [format, gitDir, commonDir, root] = parts.map((part) => part.replace(/\n$/, ''));
  if (!gitDir || !commonDir || !root) {
    throw new GitError(
      'failed',
      `git gave paths of ${JSON.stringify(folder)} that cannot be used. Rename its folders to plain UTF-8.`,
    );
  }
  return {
    gitDir,
    commonDir: path.resolve(folder, commonDir),
    root: path.resolve(root),
    objectFormat: format === 'sha256' ? 'sha256' : 'sha1',
  };
}

/**
 * `core.worktree` lets a configuration declare any folder (a home, the whole disk) to be its work tree. It
 * counts only where that folder has a `.git` which leads back to the same repository, as git itself lays it.
 */
async function workTreeEntry(root: string, gitDir: string): Promise<'file' | 'folder'> {
  const entry = path.join(root, '.git');
  const real = await realpath(entry).catch(() => null);
  if (real !== null && real === gitDir) return 'folder';
  const pointer = real === null ? null : await readSmallFile(real);
  const target = /^gitdir: (.+?)\n?$/s.exec(pointer ?? '')?.[1];
  if (target && (await realpath(path.resolve(root, target)).catch(() => null)) === gitDir) return 'file';
  throw new GitError(
    'work-tree-elsewhere',
    `The repository ${JSON.stringify(gitDir)} declares ${JSON.stringify(root)} as its work tree, but that folder does not belong to it. Remove core.worktree from its configuration, or open the right folder.`,
  );
}

async function hasPromisorPacks(commonDir: string): Promise<boolean> {
  const names = await readdir(path.join(commonDir, 'objects', 'pack')).catch((): string[] => []);
  return names.some((name) => name.endsWith('.promisor'));
}

function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

function isModule(gitDir: string): boolean {
  return gitDir.split(path.sep).includes('modules');
}
