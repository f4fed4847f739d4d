import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Disk } from '../../../companion/kernel/disk.ts';
import {
  type Clock,
  newId,
  seededRandom,
  silentLogger,
  systemClock,
} from '../../../companion/kernel/index.ts';
import { LoopStore, STILL_OPEN } from '../../../companion/loops/index.ts';
import {
  type Decision,
  defaultSettings,
  type Health,
  type Loop,
  ProgenyError,
} from '../../../companion/protocol/index.ts';
import { type Mind, type SqlValue, Store, type Transaction } from '../../../companion/store/index.ts';
import type { AttachedWorkspace, WorkingFilesPorts } from '../../../companion/working-files/index.ts';
import { WorkingFiles, type WorkingFilesOptions } from '../../../companion/working-files/index.ts';
import type { Zone } from '../../../companion/working-files/zone.ts';
import { bent, type LooseJson } from './bent-json.ts';

/** Wednesday 5 November 2025, 09:00 UTC. */
export const NINE = Date.UTC(2025, 10, 5, 9);
export const WORKSPACE = 'ws_0123456789abcdef';

/** A zone without surprises: UTC. */
export const utc: Zone = {
  local(at) {
    const date = new Date(at);
    return {
      year: date.getUTCFullYear(),
      month: date.getUTCMonth() + 1,
      day: date.getUTCDate(),
      hour: date.getUTCHours(),
      minute: date.getUTCMinutes(),
      second: date.getUTCSeconds(),
      ms: date.getUTCMilliseconds(),
    };
  },
  at: (local) =>
    Date.UTC(local.year, local.month - 1, local.day, local.hour, local.minute, local.second, local.ms),
};

/** Tells the time it is set to; its timers are real. */
export class SetClock implements Clock {
  time = NINE;
  now(): number {
    return this.time;
  }
  after: Clock['after'] = (ms, task) => systemClock.after(ms, task);
  every: Clock['every'] = (ms, task) => systemClock.every(ms, task);
}

export type Options = Partial<WorkingFilesOptions>;

/** A temporary workspace with a real store beside it. `await using` removes both. */
export class World {
  readonly clock = new SetClock();
  readonly health: Health[] = [];
  readonly loops: LoopStore;
  readonly ports: WorkingFilesPorts;
  readonly workspace: AttachedWorkspace;
  readonly root: string;
  readonly store: Store;
  readonly data: string;
  tracked: boolean | Error = false;
  readonly #random = seededRandom(7);
  readonly #open: WorkingFiles[] = [];
  #files: WorkingFiles | null = null;

