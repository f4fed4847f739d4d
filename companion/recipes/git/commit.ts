import { lstat, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { GitUndo, IndexEntry, Intend } from '../../agency/index.ts';
import { isDenied, type Repository, readIdentity } from '../../git/index.ts';
import { badOption, notNow } from '../refusals.ts';
import { refuseFiltered } from './filtered.ts';
import { putEntries, readEntries, sameEntry } from './index-entries.ts';
import { line, standingBranch, write } from './repository-at.ts';

/**
 * Commits exactly these files, as they stand, onto the branch that HEAD is on, through an index of its own; then the
 * user's index gets the same entries for these files and keeps all its others. Paths from the repository's top.
 * Throws `bad_input`, `conflict`, `GitError`; then nothing has changed.
 */
export async function commitPaths(
  repository: Repository,
  branch: string,
  message: string,
  paths: readonly string[],
  intend?: Intend,
): Promise<GitUndo & { readonly commit: string }> {
  const head = await standingBranch(repository);
  if (head.branch !== branch)
    throw notNow(
      `HEAD is on "${head.branch}", not on "${branch}" which the run made. Nothing was committed.`,
    );
  await refuseNobody(repository);
  await refuseOdd(repository, paths);
  await refuseFiltered(repository, paths);
  const before = await readEntries(repository, paths);
  for (const [name, entry] of before) {
    if (entry.stage !== '0') throw notNow(`${name} has a conflict that is not settled. Settle it first.`);
    if (entry.skip)
      throw notNow(`${name} lies outside of the sparse checkout. Add it (git sparse-checkout add) first.`);
  }
  const folder = await mkdtemp(path.join(os.tmpdir(), 'progeny-index-'));
  try {
    const index = path.join(folder, 'index');
    const environment = { GIT_INDEX_FILE: index };
    await write(repository, ['read-tree', head.commit], { environment });
    // Takes files in as `git add` would (line endings, modes, links), and out those that are gone.
    await write(repository, ['update-index', '--add', '--remove', '--replace', '-z', '--stdin'], {
      environment,
      input: Buffer.from(paths.map((name) => `${name}\0`).join('')),
    });
    const tree = await line(repository, ['write-tree'], { environment });
    if (tree === (await line(repository, ['rev-parse', `${head.commit}^{tree}`])))
      throw notNow('These files are as they were committed; there is nothing to commit.');
    const after = await readEntries(repository, paths, index);
    const commit = await line(repository, ['commit-tree', tree, '-p', head.commit, '-F', '-'], {
      input: Buffer.from(`${message.trim()}\n`),
    });
    const plain = (entry: IndexEntry | undefined): IndexEntry | null =>
      entry ? { mode: entry.mode, object: entry.object } : null;
    const entries = paths.map((name) => ({
      path: name,
      before: plain(before.get(name)),
      after: plain(after.get(name)),
    }));
    const changed = entries.filter((each) => !sameEntry(each.before, each.after));
    const log = `commit: ${message.trim().split('\n')[0]}`;
    const undo: GitUndo = {
      refs: [{ ref: head.ref, before: head.commit, after: commit }],
      index: changed,
      logs: [
        { ref: 'HEAD', message: log },
        { ref: head.ref, message: log },
      ],
    };
    intend?.(undo);
    // The index first: killed between the two, the files are merely staged.
    await putEntries(
      repository,
      changed.map((each) => [each.path, each.after] as const),
    );
    try {
      await write(repository, ['update-ref', '-m', log, head.ref, commit, head.commit]);
    } catch (error) {
      await putEntries(
        repository,
        changed.map((each) => [each.path, each.before] as const),
      );
      throw error;
    }
    return { commit, ...undo };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** git would make up an address out of the machine's name. */
async function refuseNobody(repository: Repository): Promise<void> {
  const { name, email } = await readIdentity(repository);
  if (name === null || email === null)
    throw notNow(
      'git does not know who commits here. Run: git config --global user.name "…" and user.email "…".',
    );
}

async function refuseOdd(repository: Repository, paths: readonly string[]): Promise<void> {
  if (paths.length === 0) throw notNow('The run changed no file, so there is nothing to commit.');
  for (const name of paths) {
    const isInside =
      name !== '' &&
      !path.isAbsolute(name) &&
      !/[\0\\]|^[A-Za-z]:/.test(name) &&
      !name.split('/').some((part) => part === '' || part === '.' || part === '..');
    if (!isInside || isDenied(name))
      throw badOption('paths', `"${name}" is no file of the folder that may be committed.`);
    const facts = await lstat(path.join(repository.root, name)).catch(() => null);
    if (facts && !facts.isFile() && !facts.isSymbolicLink())
      throw notNow(`${name} is no file (a folder, a submodule or a device), so it cannot be committed here.`);
  }
}
