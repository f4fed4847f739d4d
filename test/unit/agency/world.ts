import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Wheel, type WheelOptions } from '../../../companion/agency/index.ts';
import { findGit } from '../../../companion/git/index.ts';
import { seededRandom, silentLogger, VirtualClock } from '../../../companion/kernel/index.ts';
import {
  defaultSettings,
  type Settings,
  type WheelRun,
  type WheelStep,
} from '../../../companion/protocol/index.ts';
import { Snapshots } from '../../../companion/snapshots/index.ts';
import type { Store, Transaction } from '../../../companion/store/index.ts';
import { folderSnapshots } from '../../../companion/wheel-snapshots.ts';
import { makeRepository, type TestRepository } from '../../fixtures/repository.ts';
import { eventually } from '../../support/companion.ts';
import { openStore } from '../../support/store.ts';
import { wheelDoubles } from '../../support/wheel-doubles.ts';

export const START = Date.UTC(2026, 5, 1, 9);
export const PASSES = ['node', '-e', 'console.log("Tests: 3 passed, 3 total")'];
export const FAILS = ['node', '-e', 'console.log("1 failed: queue.test"); process.exit(1)'];
export const write = (path: string, text: string): WheelStep => ({ tool: 'write', path, text });

export interface ProposeWhat {
  steps: readonly WheelStep[];
  verify?: readonly string[];
  tryOut?: readonly string[];
  by?: 'person' | 'agent' | 'mind';
}

/** A repository with two files, a mind, and delegated work on doubles that really write. */
export class WheelWorld implements AsyncDisposable {
  readonly repository: TestRepository;
  readonly root: string;
  readonly store: Store;
  readonly clock: VirtualClock;
  readonly parts: ReturnType<typeof wheelDoubles>;
  readonly settings: Partial<Settings['wheel']> = {};
  readonly loops: string[] = [];
  readonly options: WheelOptions;
  wheel: Wheel;

  private constructor(
    repository: TestRepository,
    store: Store,
    clock: VirtualClock,
    snapshots: Snapshots,
    over: Partial<WheelOptions>,
  ) {
    this.repository = repository;
    this.root = repository.root;
    this.store = store;
    this.clock = clock;
    const folder = folderSnapshots(() => snapshots);
    this.parts = wheelDoubles(async (root) => (await folder.take(root, 'rehearsal', 'run')).id);
    this.options = {
      ...this.parts,
      mind: store.mind,
      clock,
      random: seededRandom(7),
      logger: silentLogger,
      folder: path.join(repository.folder, 'data', 'wheel'),
      snapshots: folder,
      settings: () => ({ ...defaultSettings.wheel, vetoSeconds: 0, ...this.settings }),
      loops: {
        prepare:
          async (_root, _workspace, { title }) =>
          (tx: Transaction) => {
            tx.emit({ type: 'loop.opened', subject: 'loop_1' });
            this.loops.push(title);
            return `loop_${this.loops.length}`;
          },
        drop: (_tx, loop) => void this.loops.splice(Number(loop.slice(5)) - 1, 1, 'dropped'),
      },
      ...over,
    };
    this.wheel = new Wheel(this.options);
  }

  static async make(over: Partial<WheelOptions> = {}): Promise<WheelWorld> {
    const repository = await makeRepository();
    repository.commit({ 'a.txt': 'one\ntwo\n', 'src/b.txt': 'beta\n', '.gitignore': 'cache/\n' });
    const clock = new VirtualClock(START);
    const store = await openStore(path.join(repository.folder, 'data'), { clock });
    store.mind.transact((tx) => {
      tx.run("INSERT INTO workspaces (id, path, opened_at) VALUES ('ws_1', ?, 0)", repository.root);
      tx.emit({ type: 'workspace.registered', subject: 'ws_1' });
    });
    const snapshots = new Snapshots({
      folder: path.join(repository.folder, 'data', 'snapshots'),
      program: await findGit(),
      clock,
      random: seededRandom(3),
    });
    return new WheelWorld(repository, store, clock, snapshots, over);
  }

  /** Another process on the same data. */
  async again(): Promise<void> {
    this.wheel = new Wheel(this.options);
    await this.wheel.start();
  }

  propose({ steps, verify, tryOut, by = 'person' }: ProposeWhat): Promise<WheelRun> {
    const options: Record<string, string> = { steps: JSON.stringify(steps) };
    if (verify) options.verify = JSON.stringify(verify);
    if (tryOut) options.tryOut = JSON.stringify(tryOut);
    return this.wheel.propose({ workspace: this.root, recipe: 'given', options }, { by, name: 'test' });
  }

  /** Waits until a run stands so. */
  async until(id: string, ...statuses: readonly WheelRun['status'][]): Promise<WheelRun> {
    await eventually(() => statuses.includes(this.wheel.get(id).status), 20_000).catch(() => {
      throw new Error(`${statuses} was waited for: ${JSON.stringify(this.wheel.get(id), null, 1)}`);
    });
    return this.wheel.get(id);
  }

  async previewed(what: ProposeWhat): Promise<WheelRun> {
    return await this.until((await this.propose(what)).id, 'previewed');
  }

  /** Looks at the preview and says yes, as one connection. */
  async yes({ id }: { id: string }, files?: readonly string[]): Promise<WheelRun> {
    const { digest } = await this.wheel.preview(id, 'socket');
    return await this.wheel.approve({ id, digest, files }, 'socket');
  }

  /** Proposed, said yes to, and at its end. */
  async done(what: ProposeWhat): Promise<WheelRun> {
    const { id } = await this.previewed(what);
    await this.yes({ id });
    return await this.until(id, 'done', 'rolled_back', 'outdated', 'refused', 'interrupted');
  }

  read(file: string): string {
    return readFileSync(path.join(this.root, file), 'utf8');
  }

  edit(file: string, text: string): void {
    writeFileSync(path.join(this.root, file), text);
  }

  has(file: string): boolean {
    return existsSync(path.join(this.root, file));
  }

  /** Everything in the folder but what git keeps for itself, with modes. */
  tree(): Record<string, string> {
    return treeOf(this.root);
  }

  /** Where the repository stands. */
  refs(): string {
    return `${this.repository.run('symbolic-ref', 'HEAD')}\n${this.repository.run('for-each-ref')}`;
  }

  events(type: string) {
    return this.store.mind.events(0, 10_000).filter((event) => event.type === type);
  }

  get held(): string[] {
    return existsSync(this.options.folder) ? readdirSync(this.options.folder) : [];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.wheel.dispose();
    this.store.close();
    await this.repository[Symbol.asyncDispose]();
  }
}

export function treeOf(root: string, folder = ''): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of readdirSync(path.join(root, folder)).sort()) {
    if (name === '.git') continue;
    const file = folder === '' ? name : `${folder}/${name}`;
    const facts = lstatSync(path.join(root, file));
    if (facts.isDirectory()) Object.assign(found, { [`${file}/`]: '' }, treeOf(root, file));
    else if (facts.isSymbolicLink()) found[file] = `-> ${readlinkSync(path.join(root, file))}`;
    else found[file] = `${(facts.mode & 0o777).toString(8)} ${readFileSync(path.join(root, file), 'latin1')}`;
  }
  return found;
}
