import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmdirSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type { ControlChange, FileChange, TreeChanges } from './compare.ts';
import { controlPlace, keepEntries, listControl, shownControl } from './control.ts';
import { isBelowLink, isRedirected, LINK_ABOVE } from './links-above.ts';
import { absolute, standing } from './scan.ts';
import { type Conflict, type RawPath, type Restored, shown } from './snapshot.ts';
import type { Vault } from './vault.ts';

export interface RestoreOptions {
  readonly vault: Vault;
  /** Tells two git indexes by what they hold, whatever they remember of times. */
  sameIndex(one: Buffer, other: Buffer): Promise<boolean>;
  /** Random letters for the names of files in the making. */
  readonly token: string;
}

/**
 * Takes back what a run changed below `root`, wherever it is still as the run left it. What somebody changed since is
 * left alone and told. Doing it twice, or again after it was cut off, comes to the same.
 */
export async function restoreTrees(
  root: string,
  trees: readonly TreeChanges[],
  options: RestoreOptions,
): Promise<Restored> {
  const restored: string[] = [];
  const conflicts: Conflict[] = [];
  // Inner work trees first: what is left of them decides whether their folders can go. One that a link took the place
  // of comes last, when that is gone.
  const replaced = trees.filter(({ at }) => isRedirected(root, at));
  for (const tree of [...trees.filter((each) => !replaced.includes(each)).toReversed(), ...replaced]) {
    if (isRedirected(root, tree.at)) {
      if (tree.files.length + tree.control.length > 0)
        conflicts.push({ path: shown(tree.at), why: 'A link stands in the place of this repository.' });
      continue;
    }
    const top = tree.at === '' ? root : path.join(root, shown(tree.at));
    const told = (file: string) => (tree.at === '' ? file : `${shown(tree.at)}/${file}`);
    await restoreTree(top, tree, options, {
      restored: (file) => restored.push(told(file)),
      conflict: (file, why) => conflicts.push({ path: told(file), why }),
    });
  }
  return { restored, conflicts };
}

interface Tell {
  restored(file: string): void;
  conflict(file: string, why: string): void;
}

async function restoreTree(
  root: string,
  tree: TreeChanges,
  options: RestoreOptions,
  tell: Tell,
): Promise<void> {
  if (tree.repository === 'left') {
    tell.conflict('', 'A repository was made here meanwhile; it stays, for its history is not kept.');
    return;
  }
  const files = await ownedFiles(root, tree.files, options, tell);
  for (const { path: file } of files.filter(({ before }) => before === null).reverse()) {
    if (isBelowLink(root, file)) continue;
    remove(absolute(root, file));
    tell.restored(shown(file));
  }
  // A folder in the place of a file, or a file in the place of a folder, goes before what it hides comes back.
  for (const folder of [...tree.made].sort((a, b) => b.length - a.length)) removeFolder(root, folder);
  for (const { path: folder } of [...tree.removed].sort((a, b) => a.path.length - b.path.length)) {
    const stands = standing(absolute(root, folder));
    if ((stands && !stands.isDirectory()) || isBelowLink(root, folder)) continue;
    mkdirSync(absolute(root, folder), { recursive: true });
  }
  await putBackAll(
    root,
    files.filter(({ before }) => before !== null),
    options,
    tell,
  );
  for (const { path: folder, mode } of tree.removed) setMode(root, folder, mode);
  for (const { path: folder, before, after } of tree.modes) {
    const mode = standing(absolute(root, folder))?.mode;
    if (mode !== undefined && (mode & 0o7777) === after) setMode(root, folder, before);
  }
  if (tree.repository === 'removed' && !standing(controlPlace(tree.controlFolders, '0/objects'))) {
    tell.conflict(
      '.git',
      'The repository was deleted; its history is not kept, only its files were put back.',
    );
    return;
  }
  await restoreControl(tree, options, tell);
  if (tree.repository === 'made') removeRepository(root, tree, tell);
}