  private constructor(root: string, store: Store, data: string) {
    this.root = root;
    this.store = store;
    this.data = data;
    const workspacePath = path.join(root, 'work');
    mkdirSync(workspacePath);
    this.workspace = { id: WORKSPACE, path: workspacePath, trusted: true };
    this.loops = new LoopStore({ mind: store.mind, clock: this.clock, random: this.#random });
    this.mind.transact((tx) => {
      const sql = 'INSERT INTO workspaces (id, path, opened_at) VALUES (?, ?, ?)';
      tx.run(sql, WORKSPACE, workspacePath, NINE);
      tx.emit({ type: 'workspace.registered', subject: WORKSPACE });
    });
    this.ports = this.#ports();
  }

  static async make(): Promise<World> {
    const root = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'progeny-files-')));
    const data = path.join(root, 'data');
    const store = await Store.open({
      dataDirectory: data,
      clock: { ...systemClock, now: () => NINE },
      random: seededRandom(1),
      logger: silentLogger,
      limits: () => ({ ...defaultSettings.store, readOnlyFreeMb: 0 }),
    });
    return new World(root, store, data);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const files of this.#open) await files.dispose();
    this.store.close();
    await rm(this.root, { recursive: true, force: true });
  }

  get mind(): Mind {
    return this.store.mind;
  }

  /** The working files under test, attached. */
  get files(): WorkingFiles {
    this.#files ??= this.start();
    return this.#files;
  }

  /** Another instance, as after a restart. */
  start(options: Options & { disk?: Disk } = {}): WorkingFiles {
    const files = new WorkingFiles({
      mind: this.mind,
      clock: this.clock,
      dataDirectory: this.data,
      ports: this.ports,
      settings: () => defaultSettings.loops,
      onHealth: (health) => this.health.push(health),
      zone: utc,
      quietMs: 0,
      patienceMs: 0,
      // A test syncs when it means to.
      debounceMs: 60_000,
      ...options,
    });
    files.attach(this.workspace);
    this.#open.push(files);
    return files;
  }

  get folder(): string {
    return path.join(this.workspace.path, '.progeny');
  }

  file(name: string): string {
    return path.join(this.folder, name);
  }

  read(name: string): string {
    return readFileSync(this.file(name), 'utf8');
  }

  edit(name: string, change: string | ((text: string) => string)): void {
    writeFileSync(this.file(name), typeof change === 'string' ? change : change(this.read(name)));
  }

  /** Edits a JSON file as an object. */
  editJson(name: string, change: (document: LooseJson) => void): void {
    this.edit(name, bent(this.read(name), change));
  }

  json(name: string) {
    return JSON.parse(this.read(name));
  }

  names(): string[] {
    return existsSync(this.folder) ? readdirSync(this.folder).sort() : [];
  }

  open(title: string, more: Partial<Pick<Loop, 'context' | 'private'>> = {}): string {
    return this.mind.transact((tx) =>
      this.loops.open(tx, WORKSPACE, {
        title,
        context: '',
        priority: 'normal',
        private: false,
        source: 'manual',
        anchors: [],
        ...more,
      }),
    );
  }

  decide(question: string, decision: string): string {
    const rest = { options: [], why: '', outcome: '', reviewAt: null, links: [] };
    return this.mind.transact((tx) =>
      this.ports.recordDecision(tx, this.workspace, { question, decision, ...rest }),
    );
  }

  get contents(): { loops: Loop[]; decisions: Decision[] } {
    return { loops: this.ports.loops(this.workspace), decisions: this.ports.decisions(this.workspace) };
  }

  /** Everything that an edit may change, to be compared. */
  get stored(): object {
    return this.mind.read((r) => ({
      loops: r.all('SELECT id, title, context, status, priority, defer_until FROM loops ORDER BY id'),
      decisions: r.all('SELECT * FROM decisions ORDER BY id'),
      now: r.get("SELECT value FROM meta WHERE key LIKE 'now:%'"),
    }));
  }

  #ports(): WorkingFilesPorts {
    const decisions = (): Decision[] =>
      this.mind
        .read((r) =>
          r.all('SELECT * FROM decisions WHERE workspace = ? ORDER BY at DESC, id DESC', WORKSPACE),
        )
        .map((row) => ({
          id: String(row.id),
          workspace: this.workspace.path,
          loopId: null,
          question: String(row.question),
          options: JSON.parse(String(row.options)),
          decision: String(row.decision),
          why: String(row.why),
          outcome: String(row.outcome),
          reviewAt: row.review_at as number | null,
          links: JSON.parse(String(row.links)),
          at: Number(row.at),
        }));
    return {
      loops: ({ path: workspace }) =>
        this.loops.list({ workspace, status: [...STILL_OPEN, 'deferred'], limit: 1000 }),
      loop: (id) => {
        try {
          return this.loops.get(id);
        } catch (error) {
          if (error instanceof ProgenyError && error.code === 'not_found') return null;
          throw error;
        }
      },
      decisions,
      openLoop: (tx, { id }, loop) =>
        this.loops.open(tx, id, { ...loop, private: false, source: 'manual', anchors: [] }),
      changeLoop: (tx, id, { deferUntil, ...fields }) => {
        const deferral =
          deferUntil === undefined
            ? {}
            : { defer_until: deferUntil, status: deferUntil === null ? 'open' : 'deferred' };
        update(tx, 'loops', id, { ...deferral, ...fields, edited: 1, touched_at: this.clock.now() });
        const names = Object.keys({ ...deferral, ...fields }).join(' ');
        tx.emit({ type: 'loop.changed', subject: id, data: { fields: names, by: 'user' } });
      },
      recordDecision: (tx, { id: workspace }, decision) => {
        const id = newId('decision', this.clock.now(), this.#random);
        const sql = `INSERT INTO decisions (id, workspace, question, options, decision, why, outcome, review_at, links, at)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
        const { question, options, why, outcome, reviewAt, links } = decision;
        const lists = [JSON.stringify(options), JSON.stringify(links)] as const;
        tx.run(
          sql,
          id,
          workspace,
          question,
          lists[0],
          decision.decision,
          why,
          outcome,
          reviewAt,
          lists[1],
          this.clock.now(),
        );
        tx.emit({ type: 'decision.recorded', subject: id });
        return id;
      },
      changeDecision: (tx, id, { options, reviewAt, links, ...texts }) => {
        update(tx, 'decisions', id, {
          ...texts,
          ...(options && { options: JSON.stringify(options) }),
          ...(links && { links: JSON.stringify(links) }),
          ...(reviewAt !== undefined && { review_at: reviewAt }),
        });
        tx.emit({ type: 'decision.changed', subject: id, data: { by: 'user' } });
      },
      isTracked: async () => {
        if (this.tracked instanceof Error) throw this.tracked;
        return this.tracked;
      },
    };
  }
}

function update(tx: Transaction, table: string, id: string, columns: Record<string, SqlValue>): void {
  const sets = Object.keys(columns).map((name) => `${name} = ?`);
  tx.run(`UPDATE ${table} SET ${sets.join(', ')} WHERE id = ?`, ...Object.values(columns), id);
}
