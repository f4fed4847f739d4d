import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';

/** An ignore file larger than this is not one that a person or a generator wrote. */
const MOST_BYTES = 1024 * 1024;

/** `text` of an ignore file; "none" where there is no such file; "unreadable" where its rules cannot be known. */
export type IgnoreFile = { readonly text: string } | 'none' | 'unreadable';

/**
 * Reads an ignore file: the one kind of file that sensing opens, because it says what not to look at. Like git
 * it does not follow a link in a repository, which might lead to a device or out of the folder.
 */
export function readIgnoreFile(file: string): IgnoreFile {
  let descriptor: number;
  try {
    // Both flags are unknown (undefined) on Windows, where neither links to devices nor FIFOs are a danger.
    const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
    descriptor = openSync(file, flags);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    return ['EACCES', 'EPERM', 'EIO', 'EMFILE', 'ENFILE'].includes(code) ? 'unreadable' : 'none';
  }
  try {
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) return 'none';
    if (stat.size > MOST_BYTES) return 'unreadable';
    return { text: readFileSync(descriptor, 'utf8') };
  } catch {
    return 'unreadable';
  } finally {
    closeSync(descriptor);
  }
}
