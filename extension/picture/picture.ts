import type { Api } from '../../companion/client/index.ts';
import { type Clock, type Disposable, Listeners, type Logger } from '../../companion/kernel/index.ts';
import type { Status } from '../../companion/protocol/index.ts';
import type { Link } from '../link/link.ts';
import type { FolderLoops } from '../loops/rows.ts';
import { refreshKey } from './refresh-key.ts';

/** The part of the link that a picture needs. */
export interface PictureSource {
  readonly link: Link;
  readonly api: Api | null;
  readonly status: Status | null;
  onChange(listener: (link: Link) => void): Disposable;
  onStatus(listener: (status: Status) => void): Disposable;
  onEvent(listener: () => void): Disposable;
}

/** Events come in bursts; what they changed is read once they pause. */
const SETTLE_MS = 120;
/** More open loops, or notes in them, than anybody looks through. */
const LIMIT = 200;

/**
 * What this window shows, as complete snapshots of the companion's answers: a view that was hidden, or a
 * connection that broke, can therefore never leave it half old.
 */
export class Picture implements Disposable {
  readonly #source: PictureSource;
  readonly #folders: () => readonly { path: string; name: string }[];
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #changes = new Listeners<void>();
  readonly #listening: Disposable[];
  #loops: readonly FolderLoops[] = [];
  #next: string | null = null;
  #key = '';
  #timer: Disposable | null = null;
  #reading = false;
  #again = false;
  #at: number | null = null;

  constructor(
    source: PictureSource,
    folders: () => readonly { path: string; name: string }[],
    clock: Clock,
    log: Logger,
  ) {
    this.#source = source;
    this.#folders = folders;
    this.#clock = clock;
    this.#log = log;
    this.#listening = [
      source.onChange((link) => this.#linkChanged(link)),
      source.onStatus((status) => this.#statusChanged(status)),
      source.onEvent(() => this.refresh()),
    ];
  }

  /** Each folder's open loops in the companion's order. */
  get loops(): readonly FolderLoops[] {
    return this.#loops;
  }

  /** The next concrete step in the first folder, in words. */
  get next(): string | null {
    return this.#next;
  }

  /** When the snapshot was taken, ms; null before the first. */
  get at(): number | null {
    return this.#at;
  }

  /** Tells whenever anything that a view shows may have changed: loops, next step, status or link. */
  onChange(listener: () => void): Disposable {
    return this.#changes.add(listener);
  }

  /** Takes a new snapshot soon. */
  refresh(): void {
    this.#timer ??= this.#clock.after(SETTLE_MS, () => {
      this.#timer = null;
      void this.#read();
    });
  }

  dispose(): void {
    this.#timer?.dispose();
    for (const listening of this.#listening) listening.dispose();
    this.#changes.clear();
  }

  #linkChanged(link: Link): void {
    // While it is being restarted the last snapshot stays; where it rests, the view says so instead.
    if (link.state !== 'connected' && link.state !== 'lost' && link.state !== 'starting') {
      this.#loops = [];
      this.#next = null;
      this.#at = null;
    }
    this.#changes.tell();
  }

  #statusChanged(status: Status): void {
    const key = refreshKey(status);
    if (key !== this.#key) this.refresh();
    this.#key = key;
    this.#changes.tell();
  }

  async #read(): Promise<void> {
    const api = this.#source.api;
    if (!api) return;
    if (this.#reading) {
      this.#again = true;
      return;
    }
    this.#reading = true;
    try {
      const folders = this.#folders();
      const [loops, next] = await Promise.all([
        Promise.all(
          folders.map(async ({ path: workspace, name }) => {
            const [loops, whispers, drift] = await Promise.all([
              api.loops.list({ workspace, limit: LIMIT }),
              api.whispers.list({ workspace, limit: LIMIT }),
              // A list of threads is worth having without it.
              api.drift.list({ workspace }).catch(() => []),
            ]);
            return { path: workspace, name, loops, whispers, drift };
          }),
        ),
        folders[0] ? nextStep(api, folders[0].path) : null,
      ]);
      this.#loops = loops;
      this.#next = next;
      this.#at = this.#clock.now();
      this.#changes.tell();
    } catch (error) {
      this.#log.warn({ error: String(error) }, 'the threads could not be read');
    } finally {
      this.#reading = false;
      if (this.#again) this.refresh();
      this.#again = false;
    }
  }
}

/** A brief that cannot be given (a folder that is gone, not opened yet) takes nothing from the loops. */
async function nextStep(api: Api, workspace: string): Promise<string | null> {
  try {
    return (await api.brief.get({ workspace })).next[0]?.text ?? null;
  } catch {
    return null;
  }
}
