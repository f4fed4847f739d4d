import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Jobs } from '../jobs/index.ts';
import { type AsyncDisposable, Listeners } from '../kernel/index.ts';
import { type Job, ProgenyError } from '../protocol/index.ts';
import { Hub, type Intent } from '../store/index.ts';
import { type ScanDepth, Workspace, type WorkspaceParts } from './workspace.ts';

export interface WorkspacesOptions extends Omit<WorkspaceParts, 'requestScan'> {
  hub: Hub;
  jobs: Jobs;
  /** Only folders below this one may be opened; null: any. */
  only: string | null;
  /** What goes along with an open workspace; disposed when it closes. */
  accompany(workspace: Workspace): readonly AsyncDisposable[];
  /** Removes what is kept outside of the store for a workspace; again and again without harm. */
  /** Forgets what was written and remembered there, wherever a copy of it lies. */
  forgetContents(workspaceId: string): Promise<void>;
  removeTraces(workspaceId: string): Promise<void>;
}

const SCAN = 'scan';
const FORGET = 'workspace.forget';
const REGISTER = 'workspace.register';

/** The folders that are open, and the jobs that read them. */
export class Workspaces {
  readonly changed = new Listeners<void>();
  readonly #options: WorkspacesOptions;
  readonly #open = new Map<string, Workspace>();
  readonly #companions = new Map<Workspace, readonly AsyncDisposable[]>();
  readonly #opening = new Map<string, Promise<Workspace>>();

  constructor(options: WorkspacesOptions) {
    this.#options = options;
    options.jobs.define<{ path: string; depth: ScanDepth }>(SCAN, {
      run: async ({ input, signal, progress }) => {
        // A scan that was queued before a restart belongs to a folder that nobody has opened since.
        await this.#open.get(input.path)?.read(input.depth, signal, progress);
      },
    });
  }

  list(): Workspace[] {
    return [...this.#open.values()];
  }

  /** The open workspace with this folder. Throws `not_found`. */
  async get(folder: string): Promise<Workspace> {
    const workspace = this.#open.get(folder) ?? this.#open.get(await this.resolve(folder));
    if (workspace) return workspace;
    throw new ProgenyError(
      'not_found',
      `The folder "${folder}" is not open in Progeny. Open it first (\`workspaces.open\`, or \`progeny brief --workspace DIR\`).`,
    );
  }

  /** Takes a folder down as one that things can belong to, whether or not it is there now. Nothing is opened. */
  register(folder: string): void {
    this.#register(folder);
  }

  /** The folder as the store knows it: links resolved; as given where it does not exist (any more). */
  resolve(folder: string): Promise<string> {
    return canonical(folder).catch(() => folder);
  }

  /** Opens a folder, once however often it is asked. Throws `workspace_gone`, `forbidden` for one that a demo may not see. */
  async open(folder: string, trusted: boolean): Promise<Workspace> {
    const real = await canonical(folder);
    await this.#check(real);
    const known = this.#open.get(real) ?? (await this.#opening.get(real));
    if (known) {
      await known.trust(trusted);
      return known;
    }
    const opening = this.#start(real, trusted).finally(() => this.#opening.delete(real));
    this.#opening.set(real, opening);
    return opening;
  }

  /** Throws `forbidden` for a folder that this companion is not for. */
  async #check(real: string): Promise<void> {
    const { only } = this.#options;
    if (only === null) return;
    const within = path.relative(await this.resolve(only), real);
    if (within !== '' && !within.startsWith('..') && !path.isAbsolute(within)) return;
    throw new ProgenyError(
      'forbidden',
      `This is the demo, which opens none but its own projects; received "${real}". Start Progeny without --demo for your own folders.`,
    );
  }

  async close(folder: string): Promise<void> {
    const workspace = await this.get(folder);
    this.#open.delete(workspace.path);
    await this.#end(workspace);
    this.changed.tell();
  }

  async scan(folder: string, depth: ScanDepth): Promise<Job> {
    const workspace = await this.get(folder);
    return this.#options.jobs.enqueue(SCAN, workspace.path, { path: workspace.path, depth }, 1);
  }

