import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { keepControl } from './control.ts';
import { absolute, modesOf, scanFolders, standing } from './scan.ts';
import { type RawPath, type SnapshotLimits, shown, type Uncovered, type WorkTree } from './snapshot.ts';
import type { Seen, Vault } from './vault.ts';

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
  readonly signal?: AbortSignal;
}

/** Folders that hold nothing that cannot be made again, and a great deal of it. Never covered where they are ignored. */
const HEAVY = new Set([
  'node_modules',
  '.venv',
  'venv',
  '__pycache__',
  '.tox',
  '.gradle',
  '.terraform',
  '.yarn',
  '.pnpm-store',
]);
const MOST_IGNORED = 20_000;

/** Keeps a folder and the repositories inside of it; the folder itself comes first. */
export async function takeTrees(root: string, options: TakeOptions): Promise<WorkTree[]> {
  const trees: WorkTree[] = [];
  const queue: RawPath[] = [''];
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    const { tree, nested } = await takeTree(root, at, options);
    trees.push(tree);
    queue.push(...nested.map((below) => (at === '' ? below : `${at}/${below}`)));
  }
  return trees;
}

async function takeTree(
  top: string,
  at: RawPath,
  options: TakeOptions,
): Promise<{ tree: WorkTree; nested: readonly RawPath[] }> {
  const { vault, limits, signal } = options;
  const root = at === '' ? top : path.join(top, shown(at));
  const folders = await options.gitFoldersOf(root);
  if (folders) await vault.borrow(path.join(folders.common, 'objects'));
  const key = createHash('sha256').update(root).digest('hex').slice(0, 16);
  const place = path.join(vault.folder, 'work-trees', key);
  await mkdir(place, { recursive: true });
  const excludes = path.join(place, 'excludes');
  await writeFile(excludes, await options.excludesOf(folders));
  const seen = (index: string): Seen => ({ root, index: path.join(place, index), excludes });
  const main = seen('index');

  const ignoredFolders = await ignoredFoldersOf(vault, main, signal);
  const skipped = ignoredFolders.filter((folder) => HEAVY.has(folder.slice(folder.lastIndexOf('/') + 1)));
  const { folders: found, nested } = await scanFolders(root, new Set(skipped), signal);
  const uncovered: Uncovered[] = [];
  const large = await largeNewFiles(vault, main, nested, limits, root, signal);
  uncovered.push(...large);
  if (!existsSync(main.index)) await fill(vault, main, nested, large, signal);
  await add(vault, main, [...nested, ...large.map((each) => each.path)], signal);

  const within = (file: RawPath, some: readonly RawPath[]) =>
    some.some((folder) => file.startsWith(`${folder}/`));
  const others = (await listed(vault, main, ['--others', '--ignored', '--exclude-standard'], signal)).filter(
    (file) => !file.endsWith('/') && !within(file, skipped) && !within(file, nested),
  );
  const tracked = new Set(await options.trackedIn(root));
  const chosen = choose(root, others, tracked, limits, uncovered);
  const ignored = seen('ignored-index');
  await keepIgnored(vault, ignored, chosen, signal);

  const [files, ignoredTree, names] = await Promise.all([
    writeTree(vault, main, signal),
    writeTree(vault, ignored, signal),
    listed(vault, main, ['--cached'], signal),
  ]);
  const modes = await modesOf(root, [...names, ...chosen], signal);
  return {
    tree: {
      at,
      files,
      ignored: ignoredTree,
      ...tell(modes),
      folders: found,
      uncovered,
      skipped,
      control: folders ? await keepControl(vault, folders) : null,
    },
    nested,
  };
}

/**
 * The first index of a work tree. What the user's repository has is only named; `git add` would copy all of it. Links
 * and odd names are left to `add`.
 */
async function fill(
  vault: Vault,
  seen: Seen,
  nested: readonly RawPath[],
  large: readonly Uncovered[],
  signal?: AbortSignal,
): Promise<void> {
  const without = new Set(large.map(({ path: file }) => file));
  const files: { file: RawPath; mode: string }[] = [];
  for (const file of await listed(vault, seen, ['--others', '--exclude-standard'], signal)) {
    if (file.includes('\n') || without.has(file) || nested.some((folder) => file.startsWith(`${folder}/`)))
      continue;
    const facts = standing(absolute(seen.root, file));
    if (facts?.isFile()) files.push({ file, mode: facts.mode & 0o100 ? '100755' : '100644' });
  }
  const oids = await vault.nameFiles(files.map(({ file }) => absolute(seen.root, file).toString('latin1')));
  const had = await vault.have(oids);
  const rows = files.flatMap(({ file, mode }, i) =>
    had.has(oids[i]!) ? [`${mode} ${oids[i]}\t${file}\0`] : [],
  );
  await vault.git(
    { args: ['update-index', '-z', '--index-info'], input: Buffer.from(rows.join(''), 'latin1'), signal },
    seen,
  );
  // Compares each with what lies there, and remembers its times.
  await vault.git({ args: ['update-index', '-q', '--refresh'], accept: [0, 1], signal }, seen);
}