/** What is left of a repository that the run made: its contents, once nothing of it is anybody else's. */
function removeRepository(root: string, { at, controlFolders }: TreeChanges, tell: Tell): void {
  const own = path.join(root, '.git');
  if (controlFolders[0] === own) {
    if (listControl([own]).size > 0) {
      tell.conflict('.git', 'Somebody works with it since.');
      return;
    }
    rmSync(own, { recursive: true, force: true });
  }
  if (at !== '') removeEmptyBelow(absolute(root, ''));
}

/** The changes that are still the run's own; the others are told. */
async function ownedFiles(
  root: string,
  changes: readonly FileChange[],
  { vault }: RestoreOptions,
  tell: Tell,
): Promise<FileChange[]> {
  const now = await stateOf(
    vault,
    root,
    changes.map(({ path }) => path),
  );
  return changes.filter((change) => {
    const found = now.get(change.path) ?? null;
    if (same(found, change.before, change.modeBefore)) return false;
    if (same(found, change.after, change.modeAfter)) return true;
    tell.conflict(shown(change.path), isBelowLink(root, change.path) ? LINK_ABOVE : whyNot(found, change));
    return false;
  });
}

interface Standing {
  readonly kind: 'file' | 'link' | 'folder' | 'other';
  readonly oid: string;
  readonly mode: number;
}

async function stateOf(
  vault: Vault,
  root: string,
  files: readonly RawPath[],
): Promise<Map<RawPath, Standing>> {
  const found = new Map<RawPath, Standing>();
  const plain: { file: RawPath; mode: number }[] = [];
  const known = new Map<RawPath, boolean>();
  for (const file of files) {
    const at = absolute(root, file);
    const facts = standing(at);
    // What a link leads to is not of this folder.
    if (!facts || isBelowLink(root, file, known)) continue;
    const mode = facts.mode & 0o7777;
    if (facts.isSymbolicLink()) {
      const oid = await vault.keep(readlinkSync(at, { encoding: 'buffer' }));
      found.set(file, { kind: 'link', oid, mode });
    } else if (facts.isFile()) plain.push({ file, mode });
    else found.set(file, { kind: facts.isDirectory() ? 'folder' : 'other', oid: '', mode });
  }
  const simple = plain.filter(({ file }) => !file.includes('\n'));
  const oids = await vault.keepFiles(simple.map(({ file }) => absolute(root, file).toString('latin1')));
  for (const [i, { file, mode }] of simple.entries()) found.set(file, { kind: 'file', oid: oids[i]!, mode });
  for (const { file, mode } of plain.filter(({ file }) => file.includes('\n')))
    found.set(file, { kind: 'file', oid: await vault.keepOdd(absolute(root, file)), mode });
  return found;
}

function same(found: Standing | null, entry: FileChange['before'], mode: number | null): boolean {
  // A folder stands where the file was: what is in it is told by itself.
  if (entry === null) return found === null || found.kind === 'folder';
  if (!found || found.oid !== entry.oid) return false;
  return entry.mode === '120000' ? found.kind === 'link' : found.kind === 'file' && found.mode === mode;
}

function whyNot(found: Standing | null, { after }: FileChange): string {
  if (found === null) return 'It was deleted since.';
  if (after === null) return 'Something else was put there since.';
  if (found.kind === 'folder') return 'A folder stands there now.';
  return found.oid === after.oid ? 'Its permissions were changed since.' : 'It was changed since.';
}

async function putBackAll(
  root: string,
  changes: readonly FileChange[],
  { vault, token }: RestoreOptions,
  tell: Tell,
): Promise<void> {
  const byOid = Map.groupBy(changes, ({ before }) => before!.oid);
  await vault.readEach([...byOid.keys()], (oid, bytes) => {
    for (const change of byOid.get(oid) ?? []) {
      if (isBelowLink(root, change.path)) {
        tell.conflict(shown(change.path), LINK_ABOVE);
        continue;
      }
      putBack(root, change, bytes, token);
      tell.restored(shown(change.path));
    }
  });
}

