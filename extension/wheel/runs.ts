import type { Api } from '../../companion/client/index.ts';
import { type Clock, type Disposable, Listeners, type Logger } from '../../companion/kernel/index.ts';
import type { Event, Status, WheelRun } from '../../companion/protocol/index.ts';
import { wheelPhase } from '../../companion/protocol/wheel-words.ts';

/** The part of the link that runs need. */
export interface RunsSource {
  readonly api: Api | null;
  onChange(listener: () => void): Disposable;
  onStatus(listener: (status: Status) => void): Disposable;
  onEvent(listener: (event: Event) => void): Disposable;
}

const SETTLE_MS = 50;
const AGAIN_MS = 2000;
const LIMIT = 20;
export const isSettled = ({ status }: Pick<WheelRun, 'status'>): boolean => wheelPhase(status) === 'settled';

/**
 * The runs of this window's folders as the companion has them: listed whole whenever something may have changed, and
 * each that is not settled followed as it goes. Nothing of it is kept here that a reload could lose.
 */
export class WheelRuns implements Disposable {
  readonly #source: RunsSource;
  readonly #folders: () => readonly string[];
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #changes = new Listeners<void>();
  readonly #runs = new Map<string, WheelRun>();
  readonly #watched = new Map<string, AbortController>();
  readonly #listening: Disposable[];
  #timer: Disposable | null = null;
  #pulse = '';

  constructor(source: RunsSource, folders: () => readonly string[], clock: Clock, log: Logger) {
    this.#source = source;
    this.#folders = folders;
    this.#clock = clock;
    this.#log = log;
    this.#listening = [
      source.onChange(() => this.#connected()),
      source.onStatus(({ wheel }) => {
        const pulse = JSON.stringify(wheel);
        if (pulse !== this.#pulse) this.refresh();
        this.#pulse = pulse;
      }),
      source.onEvent(({ type }) => {
        if (type.startsWith('wheel.')) this.refresh();
      }),
    ];
    this.refresh();
  }

  /** The newest first. */
  get all(): readonly WheelRun[] {
    return [...this.#runs.values()].sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1));
  }

  get(id: string): WheelRun | null {
    return this.#runs.get(id) ?? null;
  }

  onChange(listener: () => void): Disposable {
    return this.#changes.add(listener);
  }

  /** Lists them anew, soon. */
  refresh(): void {
    this.#timer ??= this.#clock.after(SETTLE_MS, () => {
      this.#timer = null;
      void this.#list();
    });
  }

  /** A run as the companion has just answered it; an older picture than the known one is passed over. */
  put(run: WheelRun): void {
    const known = this.#runs.get(run.id);
    if (known && known.changedAt > run.changedAt) return;
    if (!this.#folders().includes(run.workspace)) return;
    this.#runs.set(run.id, run);
    if (isSettled(run)) this.#unwatch(run.id);
    else this.#watch(run.id);
    this.#changes.tell();
  }

  dispose(): void {
    this.#timer?.dispose();
    for (const one of this.#listening) one.dispose();
    for (const id of [...this.#watched.keys()]) this.#unwatch(id);
    this.#changes.clear();
  }

  #connected(): void {
    if (this.#source.api) {
      this.refresh();
      return;
    }
    // Nobody knows any more what becomes of them: no countdown is shown that may not be true.
    for (const id of [...this.#watched.keys()]) this.#unwatch(id);
    if (this.#runs.size === 0) return;
    this.#runs.clear();
    this.#changes.tell();
  }

  async #list(): Promise<void> {
    const { api } = this.#source;
    if (!api) return;
    try {
      const folders = this.#folders();
      const lists = await Promise.all(
        folders.map((workspace) => api.wheel.list({ workspace, limit: LIMIT }).catch(notThere)),
      );
      if (api !== this.#source.api) return;
      for (const [id, { workspace }] of this.#runs) if (!folders.includes(workspace)) this.#runs.delete(id);
      for (const run of lists.flat()) this.put(run);
    } catch (error) {
      this.#log.warn({ error: String(error) }, 'the runs could not be listed');
      this.#clock.after(AGAIN_MS, () => this.refresh());
    }
  }

  #watch(id: string): void {
    const { api } = this.#source;
    if (!api || this.#watched.has(id)) return;
    const stream = new AbortController();
    this.#watched.set(id, stream);
    void this.#follow(api, id, stream.signal).finally(() => {
      if (this.#watched.get(id) !== stream) return;
      this.#watched.delete(id);
      const run = this.#runs.get(id);
      // It ended before the run did.
      if (run && !isSettled(run)) this.#clock.after(AGAIN_MS, () => this.refresh());
    });
  }

  async #follow(api: Api, id: string, signal: AbortSignal): Promise<void> {
    try {
      for await (const run of await api.wheel.watch({ id }, { signal })) {
        if (signal.aborted) return;
        this.put(run);
      }
    } catch (error) {
      if (!signal.aborted) this.#log.warn({ error: String(error) }, 'a run could not be followed');
    }
  }

  #unwatch(id: string): void {
    this.#watched.get(id)?.abort();
    this.#watched.delete(id);
  }
}

/** A folder that the companion does not know yet has no runs. */
function notThere(error: unknown): WheelRun[] {
  if ((error as { code?: unknown }).code === 'not_found') return [];
  throw error;
}
