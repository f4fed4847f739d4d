import { readFileSync } from 'node:fs';

/** Where the system's limit is unknown. */
const DEFAULT_FOLDERS = 20_000;

/**
 * How many folders one workspace may watch: a quarter of what Linux allows a user altogether, because the
 * editor and build tools need theirs.
 */
export function watchAllowance(
  read = () => readFileSync('/proc/sys/fs/inotify/max_user_watches', 'utf8'),
): number {
  try {
    const limit = Number.parseInt(read(), 10);
    return Number.isFinite(limit) ? Math.max(1_000, Math.floor(limit / 4)) : DEFAULT_FOLDERS;
  } catch {
    return DEFAULT_FOLDERS;
  }
}
