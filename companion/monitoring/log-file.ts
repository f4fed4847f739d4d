import { mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { destination, pino } from 'pino';
import type { Logger } from '../kernel/index.ts';

const LARGEST = 5 * 1024 * 1024;

/** Where the log of a data directory lies. */
export function logFile(dataDirectory: string): string {
  return path.join(dataDirectory, 'logs', 'companion.log');
}

/**
 * JSON lines, one file and one before it, each about 5 MB at most. Fields are ids, counts and errors, never
 * what a user wrote.
 */
export function openLog(dataDirectory: string): Logger & { flush(): void } {
  const file = logFile(dataDirectory);
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  try {
    if (statSync(file).size > LARGEST) renameSync(file, `${file}.1`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const stream = destination({ dest: file, mode: 0o600, sync: true });
  // A full disk must not take the companion down with its log.
  stream.on('error', () => {});
  const log = pino({ base: null, level: process.env.PROGENY_LOG_LEVEL ?? 'info' }, stream);
  return Object.assign(log, { flush: () => stream.flushSync() });
}