  /** Forgets a folder with all that hangs on it: decided in the hub, carried out in the mind, once. */
  async forget(folder: string): Promise<void> {
    const { hub, mind } = this.#options;
    const real = await this.resolve(folder);
    const workspace = this.#open.get(real);
    this.#open.delete(real);
    if (workspace) await this.#end(workspace);
    const known = hub.workspaceByPath(real);
    if (!known) throw new ProgenyError('not_found', `Nothing is known of the folder "${folder}".`);
    await this.#options.forgetContents(known.id);
    hub.transact((tx) => {
      tx.run('DELETE FROM workspaces WHERE id = ?', known.id);
      hub.intend(tx, mind.actor, FORGET, { id: known.id });
    });
    this.settleIntents();
    mind.emptyLog();
    await this.#options.removeTraces(known.id);
    this.changed.tell();
  }

  /** Carries out what the hub decided and the mind still owes. Safe to call at any time and again. */
  settleIntents(): void {
    const { hub, mind } = this.#options;
    for (const intent of hub.intents(mind.actor)) {
      mind.applyIntent(intent.id, (tx) => this.#carryOut(intent, tx));
      hub.settle(intent.id);
    }
  }

  async dispose(): Promise<void> {
    await Promise.all(this.list().map((workspace) => this.#end(workspace)));
    this.#open.clear();
    this.changed.clear();
  }

  #carryOut(
    { kind, payload }: Intent,
    tx: Parameters<Parameters<WorkspacesOptions['mind']['applyIntent']>[1]>[0],
  ): void {
    const id = String(payload.id);
    if (kind === REGISTER) {
      const now = this.#options.clock.now();
      tx.run(
        'INSERT OR IGNORE INTO workspaces (id, path, opened_at) VALUES (?, ?, ?)',
        id,
        String(payload.path),
        now,
      );
      tx.emit({ type: 'workspace.registered', subject: id });
    } else if (kind === FORGET) {
      tx.run('DELETE FROM workspaces WHERE id = ?', id);
      tx.run('DELETE FROM spans WHERE workspace = ?', id);
      tx.run('DELETE FROM sensor_rows WHERE workspace = ?', id);
      tx.run("DELETE FROM meta WHERE key IN ('session:' || ?, 'now:' || ?)", id, id);
      tx.emit({ type: 'workspace.forgotten', subject: id });
    }
  }

  async #start(real: string, trusted: boolean): Promise<Workspace> {
    const id = this.#register(real);
    const workspace = new Workspace(id, real, trusted, {
      ...this.#options,
      requestScan: (which, depth) =>
        void this.#options.jobs.enqueue(SCAN, which.path, { path: which.path, depth }),
    });
    workspace.changed.add(() => this.changed.tell());
    this.#open.set(real, workspace);
    await workspace.start();
    workspace.alive();
    this.#companions.set(workspace, this.#options.accompany(workspace));
    this.changed.tell();
    return workspace;
  }

  async #end(workspace: Workspace): Promise<void> {
    for (const each of this.#companions.get(workspace) ?? []) await each.dispose();
    this.#companions.delete(workspace);
    await workspace.dispose();
  }

  #register(real: string): string {
    const { hub, mind, clock } = this.#options;
    const id = Hub.workspaceId(real);
    const known = mind.read((r) => r.get('SELECT 1 FROM workspaces WHERE id = ?', id));
    if (known && hub.workspaceByPath(real)) return id;
    hub.transact((tx) => {
      tx.run(
        'INSERT OR IGNORE INTO workspaces (id, path, registered_at) VALUES (?, ?, ?)',
        id,
        real,
        clock.now(),
      );
      hub.intend(tx, mind.actor, REGISTER, { id, path: real });
    });
    this.settleIntents();
    return id;
  }
}

/** The folder as the file system knows it. Throws `workspace_gone` where there is none. */
async function canonical(folder: string): Promise<string> {
  if (!path.isAbsolute(folder)) {
    throw new ProgenyError('bad_input', `path: expected an absolute path, received "${folder}".`, {
      fields: [{ path: 'path' }],
    });
  }
  try {
    const real = await realpath(folder);
    if (!(await stat(real)).isDirectory())
      throw new ProgenyError('workspace_gone', `"${folder}" is not a folder.`);
    return real;
  } catch (error) {
    if (error instanceof ProgenyError) throw error;
    throw new ProgenyError(
      'workspace_gone',
      `The folder "${folder}" does not exist or cannot be read (${(error as NodeJS.ErrnoException).code}).`,
    );
  }
}
