import { readFileSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { type Clock, silentLogger, systemClock, systemRandom } from '../../companion/kernel/index.ts';
import { Store, type StoreOptions } from '../../companion/store/index.ts';

/** A store on a folder, with limits that no test disk offends. */
export function openStore(
  dataDirectory: string,
  options: { clock?: Clock; limits?: StoreOptions['limits'] } = {},
): Promise<Store> {
  return Store.open({
    dataDirectory,
    clock: options.clock ?? systemClock,
    random: systemRandom,
    logger: silentLogger,
    limits:
      options.limits ?? (() => ({ warnFreeMb: 0, readOnlyFreeMb: 0, dailyBackups: 7, weeklyBackups: 4 })),
  });
}

/** Adds one loop with its event; returns its id. */
export function addLoop(store: Store, id: string, title = id): string {
  store.mind.transact((tx) => {
    tx.run("INSERT OR IGNORE INTO workspaces (id, path, opened_at) VALUES ('ws_test', '/test', 0)");
    tx.run(
      `INSERT INTO loops (id, workspace, key, title, context, source, status, priority, private, facts, evidence, rank, created_at, touched_at)
       VALUES (?, 'ws_test', ?, ?, '', 'manual', 'open', 'normal', 0, '{}', '[]', 0.5, 0, 0)`,
      id,
      id,
      title,
    );
    tx.emit({ type: 'loop.opened', subject: id });
  });
  return id;
}

/** Overwrites the first page of a table or an index in a database that nobody has open: its header still opens. */
export function damagePage(file: string, name: string): void {
  const database = new Database(file);
  database.pragma('wal_checkpoint(TRUNCATE)');
  const size = Number(database.pragma('page_size', { simple: true }));
  const sql = 'SELECT rootpage AS page FROM sqlite_master WHERE name = ?';
  const { page } = database.prepare<[string], { page: number }>(sql).get(name)!;
  database.close();
  const raw = readFileSync(file);
  raw.fill(0x5a, (page - 1) * size, page * size);
  writeFileSync(file, raw);
}
