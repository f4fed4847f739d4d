import path from 'node:path';
import type { Workspace } from './hub.ts';
import { saltedDigest } from './mind.ts';
import { HUB_FILE, mindFile } from './places.ts';
import { SqliteFile } from './sqlite.ts';

/** What a store says of itself to somebody who only looks. */
export interface Glance {
  /** Every folder that was ever opened and not forgotten. */
  readonly workspaces: readonly Workspace[];
  /** As `Mind.digest`. */
  digest(content: string): string;
}

/** Reads a store without opening it for work; null where there is none that can be read. */
export function glance(dataDirectory: string): Glance | null {
  try {
    using hub = new SqliteFile(path.join(dataDirectory, HUB_FILE), { readonly: true });
    using mind = new SqliteFile(path.join(dataDirectory, mindFile('creator')), { readonly: true });
    const salt = mind.get<{ value: string }>("SELECT value FROM meta WHERE key = 'salt'")?.value ?? '';
    return {
      workspaces: hub.all<Workspace>('SELECT id, path FROM workspaces ORDER BY path'),
      digest: (content) => saltedDigest(salt, content),
    };
  } catch {
    return null;
  }
}