/** Writes beside, then takes its place: nobody ever sees half of it. */
function putBack(root: string, change: FileChange, bytes: Buffer, token: string): void {
  const { before, path: file, modeBefore } = change;
  if (!before) return;
  const at = absolute(root, file);
  const slash = file.lastIndexOf('/');
  mkdirSync(absolute(root, slash < 0 ? '' : file.slice(0, slash)), { recursive: true });
  const beside = absolute(root, `${slash < 0 ? '' : file.slice(0, slash + 1)}.progeny-${token}`);
  remove(beside);
  if (before.mode === '120000') symlinkSync(bytes, beside);
  else {
    writeFileSync(beside, bytes, { mode: 0o600 });
    chmodSync(beside, modeBefore ?? 0o644);
  }
  renameSync(beside, at);
}

async function restoreControl(tree: TreeChanges, options: RestoreOptions, tell: Tell): Promise<void> {
  if (tree.control.length === 0) return;
  const { vault } = options;
  const now = await keepEntries(vault, listControl(tree.controlFolders));
  const index: ControlChange[] = [];
  for (const change of tree.control) {
    const { name, before, after } = change;
    const found = now[name] ?? null;
    if (found?.oid === before?.oid && found?.mode === before?.mode) continue;
    const own = found?.oid === after?.oid && found?.mode === after?.mode;
    if (!own && !(isIndex(name) && found && after && (await sameIndexes(options, found.oid, after.oid)))) {
      tell.conflict(shownControl(name), found ? 'It was changed since.' : 'It was deleted since.');
      continue;
    }
    // Last: as long as it is the old one, git shows what is not done yet.
    if (isIndex(name)) index.push(change);
    else await putControl(tree.controlFolders, change, options);
    tell.restored(shownControl(name));
  }
  for (const change of index) await putControl(tree.controlFolders, change, options);
}

export const isIndex = (name: string) => /^\d+\/index$/.test(name);

async function sameIndexes(
  { vault, sameIndex }: RestoreOptions,
  one: string,
  other: string,
): Promise<boolean> {
  return await sameIndex(await vault.read(one), await vault.read(other));
}

async function putControl(
  folders: readonly string[],
  { name, before }: ControlChange,
  { vault, token }: RestoreOptions,
): Promise<void> {
  const at = controlPlace(folders, name);
  if (before === null) {
    remove(at);
    return removeRefFolders(folders, name);
  }
  const folder = at.subarray(0, at.lastIndexOf('/'));
  // A reference `a` may stand where the folder of `a/b` was.
  if (!standing(folder)?.isDirectory()) remove(folder);
  mkdirSync(folder, { recursive: true });
  if (standing(at)?.isDirectory()) removeEmptyBelow(at);
  const beside = Buffer.concat([folder, Buffer.from(`/progeny-${token}.lock`)]);
  remove(beside);
  if (before.oid.startsWith('link:')) symlinkSync(Buffer.from(before.oid.slice(5), 'latin1'), beside);
  else {
    writeFileSync(beside, await vault.read(before.oid), { mode: 0o600 });
    chmodSync(beside, before.mode);
  }
  renameSync(beside, at);
}

function remove(at: Buffer): void {
  try {
    unlinkSync(at);
  } catch (error) {
    if (!['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

/** Only when nothing is in it any more. */
function removeFolder(root: string, folder: RawPath): void {
  if (isBelowLink(root, folder)) return;
  try {
    rmdirSync(absolute(root, folder));
  } catch {
    // Somebody put something into it.
  }
}

/** As git does it: folders of a reference that is gone go with it, where nothing is left in them. */
function removeRefFolders(folders: readonly string[], name: string): void {
  for (
    let at = path.posix.dirname(name);
    /^\d+\/(?:logs\/)?refs\/[^/]+\/./.test(at);
    at = path.posix.dirname(at)
  )
    try {
      rmdirSync(controlPlace(folders, at));
    } catch {
      // It holds something.
      return;
    }
}

function removeEmptyBelow(folder: Buffer): void {
  for (const entry of readdirSync(folder, { withFileTypes: true, encoding: 'buffer' }))
    if (entry.isDirectory()) removeEmptyBelow(Buffer.concat([folder, Buffer.from('/'), entry.name]));
  try {
    rmdirSync(folder);
  } catch {
    // It holds something.
  }
}

function setMode(root: string, folder: RawPath, mode: number): void {
  if (isRedirected(root, folder)) return;
  const at = absolute(root, folder);
  try {
    chmodSync(at, mode);
  } catch {
    // It is gone.
  }
}
