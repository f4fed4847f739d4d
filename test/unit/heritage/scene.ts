import path from 'node:path';
import { Heritage, HeritageFiles } from '../../../companion/heritage/index.ts';
import { seededRandom, silentLogger, systemClock, VirtualClock } from '../../../companion/kernel/index.ts';
import type { HeritageFile } from '../../../companion/protocol/index.ts';
import type { Mind, Store } from '../../../companion/store/index.ts';
import { Fuse, fused } from '../../support/fuse.ts';
import { MemoryDisk } from '../../support/memory-disk.ts';
import { openStore } from '../../support/store.ts';
import { temporaryFolder } from '../../support/temporary.ts';

/** Monday 2 March 2026, 09:00 UTC. */
export const NINE = Date.UTC(2026, 2, 2, 9);
export const HYPOTHESIS = 'hypothesis_known';

const FOLDER = path.join(path.sep, 'data', 'heritage');

/** A heritage on a real store and a disk in memory. `await using` closes it. */
export class Scene {
  readonly clock = new VirtualClock(NINE);
  readonly disk = new MemoryDisk();
  readonly fuse = new Fuse();
  readonly store: Store;
  readonly heritage: Heritage;
  readonly #folder: { [Symbol.dispose](): void };
  readonly #begun: HeritageFiles[] = [];
  readonly #random = seededRandom(7);

  private constructor(store: Store, folder: { [Symbol.dispose](): void }) {
    this.store = store;
    this.#folder = folder;
    this.heritage = this.#heritage(store.mind);
  }

  static async make(): Promise<Scene> {
    const folder = temporaryFolder();
    return new Scene(await openStore(folder.path, { clock: { ...systemClock, now: () => NINE } }), folder);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const files of this.#begun) await files.dispose();
    this.store.close();
    this.#folder[Symbol.dispose]();
  }

  /** The files, as after a start; changes of disk and store burn the fuse. */
  files(options: { patienceMs?: number } = {}): HeritageFiles {
    this.disk.beforeChange = this.fuse.burn;
    const mind = fused(this.store.mind, this.fuse);
    const files = new HeritageFiles({
      mind,
      clock: this.clock,
      logger: silentLogger,
      heritage: this.#heritage(mind),
      folder: FOLDER,
      onHealth: () => {},
      disk: this.disk,
      patienceMs: 0,
      ...options,
    });
    this.#begun.push(files);
    return files;
  }

  place(name: string): string {
    return path.join(FOLDER, name);
  }

  text(file: HeritageFile): string {
    return this.disk.text(this.place(`${file}.json`)) ?? '';
  }

  edit(file: HeritageFile, change: string | Buffer | ((text: string) => string)): void {
    const now = typeof change === 'function' ? change(this.text(file)) : change;
    this.disk.files.set(this.place(`${file}.json`), Buffer.from(now));
  }

  /** Names and bytes of the refused edits. */
  get rejected(): { name: string; bytes: Buffer }[] {
    return [...this.disk.files]
      .filter(([place]) => place.includes('.rejected-'))
      .map(([place, bytes]) => ({ name: path.basename(place), bytes }));
  }

  get rows(): Record<string, unknown>[] {
    return this.store.mind.read((reader) =>
      reader.all('SELECT file, version, source, reason, content FROM heritage ORDER BY file, version'),
    );
  }

  #heritage(mind: Mind): Heritage {
    return new Heritage({
      mind,
      clock: this.clock,
      random: this.#random,
      knowsHypothesis: (_reader, id) => id === HYPOTHESIS,
      dateOf: (at) => new Date(at).toISOString().slice(0, 10),
    });
  }
}

/** A heritage with something in each file. */
export async function filledScene(): Promise<Scene> {
  const scene = await Scene.make();
  const { heritage } = scene;
  const because = { source: 'user', reason: 'Told so' } as const;
  heritage.change(
    'core',
    { name: 'Ana', values: ['clarity', 'care'], hardLines: ['no force push'] },
    because,
  );
  heritage.change(
    'preferences',
    { peakHours: [{ from: '09:30', until: '12:00' }], standard: 'done' },
    because,
  );
  heritage.learn({ hypothesis: 'hypothesis_1', text: 'Tests before the fix', except: null }, 'Confirmed');
  heritage.learn({ hypothesis: 'hypothesis_2', text: 'Small commits', except: 'in spikes' }, 'Confirmed');
  await scene.files().start();
  return scene;
}
