import { count } from '../kernel/index.ts';
import { ProgenyError, type WheelConflict } from '../protocol/index.ts';

/** The system's own code for what went wrong; null for anything else. */
export function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && 'syscall' in error ? String(error.code) : null;
}

/** What of the disk's refusals a person can do something about. */
export function inWords(error: unknown, left: readonly WheelConflict[]): unknown {
  const code = codeOf(error);
  if (code === null) return error;
  const stays =
    left.length === 0
      ? 'Nothing was changed.'
      : `${count(left.length, 'file')} could not be put back: ${left[0]!.path}${left.length > 1 ? ', …' : ''}.`;
  if (['ENOSPC', 'EDQUOT', 'EROFS', 'EIO'].includes(code))
    return new ProgenyError(
      'read_only',
      `The folder cannot be written (${code}). ${stays} Make room, or check the disk.`,
    );
  if (['EACCES', 'EPERM', 'EBUSY'].includes(code))
    return new ProgenyError(
      'conflict',
      `A file of the folder may not be changed (${code}). ${stays} Check its permissions.`,
    );
  return error;
}
