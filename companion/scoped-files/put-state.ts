import {
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  rmdirSync,
  symlinkSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import type { FileState } from '../agency/index.ts';
import type { AnchoredFolder } from './anchored-folder.ts';
import { besides, type Move, type Step, sweep } from './beside.ts';
import { whyNotState } from './check-places.ts';
import { digestOf, isState, type Standing, standingAt } from './file-state.ts';
import { ScopeError } from './scope-error.ts';

export interface PutOptions {
  readonly bytes: Buffer | null;
  /** Permission bits of what is written, where they are known from before. */
  readonly permissions: number | undefined;
  readonly step: Step;
}

/**
 * Puts a file into another state if it still is in `from`, without following a link; why not, in words, otherwise. Cut
 * off anywhere, the name has the bytes of `from` or those of `to`. What somebody saves into the old file in the very
 * moment is put back.
 */
export function putState(
  folder: AnchoredFolder,
  name: string,
  move: Move,
  options: PutOptions,
): string | null {
  const { from, to } = move;
  const { fresh, kept } = besides(move);
  const standing = standingAt(folder, name);
  if (standing.kind === 'folder' && from === null && to !== null) {
    options.step('remove an empty folder');
    if (!removeFolder(folder.at(name))) return 'A folder stands there.';
  } else if (!isState(standing, from)) return whyNotState(standing, from !== null);
  if (folder.facts(kept) !== null && !isState(standingAt(folder, kept), from))
    return `${kept} lies beside it, with what somebody wrote.`;
  sweep(folder, [fresh, kept], options.step);
  if (to === null) return takeAway(folder, name, move, options.step);
  make(folder, fresh, move, standing, options);
  try {
    const put = from === null ? add : replace;
    return put(folder, name, move, options.step);
  } finally {
    sweep(folder, [fresh], options.step);
    folder.sync();
  }
}

function make(
  folder: AnchoredFolder,
  fresh: string,
  { path, to }: Move,
  standing: Standing,
  options: PutOptions,
): void {
  const { bytes, step } = options;
  if (!to || !bytes || digestOf(bytes) !== to.digest)
    throw new Error(`The bytes for ${JSON.stringify(path)} are not those of the change set (${to?.digest}).`);
  step('make the new file');
  if (to.mode === '120000') {
    symlinkSync(bytes, folder.at(fresh));
    return;
  }
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);
  const permissions = options.permissions ?? permissionsOf(to, standing);
  const descriptor = openSync(folder.at(fresh), flags, permissions ?? (to.mode === '100755' ? 0o777 : 0o666));
  try {
    step('write the new file');
    for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done);
    // Only the administrator can give a file to its owner again; everybody else owns what they write.
    if (standing.kind === 'file' && standing.owner && process.getuid?.() === 0)
      fchownSync(descriptor, standing.owner.uid, standing.owner.gid);
    if (permissions !== null) fchmodSync(descriptor, permissions);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** As the file had them, executable by whom it was readable where it is executable now. Null: as the system makes new files. */
function permissionsOf({ mode }: FileState, standing: Standing): number | null {
  if (standing.kind !== 'file' || standing.state.mode === '120000') return null;
  const plain = standing.permissions & 0o777;
  if (standing.state.mode === mode) return plain;
  return mode === '100755' ? plain | ((plain & 0o444) >> 2) : plain & ~0o111;
}

/** Never over something: a second name for the new file, which fails where there is one already. */
function add(folder: AnchoredFolder, name: string, move: Move, step: Step): string | null {
  const { fresh } = besides(move);
  step('give the new file its name');
  try {
    linkSync(folder.at(fresh), folder.at(name));
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return 'Something else was put there since.';
    if (!CANNOT_LINK.has(codeOf(error))) throw error;
    if (folder.facts(name) !== null) return 'Something else was put there since.';
    renameSync(folder.at(fresh), folder.at(name));
  }
  if (folder.stands()) return null;
  unlinkSync(folder.at(name));
  throw redirected(move);
}

/** The old file keeps a second name until it is sure that nobody wrote into it. */
function replace(folder: AnchoredFolder, name: string, move: Move, step: Step): string | null {
  const { fresh, kept } = besides(move);
  step('keep the old file');
  const keeps = keep(folder, name, kept);
  step('put the new file in its place');
  renameSync(folder.at(fresh), folder.at(name));
  const stands = folder.stands();
  if (keeps) {
    step('look at the old file again');
    if (stands && isState(standingAt(folder, kept), move.from)) {
      unlinkSync(folder.at(kept));
      return null;
    }
    renameSync(folder.at(kept), folder.at(name));
  }
  if (!stands) throw redirected(move);
  return keeps ? 'It was changed in this very moment.' : null;
}

function keep(folder: AnchoredFolder, name: string, kept: string): boolean {
  // Elsewhere than on Linux a second name for a link is one for what it leads to.
  if (process.platform !== 'linux' && folder.facts(name)?.isSymbolicLink()) return false;
  try {
    linkSync(folder.at(name), folder.at(kept));
    return true;
  } catch (error) {
    if (CANNOT_LINK.has(codeOf(error))) return false;
    throw error;
  }
}

function takeAway(folder: AnchoredFolder, name: string, move: Move, step: Step): string | null {
  const { kept } = besides(move);
  step('take the file away');
  renameSync(folder.at(name), folder.at(kept));
  step('look at what was taken away');
  const stands = folder.stands();
  if (stands && isState(standingAt(folder, kept), move.from)) {
    unlinkSync(folder.at(kept));
    folder.sync();
    return null;
  }
  if (folder.facts(name) === null) renameSync(folder.at(kept), folder.at(name));
  if (!stands) throw redirected(move);
  return 'It was changed in this very moment.';
}

/** By path alone a write can be redirected in the very moment: then it was taken back where it went. */
function redirected({ path }: Move): ScopeError {
  return new ScopeError(path, 'A link was put in the place of its folder while it was written.', true);
}

function removeFolder(at: string): boolean {
  try {
    rmdirSync(at);
    return true;
  } catch {
    // Something is in it.
    return false;
  }
}

/** File systems without second names, and systems that forbid them for files of others. */
const CANNOT_LINK = new Set([
  'EPERM',
  'ENOTSUP',
  'EOPNOTSUPP',
  'ENOSYS',
  'EMLINK',
  'EACCES',
  'EXDEV',
  'EINVAL',
]);
const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? '';
