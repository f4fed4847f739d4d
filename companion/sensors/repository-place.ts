import { lstat, readFile } from 'node:fs/promises';
import path from 'node:path';

/** Where the repository of a workspace lies. Linked work trees and submodules have a git folder elsewhere. */
export interface RepositoryPlace {
  readonly top: string;
  /** Has HEAD and index of this work tree. */
  readonly gitDir: string;
  /** Has refs, logs and `info/exclude`; the same folder but for linked work trees. */
  readonly commonDir: string;
}

/** Finds the repository that `workspace` is in, without running git. Null where there is none. */
export async function findRepositoryPlace(workspace: string): Promise<RepositoryPlace | null> {
  for (let top = workspace; ; top = path.dirname(top)) {
    const gitDir = await gitDirOf(top);
    if (gitDir) return { top, gitDir, commonDir: await commonDirOf(gitDir) };
    if (path.dirname(top) === top) return null;
  }
}

/** The branch that HEAD names, 12 digits of a detached commit, or null where HEAD cannot be read. */
export async function readBranch(gitDir: string): Promise<string | null> {
  const text = await firstLine(path.join(gitDir, 'HEAD'));
  if (text === null) return null;
  if (text.startsWith('ref: ')) return text.slice(5).replace(/^refs\/heads\//, '') || null;
  return /^[0-9a-f]{40,64}$/.test(text) ? text.slice(0, 12) : null;
}

async function gitDirOf(folder: string): Promise<string | null> {
  const place = path.join(folder, '.git');
  const stat = await lstat(place).catch(() => null);
  if (!stat) return null;
  if (stat.isFile()) {
    const text = await firstLine(place);
    return text?.startsWith('gitdir: ') ? path.resolve(folder, text.slice(8)) : null;
  }
  // A link counts when it leads to a git folder, as for git; so does a folder only when it has a HEAD.
  const head = await lstat(path.join(place, 'HEAD')).catch(() => null);
  return head ? place : null;
}

async function commonDirOf(gitDir: string): Promise<string> {
  const text = await firstLine(path.join(gitDir, 'commondir'));
  return text === null ? gitDir : path.resolve(gitDir, text);
}

/** The first line of one of git's small files; null for anything that is not a small file. */
async function firstLine(file: string): Promise<string | null> {
  const stat = await lstat(file).catch(() => null);
  if (!stat?.isFile() || stat.size > 8192) return null;
  const text = await readFile(file, 'utf8').catch(() => null);
  return text === null ? null : text.split('\n', 1)[0]!.trim();
}
