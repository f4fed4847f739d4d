import { accessSync, constants, type Stats } from 'node:fs';
import { absolute, standing } from './scan.ts';
import type { RawPath } from './snapshot.ts';
import type { Seen, Vault } from './vault.ts';

/** Reading and writing the vault's own indexes of a work tree. */

const asInput = (files: readonly RawPath[]) => Buffer.from(`${files.join('\0')}\0`, 'latin1');
const rowsOf = (output: Buffer) => output.toString('latin1').split('\0').filter(Boolean);

export async function listed(
  vault: Vault,
  seen: Seen,
  what: readonly string[],
  signal?: AbortSignal,
): Promise<RawPath[]> {
  return rowsOf(await vault.git({ args: ['ls-files', '-z', ...what], signal }, seen));
}

/**
 * The first index of a work tree. What the user's repository has is only named; `git add` would copy all of it. Links
 * and odd names are left to `add`.
 */
export async function fill(
  vault: Vault,
  seen: Seen,
  names: readonly RawPath[],
  signal?: AbortSignal,
): Promise<void> {
  const files: { file: RawPath; mode: string }[] = [];
  for (const file of names) {
    const facts = file.includes('\n') ? null : standing(absolute(seen.root, file));
    if (facts?.isFile() && readable(seen.root, file, facts))
      files.push({ file, mode: facts.mode & 0o100 ? '100755' : '100644' });
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

/** Brings the whole index to what lies there. What cannot be read is left as it was; false where there is such. */
export async function add(
  vault: Vault,
  seen: Seen,
  without: readonly RawPath[],
  signal?: AbortSignal,
): Promise<boolean> {
  const pathspecs = ['.', ...without.map((file) => `:(exclude,top,literal)${file}`)];
  const args = ['add', '--all', '--ignore-errors', '--pathspec-from-file=-', '--pathspec-file-nul'];
  const { code } = await vault.run({ args, input: asInput(pathspecs), accept: [0, 1], signal }, seen);
  return code === 0;
}

/** Brings these paths of an index to what lies there; `gone` goes whatever lies there. Throws where one cannot be read. */
export async function update(
  vault: Vault,
  seen: Seen,
  { changed, gone }: { readonly changed: readonly RawPath[]; readonly gone: readonly RawPath[] },
  signal?: AbortSignal,
): Promise<void> {
  const run = async (how: readonly string[], files: readonly RawPath[]) => {
    if (files.length === 0) return;
    await vault.git({ args: ['update-index', ...how, '-z', '--stdin'], input: asInput(files), signal }, seen);
  };
  await run(['--force-remove'], gone);
  await run(['--add', '--remove', '--replace'], changed);
}

/** Paths of the index that are not, or may not be, as they were when it was written; what is gone among them. */
export async function dirty(vault: Vault, seen: Seen, signal?: AbortSignal): Promise<RawPath[]> {
  const args = ['diff-files', '-z', '--name-only', '--no-renames', '--ignore-submodules=all'];
  return rowsOf(await vault.git({ args, signal }, seen));
}

/** Which of these the work tree's patterns ignore. */
export async function ignoredAmong(
  vault: Vault,
  seen: Seen,
  files: readonly RawPath[],
  signal?: AbortSignal,
): Promise<Set<RawPath>> {
  if (files.length === 0) return new Set();
  const call = { args: ['check-ignore', '-z', '--stdin'], input: asInput(files), accept: [0, 1], signal };
  return new Set(rowsOf(await vault.git(call, seen)));
}

export async function writeTree(vault: Vault, seen: Seen, signal?: AbortSignal): Promise<string> {
  return (await vault.git({ args: ['write-tree', '--missing-ok'], signal }, seen)).toString('latin1').trim();
}

/** Whether its bytes can be read; a link always can. */
export function readable(root: string, file: RawPath, facts: Stats): boolean {
  if (!facts.isFile()) return facts.isSymbolicLink();
  try {
    accessSync(absolute(root, file), constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
