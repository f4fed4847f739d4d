import path from 'node:path';
import { AuditLog } from '../../../companion/audit/index.ts';
import { silentLogger, VirtualClock } from '../../../companion/kernel/index.ts';
import type { Store } from '../../../companion/store/index.ts';
import { SqliteFile } from '../../../companion/store/sqlite.ts';
import { openStore } from '../../support/store.ts';
import { temporaryFolder } from '../../support/temporary.ts';

export const START = Date.UTC(2026, 5, 1, 9);

/** A store with an audit log that ends and begins again as a companion does. */
export class LogWorld {
  readonly clock = new VirtualClock(START);
  readonly #folder = temporaryFolder();
  store!: Store;
  log!: AuditLog;

  static async begin(rows = 0): Promise<LogWorld> {
    const world = new LogWorld();
    await world.open();
    world.add(rows);
    return world;
  }

  get data(): string {
    return this.#folder.path;
  }

  get mindFile(): string {
    return path.join(this.data, 'actors', 'creator', 'mind.db');
  }

  async open(): Promise<void> {
    this.store = await openStore(this.data, { clock: this.clock });
    const { hub, mind } = this.store;
    this.log = new AuditLog({ hub, mind, clock: this.clock, logger: silentLogger });
    this.log.keepHead();
  }

  close(): void {
    this.log.dispose();
    this.store.close();
  }

  /** Adds rows, a commit each. */
  add(rows: number): void {
    for (let i = 0; i < rows; i++) {
      this.clock.advance(1000);
      this.store.mind.transact((tx) => {
        this.log.append(tx, {
          run: `run_${i % 3}`,
          actor: 'person',
          act: 'step',
          tool: i % 2 === 0 ? 'write' : null,
          real: i % 2 === 0,
          result: 'done',
          data: { files: i, digest: `d${i}`, whole: true, none: null },
        });
        tx.emit({ type: 'wheel.changed', subject: `run_${i % 3}` });
      });
    }
  }

  /** Does to the file of the mind what nobody should, while no companion runs; then opens it again. */
  async tamper(work: (db: SqliteFile) => void): Promise<void> {
    this.close();
    tamperWith(this.mindFile, work);
    await this.open();
  }

  /** Row numbers of the log. */
  get seqs(): number[] {
    const rows = this.store.mind.read((r) =>
      r.all<{ seq: number }>('SELECT seq FROM audit_rows ORDER BY seq'),
    );
    return rows.map(({ seq }) => seq);
  }

  [Symbol.dispose](): void {
    this.close();
    this.#folder[Symbol.dispose]();
  }
}

export function tamperWith(file: string, work: (db: SqliteFile) => void): void {
  const db = new SqliteFile(file);
  db.script('DROP TRIGGER audit_rows_stay; DROP TRIGGER audit_rows_remain');
  work(db);
  db.close();
}
