import path from 'node:path';

/** Where the databases lie in a data directory. */
export const HUB_FILE = 'hub.db';

export function mindFile(actor: string): string {
  return path.join('actors', actor, 'mind.db');
}
