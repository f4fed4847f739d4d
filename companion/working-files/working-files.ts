import { type Clock, type Disposable, type Logger, silentLogger } from '../kernel/index.ts';
import { Disk, FolderWatch, Patience } from '../kernel/node.ts';
import type { Health, Settings } from '../protocol/index.ts';
import type { Mind } from '../store/index.ts';
import type { LaidOut } from './lay-out.ts';
import { WATCHED } from './names.ts';
import type { AttachedWorkspace, WorkingFilesPorts } from './ports.ts';
import { emptyReport, type SyncReport } from './sync-report.ts';
import { WorkspaceSync } from './workspace-sync.ts';
import { systemZone, type Zone } from './zone.ts';

export interface WorkingFilesOptions {
  mind: Mind;
  clock: Clock;
  dataDirectory: string;
  ports: WorkingFilesPorts;
  settings: () => Settings['loops'];
  /** Told of rejected edits, of files that cannot be read or written, and of files that live elsewhere. */
  onHealth(health: Health): void;
  /** Told of each sync that nobody asked for: an edit was noticed, or waited for. */
  onSynced?(report: SyncReport): void;
  logger?: Logger;
  zone?: Zone;
  /** Two equal reads this far apart (ms) make an edit complete. */
  quietMs?: number;
  /** An edit that makes no sense is refused when it has stood unchanged for this long (ms). */
  patienceMs?: number;
  /** Edits are looked at when the folder was quiet for this long (ms). */
  debounceMs?: number;
  /** For tests. */
  disk?: Disk;
}

const QUIET_MS = 150;
const PATIENCE_MS = 2000;
const DEBOUNCE_MS = 300;

/**
 * The human-readable working files of one workspace, in step with the store in both directions. Everything is
 * done one after the other; trouble with the disk is told and passes with a later sync.
 */
export class WorkingFiles {
  readonly #options: WorkingFilesOptions;
  readonly #disk: Disk;
  readonly #patience: Patience;
  readonly #patienceMs: number;
  readonly #watch: FolderWatch;
  #attached: WorkspaceSync | null = null;
  #queue: Promise<unknown> = Promise.resolve();
  #recheck: Disposable | null = null;
  #disposed = false;

  constructor(options: WorkingFilesOptions) {
    const { clock, quietMs = QUIET_MS, patienceMs = PATIENCE_MS, debounceMs = DEBOUNCE_MS } = options;
    this.#options = options;
    this.#disk = options.disk ?? new Disk({ clock, quietMs });
    this.#patience = new Patience(clock, patienceMs);
    this.#patienceMs = patienceMs;
    this.#watch = new FolderWatch({
      clock,
      debounceMs,
      names: (name) => WATCHED.has(name),
      onChange: () => this.#syncUnasked(),
      onFailure: (error) => this.#attached?.sayUnwatched(error),
    });
  }

  /** Says which folder it is, and again when the user's trust in it changes. Reads and writes nothing yet. */
  attach(workspace: AttachedWorkspace): void {
    this.#attached = new WorkspaceSync({
      ...this.#options,
      zone: this.#options.zone ?? systemZone,
      workspace,
      disk: this.#disk,
      patience: this.#patience,
      onFolder: (folder) => this.#watch.watch(folder),
    });
  }

  /**
   * Makes the folder: to be called at the first whisper or decision, harmless afterwards; a `sync` fills it.
   * Returns where the files are, null where none can be made now (the reason is told as health).
   */
  ensureFolder(): Promise<string | null> {
    return this.#run((attached) => attached.ensureFolder(), null);
  }

  /**
   * Takes texts by the names of working files, where such a file is not there yet: their loops, decisions and day go
   * into the store. Null where no files can be made now. Throws `bad_input` for a text that cannot be read.
   */
  layOut(texts: ReadonlyMap<string, string>): Promise<LaidOut | null> {
    return this.#run((attached) => attached.layOut(texts), null);
  }

  /** Reads edits back, then writes what changed. Does nothing before `ensureFolder` made the folder. */
  sync(): Promise<SyncReport> {
    return this.#run(async (attached) => {
      const report = await attached.sync();
      this.#recheck?.dispose();
      this.#recheck =
        report.waiting.length > 0 && !this.#disposed
          ? this.#options.clock.after(this.#patienceMs, () => this.#syncUnasked())
          : null;
      return report;
    }, emptyReport());
  }

  /**
   * To be called with each sign of life: the first one of a new day archives `now.md` and begins another, with
   * what is unfinished of the top three. Returns whether it did.
   */
  interaction(now: number): Promise<boolean> {
    return this.#run((attached) => attached.beginDay(now), false);
  }

  /** Resolves when nothing is read or written any more. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    this.#watch.dispose();
    this.#recheck?.dispose();
    await this.#queue;
    this.#watch.dispose();
  }

  #syncUnasked(): void {
    const { logger = silentLogger, onSynced } = this.#options;
    this.sync().then(onSynced, (error: unknown) => {
      logger.error({ error: String(error) }, 'the working files could not be brought in step');
    });
  }

  #run<T>(work: (attached: WorkspaceSync) => Promise<T>, otherwise: T): Promise<T> {
    const next = this.#queue.then(async () => {
      const attached = this.#attached;
      return attached && !this.#disposed ? await work(attached) : otherwise;
    });
    this.#queue = next.catch(() => {});
    return next;
  }
}
