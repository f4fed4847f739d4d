import path from 'node:path';
import type { Clock, Disposable, Logger } from '../kernel/index.ts';
import { Disk, FolderWatch, Patience } from '../kernel/node.ts';
import type { Health, HeritageFile } from '../protocol/index.ts';
import type { Mind } from '../store/index.ts';
import { FILES } from './document.ts';
import { syncFile } from './file-sync.ts';
import type { Heritage } from './heritage.ts';
import { listRejected, recallRefusal, refusal, rejectedName } from './rejected.ts';

export interface HeritageFilesOptions {
  mind: Mind;
  clock: Clock;
  logger: Logger;
  heritage: Heritage;
  /** Where the files stand. */
  folder: string;
  /** Told when there is other health to show. */
  onHealth(): void;
  disk?: Disk;
  /** Two reads this far apart must agree before a file counts as saved. */
  quietMs?: number;
  /** An edit that makes no sense is refused when it has stood unchanged for so long: somebody may be typing. */
  patienceMs?: number;
  debounceMs?: number;
}

const QUIET_MS = 100;
const PATIENCE_MS = 3000;
const DEBOUNCE_MS = 300;
const SETTLES_MS = 50;
const AGAIN_MS = 60_000;

/**
 * `core.json`, `preferences.json` and `learned.json`: written from the store, and read back when edited by hand. All is
 * done one after the other; trouble with the disk is told, and passes with a later sync.
 */
export class HeritageFiles {
  readonly #options: HeritageFilesOptions;
  readonly #disk: Disk;
  readonly #patience: Patience;
  readonly #watch: FolderWatch;
  readonly #written = new Map<HeritageFile, string>();
  readonly #told = new Map<HeritageFile, Health>();
  #trouble: Health | null = null;
  #listening: Disposable | null = null;
  #timer: Disposable | null = null;
  #queue: Promise<void> = Promise.resolve();
  #seq = -1;
  #disposed = false;

  constructor(options: HeritageFilesOptions) {
    const { clock, quietMs = QUIET_MS, patienceMs = PATIENCE_MS, debounceMs = DEBOUNCE_MS } = options;
    this.#options = options;
    this.#disk = options.disk ?? new Disk({ clock, quietMs });
    this.#patience = new Patience(clock, patienceMs);
    this.#watch = new FolderWatch({
      clock,
      debounceMs,
      names: (name) => FILES.some((file) => name === `${file}.json`),
      onChange: () => this.#soon(0),
      onFailure: (error) =>
        options.logger.warn({ error: String(error) }, 'edits of heritage are noticed with a delay'),
    });
  }

  /** Writes the files, tells again of edits that were refused before, and follows store and folder from now on. */
  async start(): Promise<void> {
    const { mind } = this.#options;
    this.#listening = mind.committed.add(() => {
      // Anything may have been committed; only heritage, or another file in the mind's place, is of interest.
      const events = mind.events(this.#seq, 1000);
      this.#seq = events.at(-1)?.seq ?? this.#seq;
      if (events.some(({ type }) => type === 'heritage.changed' || type === 'store.restored'))
        this.#soon(SETTLES_MS);
    });
    this.#seq = mind.seq;
    await this.sync();
    await this.#run(() => this.#recall());
  }

  /** Brings files and store in step. */
  sync(): Promise<void> {
    return this.#run(() => this.#sync());
  }

  health(): Health[] {
    return [...this.#told.values(), ...(this.#trouble ? [this.#trouble] : [])];
  }

  /** Removes the refused edits of a file; returns how many there were. */
  async removeRejected(file: HeritageFile): Promise<number> {
    const { folder } = this.#options;
    const names = await listRejected(this.#disk, folder, file);
    for (const name of names) await this.#disk.remove(path.join(folder, name));
    this.#tell(file, null);
    return names.length;
  }

  async countRejected(file: HeritageFile): Promise<number> {
    return (await listRejected(this.#disk, this.#options.folder, file)).length;
  }

  /** Resolves when nothing is read or written any more. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    this.#listening?.dispose();
    this.#timer?.dispose();
    this.#watch.dispose();
    await this.#queue;
    this.#watch.dispose();
  }

  async #sync(): Promise<void> {
    const { folder } = this.#options;
    try {
      await this.#disk.makeFolders(folder);
      let waiting = false;
      for (const file of FILES) {
        const synced = await syncFile(file, {
          ...this.#options,
          disk: this.#disk,
          patience: this.#patience,
          written: this.#written,
        });
        waiting ||= synced.waiting;
        if (synced.told !== undefined) this.#tell(file, synced.told);
      }
      this.#watch.watch(folder);
      this.#trouble = null;
      if (waiting) this.#soon(this.#options.patienceMs ?? PATIENCE_MS);
    } catch (error) {
      const message = `The heritage files could not be brought in step: ${error instanceof Error ? error.message : String(error)}`;
      this.#trouble = { subject: 'heritage', level: 'warning', message, at: this.#options.clock.now() };
      this.#options.onHealth();
      this.#soon(AGAIN_MS);
    }
  }

  /** Edits that were refused in an earlier run, and that nothing followed since. */
  async #recall(): Promise<void> {
    const { folder, heritage, clock } = this.#options;
    for (const file of FILES) {
      if (this.#told.has(file)) continue;
      const newest = (await listRejected(this.#disk, folder, file)).at(-1) ?? '';
      if (newest < rejectedName(file, heritage.get(file).at)) continue;
      const findings = await recallRefusal(this.#disk, folder, file, newest);
      this.#tell(file, refusal(file, findings, newest, clock.now()));
    }
  }

  #tell(file: HeritageFile, health: Health | null): void {
    if (health) this.#told.set(file, health);
    else if (!this.#told.delete(file)) return;
    this.#options.onHealth();
  }

  #soon(ms: number): void {
    if (this.#disposed) return;
    this.#timer?.dispose();
    this.#timer = this.#options.clock.after(ms, () => void this.sync());
  }

  #run(work: () => Promise<void>): Promise<void> {
    this.#queue = this.#queue.then(async () => {
      if (this.#disposed) return;
      await work().catch((error: unknown) =>
        this.#options.logger.error(
          { error: String(error) },
          'the heritage files could not be brought in step',
        ),
      );
    });
    return this.#queue;
  }
}
