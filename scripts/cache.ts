import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** The per-user folder where test hosts and fetched packages are kept between runs. */
export const cacheFolder = path.join(
  process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'),
  'progeny-dev',
);

/** Runs `work` while no other process holds the lock of that name; a lock whose owner is dead is taken over. */
export async function withLock<T>(
  name: string,
  onWait: (owner: number) => void,
  work: () => Promise<T>,
): Promise<T> {
  mkdirSync(cacheFolder, { recursive: true });
  const file = path.join(cacheFolder, `${name}.lock`);
  for (let told = false; !tryLock(file); told = true) {
    const owner = Number(readQuietly(file));
    if (owner && !isAlive(owner)) rmSync(file, { force: true });
    else if (!told) onWait(owner);
    await delay(250);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function tryLock(file: string): boolean {
  try {
    const handle = openSync(file, 'wx');
    writeSync(handle, String(process.pid));
    closeSync(handle);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Whether a process of that number runs, ours or not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function readQuietly(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
