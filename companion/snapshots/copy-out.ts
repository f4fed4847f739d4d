import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ProgenyError } from '../protocol/index.ts';
import { absolute } from './scan.ts';
import { bytesOf, type Entry, type RawPath, rawOf, type Snapshot } from './snapshot.ts';
import { inWords } from './uncovered-words.ts';
import type { Vault } from './vault.ts';

/** A file of a snapshot as it lies in a copy. */
export interface Copied extends Entry {
  /** Permission bits; null for a link. */
  readonly bits: number | null;
}
export interface CopyLimits {
  readonly files: number;
  readonly bytes: number;
}

/** All files of a snapshot, those of repositories inside of it too, by path from the root. */
export async function filesOf(vault: Vault, { trees }: Snapshot): Promise<Map<RawPath, Copied>> {
  const found = new Map<RawPath, Copied>();
  for (const { at, files, ignored, modes, usual } of trees) {
    for (const tree of [ignored, files]) {
      for (const [path, entry] of await vault.list(tree)) {
        const others = entry.mode === '100755' ? usual.executable : usual.plain;
        const bits = entry.mode === '120000' ? null : (modes[path] ?? others);
        found.set(at === '' ? path : `${at}/${path}`, { ...entry, bits });
      }
    }
  }
  return found;
}

/** Throws `too_large` and names the setting that would allow it. */
export async function checkSize(
  vault: Vault,
  files: ReadonlyMap<RawPath, Copied>,
  limits: CopyLimits,
): Promise<void> {
  if (files.size > limits.files)
    throw new ProgenyError(
      'too_large',
      `The folder has ${files.size} files; programs are rehearsed on copies of at most ${limits.files}. Raise \`wheel.rehearseFiles\`, or open a smaller folder.`,
    );
  const sizes = await vault.sizes([...files.values()].map(({ oid }) => oid));
  const bytes = [...files.values()].reduce((sum, { oid }) => sum + (sizes.get(oid) ?? 0), 0);
  if (bytes > limits.bytes)
    throw new ProgenyError(
      'too_large',
      `The folder holds ${inWords(bytes)}; programs are rehearsed on copies of at most ${inWords(limits.bytes)}. Raise \`wheel.rehearseMegabytes\`, or open a smaller folder.`,
    );
}

/**
 * Writes the files into an empty folder, each a copy of its own. Links come last, so that nothing is written through
 * one; what leads into the real folder by its full path leads into the copy instead. Tells where links lead there.
 */
export async function copyOut(
  vault: Vault,
  files: ReadonlyMap<RawPath, Copied>,
  { root, to, signal }: { readonly root: string; readonly to: string; readonly signal: AbortSignal },
): Promise<Map<RawPath, Buffer>> {
  const byOid = Map.groupBy(files.keys(), (file) => files.get(file)!.oid);
  const links = new Map<RawPath, Buffer>();
  const made = new Set<RawPath>(['']);
  await vault.readEach([...byOid.keys()], (oid, bytes) => {
    signal.throwIfAborted();
    for (const file of byOid.get(oid) ?? []) {
      const { bits } = files.get(file)!;
      if (bits === null) links.set(file, inside(root, file, Buffer.from(bytes)));
      else {
        makeFolder(to, parentOf(file), made);
        writeFileSync(absolute(to, file), bytes, { flag: 'wx', mode: 0o600 });
        chmodSync(absolute(to, file), bits);
      }
    }
  });
  for (const [file, target] of links) {
    makeFolder(to, parentOf(file), made);
    symlinkSync(target, absolute(to, file));
  }
  return links;
}

/** Folders with their permission bits, the empty ones too. What only its owner may not enter can be entered in the copy. */
export function makeFolders(to: string, { trees }: Snapshot): void {
  const made = new Set<RawPath>(['']);
  for (const { at, folders } of trees) {
    if (at !== '') makeFolder(to, at, made);
    for (const [folder, mode] of Object.entries(folders)) {
      const below = at === '' ? folder : `${at}/${folder}`;
      makeFolder(to, below, made);
      chmodSync(absolute(to, below), mode | 0o700);
    }
  }
}

/** Heavy folders that no snapshot holds lead to the real ones, so that the project's own tools are found. */
export function linkSkipped(root: string, to: string, { trees }: Snapshot): RawPath[] {
  return trees.flatMap(({ at, skipped }) =>
    skipped.map((folder) => {
      const below = at === '' ? folder : `${at}/${folder}`;
      makeFolder(to, parentOf(below), new Set(['']));
      symlinkSync(absolute(root, below), absolute(to, below));
      return below;
    }),
  );
}

function makeFolder(to: string, folder: RawPath, made: Set<RawPath>): void {
  if (made.has(folder)) return;
  mkdirSync(absolute(to, folder), { recursive: true });
  made.add(folder);
}

const parentOf = (file: RawPath): RawPath => file.slice(0, Math.max(0, file.lastIndexOf('/')));

/** Where a link leads in the copy. */
function inside(root: string, file: RawPath, target: Buffer): Buffer {
  const top = rawOf(root);
  const raw = target.toString('latin1');
  if (raw !== top && !raw.startsWith(`${top}/`)) return target;
  // Relative, so that it stays right where the copy is seen in the place of the folder.
  const from = path.posix.dirname(path.posix.join('/', file));
  return bytesOf(path.posix.relative(from, path.posix.join('/', raw.slice(top.length))) || '.');
}
