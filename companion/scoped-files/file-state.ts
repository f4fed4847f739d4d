import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readlinkSync, readSync, type Stats } from 'node:fs';
import type { FileState } from '../agency/index.ts';
import type { AnchoredFolder } from './anchored-folder.ts';

/** Whose it is. */
export type Owner = Pick<Stats, 'uid' | 'gid'>;
/** What stands at a name. */
export type Standing =
  | { readonly kind: 'nothing' }
  | {
      readonly kind: 'file';
      readonly state: FileState;
      readonly permissions: number;
      readonly owner: Owner | null;
    }
  | { readonly kind: 'folder' }
  /** A pipe, a socket, a device, or what may not be read. */
  | { readonly kind: 'other'; readonly why: string };

const CHUNK = 1024 * 1024;

/** Looks without following a link, and without waiting for a pipe. A file that changes while it is read is read as it comes. */
export function standingAt(folder: AnchoredFolder, name: string): Standing {
  const facts = folder.facts(name);
  if (facts === null) return { kind: 'nothing' };
  if (facts.isDirectory()) return { kind: 'folder' };
  if (facts.isSymbolicLink()) return linkAt(folder, name);
  if (!facts.isFile()) return { kind: 'other', why: 'It is a pipe, a socket or a device.' };
  return fileAt(folder, name);
}

function linkAt(folder: AnchoredFolder, name: string): Standing {
  const target = readlinkSync(folder.at(name), { encoding: 'buffer' });
  return {
    kind: 'file',
    state: { mode: '120000', digest: digestOf(target), bytes: target.length },
    permissions: 0o777,
    owner: null,
  };
}

function fileAt(folder: AnchoredFolder, name: string): Standing {
  let descriptor: number;
  try {
    const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
    descriptor = openSync(folder.at(name), flags);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') return { kind: 'nothing' };
    if (code === 'ELOOP') return { kind: 'other', why: 'A link was put in its place just now.' };
    if (code === 'EACCES' || code === 'EPERM') return { kind: 'other', why: 'It may not be read.' };
    throw error;
  }
  try {
    const facts = fstatSync(descriptor);
    if (!facts.isFile()) return { kind: 'other', why: 'It is a pipe, a socket or a device.' };
    const { digest, bytes } = hashOf(descriptor);
    return {
      kind: 'file',
      state: { mode: modeOf(facts), digest, bytes },
      permissions: facts.mode & 0o7777,
      owner: facts,
    };
  } finally {
    closeSync(descriptor);
  }
}

function hashOf(descriptor: number): { digest: string; bytes: number } {
  const hash = createHash('sha256');
  const chunk = Buffer.allocUnsafe(CHUNK);
  let bytes = 0;
  for (let read = readSync(descriptor, chunk); read > 0; read = readSync(descriptor, chunk)) {
    hash.update(chunk.subarray(0, read));
    bytes += read;
  }
  return { digest: hash.digest('hex'), bytes };
}

const modeOf = (facts: Stats): string => ((facts.mode & 0o100) === 0 ? '100644' : '100755');

export const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Whether that is what stands there; null is nothing. Windows knows no executable bit. */
export function isState(standing: Standing, state: FileState | null): boolean {
  if (state === null) return standing.kind === 'nothing';
  if (standing.kind !== 'file' || standing.state.digest !== state.digest) return false;
  const [one, other] = [standing.state.mode, state.mode];
  return one === other || (process.platform === 'win32' && one !== '120000' && other !== '120000');
}