/** Brings the index to what lies there. What cannot be read is left as it was. */
async function add(
  vault: Vault,
  seen: Seen,
  without: readonly RawPath[],
  signal?: AbortSignal,
): Promise<void> {
  const pathspecs = ['.', ...without.map((file) => `:(exclude,top,literal)${file}`)];
  await vault.git(
    {
      args: ['add', '--all', '--ignore-errors', '--pathspec-from-file=-', '--pathspec-file-nul'],
      input: Buffer.from(`${pathspecs.join('\0')}\0`, 'latin1'),
      accept: [0, 1],
      signal,
    },
    seen,
  );
}

async function writeTree(vault: Vault, seen: Seen, signal?: AbortSignal): Promise<string> {
  return (await vault.git({ args: ['write-tree', '--missing-ok'], signal }, seen)).toString('latin1').trim();
}

async function listed(
  vault: Vault,
  seen: Seen,
  what: readonly string[],
  signal?: AbortSignal,
): Promise<RawPath[]> {
  const output = await vault.git({ args: ['ls-files', '-z', ...what], signal }, seen);
  return output.toString('latin1').split('\0').filter(Boolean);
}

async function ignoredFoldersOf(vault: Vault, seen: Seen, signal?: AbortSignal): Promise<RawPath[]> {
  const what = ['--others', '--ignored', '--exclude-standard', '--directory'];
  return (await listed(vault, seen, what, signal))
    .filter((file) => file.endsWith('/'))
    .map((file) => file.slice(0, -1));
}

/** New files of which one alone would fill the vault. */
async function largeNewFiles(
  vault: Vault,
  seen: Seen,
  nested: readonly RawPath[],
  { fileBytes }: SnapshotLimits,
  root: string,
  signal?: AbortSignal,
): Promise<Uncovered[]> {
  const fresh = await listed(vault, seen, ['--others', '--exclude-standard'], signal);
  return fresh.flatMap((file) => {
    if (file.endsWith('/') || nested.some((folder) => file.startsWith(`${folder}/`))) return [];
    const size = sizeOf(root, file);
    return size !== null && size > fileBytes ? [{ path: file, bytes: size, why: 'large' as const }] : [];
  });
}

/** The ignored files to cover: those of the user's index first, then the smallest. What is left over is noted. */
function choose(
  root: string,
  files: readonly RawPath[],
  tracked: ReadonlySet<RawPath>,
  limits: SnapshotLimits,
  uncovered: Uncovered[],
): RawPath[] {
  const sized = files.map((file) => ({ file, size: sizeOf(root, file), own: tracked.has(file) }));
  const chosen: RawPath[] = [];
  let bytes = 0;
  for (const { file, size, own } of sized.sort(
    (a, b) => Number(b.own) - Number(a.own) || (a.size ?? 0) - (b.size ?? 0),
  )) {
    if (size === null) {
      uncovered.push({ path: file, bytes: 0, why: 'special' });
    } else if (!own && size > limits.ignoredFileBytes) {
      uncovered.push({ path: file, bytes: size, why: 'large' });
    } else if (!own && (bytes + size > limits.ignoredBytes || chosen.length >= MOST_IGNORED)) {
      uncovered.push({ path: file, bytes: size, why: 'too many' });
    } else {
      bytes += size;
      chosen.push(file);
    }
  }
  return chosen;
}

/** Brings the index of ignored files to what was chosen. */
async function keepIgnored(
  vault: Vault,
  seen: Seen,
  chosen: readonly RawPath[],
  signal?: AbortSignal,
): Promise<void> {
  const wanted = new Set(chosen);
  const gone = (await listed(vault, seen, ['--cached'], signal)).filter((file) => !wanted.has(file));
  const update = async (how: readonly string[], files: readonly RawPath[]) => {
    if (files.length === 0) return;
    const input = Buffer.from(`${files.join('\0')}\0`, 'latin1');
    await vault.git(
      { args: ['update-index', ...how, '-z', '--stdin'], input, accept: [0, 128], signal },
      seen,
    );
  };
  await update(['--force-remove'], gone);
  await update(['--add', '--remove', '--replace'], chosen);
}

/** Null for what is neither a file nor a link. */
function sizeOf(root: string, file: RawPath): number | null {
  const facts = standing(absolute(root, file));
  return facts?.isFile() || facts?.isSymbolicLink() ? facts.size : null;
}

/** The usual permission bits, and who has others. */
function tell(modes: ReadonlyMap<RawPath, number>): Pick<WorkTree, 'usual' | 'modes'> {
  const counts = new Map<number, number>();
  for (const mode of modes.values()) counts.set(mode, (counts.get(mode) ?? 0) + 1);
  const most = (executable: boolean, fallback: number) =>
    [...counts]
      .filter(([mode]) => ((mode & 0o100) !== 0) === executable)
      .sort((a, b) => b[1] - a[1])[0]?.[0] ?? fallback;
  const usual = { plain: most(false, 0o644), executable: most(true, 0o755) };
  const others = [...modes].filter(([, mode]) => mode !== usual.plain && mode !== usual.executable);
  return { usual, modes: Object.fromEntries(others) };
}

/** What the user's repository ignores besides the work tree's own files. */
export async function excludesIn(folders: GitFolders | null): Promise<string> {
  if (!folders) return '';
  return await readFile(path.join(folders.common, 'info', 'exclude'), 'utf8').catch(() => '');
}
