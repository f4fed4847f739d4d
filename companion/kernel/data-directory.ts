import os from 'node:os';
import path from 'node:path';

/**
 * Where everything that Progeny keeps for this user lives: `PROGENY_DATA_DIR`, or the platform's own
 * place for application data. Extension, companion and command line must agree on it to find each other.
 */
export function dataDirectory(env: NodeJS.ProcessEnv = process.env, home: string = os.homedir()): string {
  const chosen = env.PROGENY_DATA_DIR;
  if (chosen) return path.resolve(chosen);
  if (process.platform === 'win32')
    return path.join(env.LOCALAPPDATA ?? path.join(home, 'AppData', 'Local'), 'progeny');
  if (process.platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'progeny');
  return path.join(env.XDG_DATA_HOME || path.join(home, '.local', 'share'), 'progeny');
}

/** Everything that Progeny puts there. Whatever else lies in a directory that somebody chose is not ours. */
export const DATA_ENTRIES: readonly string[] = [
  'actors',
  'backups',
  'companion.json',
  'companion.lock',
  'companion.lock-journal',
  'heritage',
  'hub.db',
  'hub.db-shm',
  'hub.db-wal',
  'logs',
  'models',
  'rehearsals',
  'set-aside',
  'snapshots',
  'templates',
  'wheel',
  'workspaces',
];
