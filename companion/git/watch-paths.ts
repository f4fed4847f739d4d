import path from 'node:path';
import type { Repository } from './repository.ts';

/** What a changed file under a git folder tells about. "refs" covers branches, tags and what was fetched. */
export type GitChange = 'head' | 'refs' | 'index' | 'stash' | 'operation' | 'config';

/** A folder to watch, and whether its sub-folders matter. Some may not exist yet. */
export interface WatchFolder {
  readonly folder: string;
  readonly recursive: boolean;
}

/**
 * The folders whose events, judged by `gitChangeOf`, show every change of HEAD, refs, index, stash and
 * operations. Folders and not files, because git replaces files by renaming. Not `objects`: it is busy and
 * tells nothing. A linked work tree has HEAD and index of its own and shares the refs.
 */
export function watchFolders(
  repository: Pick<Repository, 'gitDir' | 'commonDir' | 'refFormat'>,
): WatchFolder[] {
  const { gitDir, commonDir, refFormat } = repository;
  const own = [gitDir, ...(gitDir === commonDir ? [] : [commonDir])].map((folder) => ({
    folder,
    recursive: false,
  }));
  const tables = [...new Set([commonDir, gitDir])].map((folder) => path.join(folder, 'reftable'));
  if (refFormat === 'reftable') return [...own, ...tables.map((folder) => ({ folder, recursive: false }))];
  return [...own, { folder: path.join(commonDir, 'refs'), recursive: true }];
}

const OPERATION_FILES = new Set([
  'MERGE_HEAD',
  'CHERRY_PICK_HEAD',
  'REVERT_HEAD',
  'BISECT_LOG',
  'rebase-merge',
  'rebase-apply',
]);

/**
 * What an event on `file` (absolute) means for this work tree, or null for one that means nothing: locks,
 * objects, logs, other work trees. Packing refs shows as "refs" though none moved; a reftable is one file for
 * HEAD, refs and stash and shows as "refs": read all three then. Pure.
 */
export function gitChangeOf(
  repository: Pick<Repository, 'gitDir' | 'commonDir' | 'refFormat'>,
  file: string,
): GitChange | null {
  const { gitDir, commonDir } = repository;
  const own = path.relative(gitDir, file).split(path.sep);
  const shared = path.relative(commonDir, file).split(path.sep);
  if (file.endsWith('.lock')) return null;
  if (own.length === 1) {
    const name = own[0]!;
    if (name === 'HEAD') return 'head';
    if (name === 'index') return 'index';
    if (name === 'config.worktree') return 'config';
    if (OPERATION_FILES.has(name)) return 'operation';
  }
  if (own[0] === 'reftable' || shared[0] === 'reftable') return 'refs';
  if (shared[0] === 'config' && shared.length === 1) return 'config';
  if (shared[0] === 'packed-refs' && shared.length === 1) return 'refs';
  if (shared[0] !== 'refs') return null;
  return shared[1] === 'stash' && shared.length === 2 ? 'stash' : 'refs';
}
