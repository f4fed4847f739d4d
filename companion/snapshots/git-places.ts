import path from 'node:path';
import { type GitProgram, isGitError, openRepository } from '../git/index.ts';
import { standing } from './scan.ts';
import type { GitFolders } from './take.ts';

/** Where the git folders of work trees lie. */
export class GitPlaces {
  readonly #program: GitProgram;
  readonly #known = new Map<string, { readonly key: string; readonly folders: GitFolders | null }>();

  constructor(program: GitProgram) {
    this.#program = program;
  }

  /** Null for a folder that is no work tree's top. git is asked only where `.git` or its configuration is another. */
  async of(root: string): Promise<GitFolders | null> {
    const dot = standing(Buffer.from(path.join(root, '.git')));
    if (!dot) return null;
    const config = standing(Buffer.from(path.join(root, '.git', 'config')));
    const key = [dot.ino, dot.isDirectory() ? '' : dot.ctimeMs, config?.ino, config?.ctimeMs].join(' ');
    const known = this.#known.get(root);
    if (known?.key === key) return known.folders;
    const folders = await this.#discover(root);
    this.#known.set(root, { key, folders });
    return folders;
  }

  async #discover(root: string): Promise<GitFolders | null> {
    try {
      const found = await openRepository(this.#program, root);
      return found.root === root ? { own: found.gitDir, common: found.commonDir } : null;
    } catch (error) {
      if (isGitError(error)) return null;
      throw error;
    }
  }
}
