import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { Listeners } from '../kernel/index.ts';

/** Stands beside a database, and goes where it goes. */
export const SUSPECT = '-suspect';

/** Told the file, with each damage that this thread meets. */
export const suspected = new Listeners<string>();

/** Notes beside a database that damage was met in it, by whatever thread: it is looked into before the file is used again. */
export function suspect(file: string): void {
  try {
    writeFileSync(file + SUSPECT, '', { mode: 0o600 });
  } catch {
    // The error that led here says more.
  }
  suspected.tell(file);
}

export function isSuspect(file: string): boolean {
  return existsSync(file + SUSPECT);
}

/** It was looked into, and is sound. */
export function trust(file: string): void {
  rmSync(file + SUSPECT, { force: true });
}
