import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isGitError } from '../git/index.ts';
import { keepControl } from './control.ts';
import { coverIgnored } from './cover-ignored.ts';
import { modesOf } from './modes.ts';
import { isHeavy, type Remembered, treeOf } from './remembered.ts';
import { retake } from './retake.ts';
import { absolute, factsAt, standing } from './scan.ts';
import { type RawPath, type SnapshotLimits, shown, type Uncovered, type WorkTree } from './snapshot.ts';
import type { Seen, Vault } from './vault.ts';
import { add, fill, listed, writeTree } from './vault-index.ts';
import { walkFolders } from './walk.ts';

/** Where the git folders of a work tree lie; null for a folder that is no repository. */
export interface GitFolders {
  readonly own: string;
  readonly common: string;
}

export interface TakeOptions {
  readonly vault: Vault;
  readonly limits: SnapshotLimits;
  /** Of a work tree at this absolute path. */
  gitFoldersOf(root: string): Promise<GitFolders | null>;
  /** What the user's own index names there: covered, though a pattern ignores it. */
  trackedIn(root: string): Promise<readonly RawPath[]>;
  /** Patterns that the user's repository ignores besides `.gitignore`. */
  excludesOf(folders: GitFolders | null): Promise<string>;
  /** What the takes before left of each work tree, by its absolute path; what this one leaves is put there. */
  readonly memory: Map<string, Remembered>;
  readonly signal?: AbortSignal;
}

/** One work tree, about to be taken. */
export interface Taking extends Omit<TakeOptions, 'memory'> {
  readonly at: RawPath;
  /** Absolute. */
  readonly root: string;
  readonly folders: GitFolders | null;
  readonly excludes: string;
  readonly main: Seen;
  readonly ignored: Seen;
  /** What the clock of the file system showed when it began, in ms. */
  readonly stamp: number;
}

/** Keeps a folder and the repositories inside of it; the folder itself comes first. */
export async function takeTrees(root: string, options: TakeOptions): Promise<WorkTree[]> {
  const trees: WorkTree[] = [];
  const queue: RawPath[] = [''];
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    const taking = await prepare(root, at, options);
    const known = options.memory.get(taking.root);
    // Where it is cut off, what it had understood until then counts for nothing.
    options.memory.delete(taking.root);
    const now = (known && (await retakeOrNot(taking, known))) ?? (await takeWhole(taking));
    options.memory.set(taking.root, now);
    trees.push(treeOf(at, now));
    queue.push(...now.nested.map((below) => (at === '' ? below : `${at}/${below}`)));
  }
  return trees;
}

/** What git does not take is looked at as a whole, where it is left out and told. */
async function retakeOrNot(taking: Taking, known: Remembered): Promise<Remembered | null> {
  return await retake(taking, known).catch((error: unknown) => {
    if (isGitError(error)) return null;
    throw error;
  });
}

/** Names the references that keep what the takes of a work tree to come stand on. */
export const keyOf = (root: string) => createHash('sha256').update(root).digest('hex').slice(0, 16);

async function prepare(top: string, at: RawPath, options: TakeOptions): Promise<Taking> {
  const { vault } = options;
  const root = at === '' ? top : path.join(top, shown(at));
  const folders = await options.gitFoldersOf(root);
  if (folders) await vault.borrow(path.join(folders.common, 'objects'));
  const place = path.join(vault.folder, 'work-trees', keyOf(root));
  await mkdir(place, { recursive: true });
  const file = path.join(place, 'excludes');
  const excludes = await options.excludesOf(folders);
  await writeFile(file, excludes);
  const seen = (index: string): Seen => ({ root, index: path.join(place, index), excludes: file });
  return {
    ...options,
    ...{ at, root, folders, excludes },
    main: seen('index'),
    ignored: seen('ignored-index'),
    stamp: standing(Buffer.from(file))!.mtimeMs,
  };
}

/** Looks at everything. */
async function takeWhole(taking: Taking): Promise<Remembered> {
  const { vault, limits, root, folders, main, stamp, signal } = taking;
  const [ignoredFolders, fresh] = await Promise.all([
    listed(vault, main, ['--others', '--ignored', '--exclude-standard', '--directory'], signal),
    listed(vault, main, ['--others', '--exclude-standard'], signal),
  ]);
  const skipped = ignoredFolders
    .filter((folder) => folder.endsWith('/') && isHeavy(folder.slice(0, -1)))
    .map((folder) => folder.slice(0, -1));
  const walk = await walkFolders(root, { skip: new Set(skipped), stamp, signal });
  const { nested } = walk;
  const within = (file: RawPath, some: readonly RawPath[]) =>
    some.some((folder) => file === `${folder}/` || file.startsWith(`${folder}/`));

  const candidates = fresh.filter((file) => !file.endsWith('/') && !within(file, nested));
  const large = largeAmong(root, candidates, limits);
  const without = new Set(large.map((each) => each.path));
  if (!existsSync(main.index))
    await fill(
      vault,
      main,
      candidates.filter((file) => !without.has(file)),
      signal,
    );
  const whole = await add(vault, main, [...nested, ...without], signal);
  const unreadable = whole ? [] : await leftOut(taking, without, nested);

  const others = await listed(vault, main, ['--others', '--ignored', '--exclude-standard'], signal);
  const [ignored, files, names] = await Promise.all([
    coverIgnored(
      others.filter((file) => !file.endsWith('/') && !within(file, skipped) && !within(file, nested)),
      {
        ...{ vault, limits, stamp, signal },
        seen: taking.ignored,
        tracked: () => taking.trackedIn(root),
      },
    ),
    writeTree(vault, main, signal),
    listed(vault, main, ['--cached'], signal),
  ]);
  const left = [...large, ...unreadable];
  const kept = new Set([...names, ...ignored.facts.keys(), ...left.map((each) => each.path)]);
  return {
    ...{ folders, excludes: taking.excludes, walk: walk.known, folderModes: walk.folders, nested, skipped },
    ...{ files, ignored, left },
    modes: modesOf(await factsAt(root, [...names, ...ignored.chosen], stamp, signal)),
    missed: walk.appeared.filter((file) => !kept.has(file)),
    control: folders ? await keepControl(vault, folders, stamp) : null,
  };
}

/** New files of which one alone would fill the vault. */
export function largeAmong(root: string, files: readonly RawPath[], limits: SnapshotLimits): Uncovered[] {
  return files.flatMap((file) => {
    const facts = standing(absolute(root, file));
    return facts?.isFile() && facts.size > limits.fileBytes
      ? [{ path: file, bytes: facts.size, why: 'large' as const }]
      : [];
  });
}

/** What `add` could not read. */
async function leftOut(
  { vault, main, root, signal }: Taking,
  without: ReadonlySet<RawPath>,
  nested: readonly RawPath[],
): Promise<Uncovered[]> {
  const others = await listed(vault, main, ['--others', '--exclude-standard'], signal);
  return others.flatMap((file) => {
    if (file.endsWith('/') || without.has(file) || nested.some((folder) => file.startsWith(`${folder}/`)))
      return [];
    return [{ path: file, bytes: standing(absolute(root, file))?.size ?? 0, why: 'unreadable' as const }];
  });
}

/** What the user's repository ignores besides the work tree's own files. */
export async function excludesIn(folders: GitFolders | null): Promise<string> {
  if (!folders) return '';
  return await readFile(path.join(folders.common, 'info', 'exclude'), 'utf8').catch(() => '');
}
