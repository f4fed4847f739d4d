import path from 'node:path';
import Database from 'better-sqlite3';
import type { WorkEvent } from '../../../companion/timeline/index.ts';

const PREFIX = 'session:';

/**
 * Moves the user's last sign of life in every workspace back in time, as if nobody had been here since. The
 * companion must not run meanwhile. Throws where it never noted a sign of life.
 */
export function beAway(dataDirectory: string, ms: number): void {
  const mind = new Database(path.join(dataDirectory, 'actors', 'creator', 'mind.db'), {
    fileMustExist: true,
  });
  try {
    const rows = mind
      .prepare('SELECT key, value FROM meta WHERE substr(key, 1, ?) = ?')
      .all(PREFIX.length, PREFIX);
    if (rows.length === 0) throw new Error('no session was noted');
    for (const { key, value } of rows as { key: string; value: string }[]) {
      const session = JSON.parse(value);
      session.lastActiveAt -= ms;
      session.startedAt -= ms;
      mind.prepare('UPDATE meta SET value = ? WHERE key = ?').run(JSON.stringify(session), key);
    }
  } finally {
    mind.close();
  }
}

/** Makes a thread as old as if it had been opened `ms` earlier. The companion must not run meanwhile. */
export function ageThread(dataDirectory: string, loop: string, ms: number): void {
  const mind = new Database(path.join(dataDirectory, 'actors', 'creator', 'mind.db'), {
    fileMustExist: true,
  });
  try {
    const sql = 'UPDATE loops SET created_at = created_at - ?, touched_at = touched_at - ? WHERE id = ?';
    if (mind.prepare(sql).run(ms, ms, loop).changes !== 1) throw new Error(`there is no thread ${loop}`);
  } finally {
    mind.close();
  }
}

/** Puts earlier work into the timeline of the only workspace. The companion must not run meanwhile. */
export function addWork(dataDirectory: string, events: readonly WorkEvent[]): void {
  const mind = new Database(path.join(dataDirectory, 'actors', 'creator', 'mind.db'), {
    fileMustExist: true,
  });
  try {
    const { id } = mind.prepare('SELECT id FROM workspaces').get() as { id: string };
    const insert = mind.prepare('INSERT INTO timeline (at, workspace, kind, data) VALUES (?, ?, ?, ?)');
    mind.transaction(() => {
      for (const { at, workspace: _, kind, ...data } of events)
        insert.run(at, id, kind, JSON.stringify(data));
    })();
  } finally {
    mind.close();
  }
}
