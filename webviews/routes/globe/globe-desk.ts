import type { Api } from '../../../companion/client/index.ts';
import type { Event, GlobePage, GlobePoint } from '../../../companion/protocol/index.ts';
import type { Clock } from '../../data/clock.ts';
import { GlobeModel } from '../../model/globe/globe-model.ts';
import { GLOBE_EVENTS, Replay, subjectOf } from '../../model/globe/replay.ts';
import { isCancelled, type Problem, problemOf } from '../../model/problem.ts';

export interface GlobeDeskState {
  /** Rows that were gone through, of how many; `done` once all were. */
  readonly looked: number;
  readonly total: number;
  readonly done: boolean;
  readonly problem: Problem | null;
  readonly clusters: GlobePage['clusters'];
  readonly guilds: GlobePage['guilds'];
  /** How much of the event log is read for the past, 0-1; null: nobody asked for it. */
  readonly past: number | null;
  /** Counts what calls for another picture: points that came or went, another time or filter. */
  readonly version: number;
}

export interface GlobeDeskOptions {
  api(): Api;
  readonly clock: Clock;
  /** Calls back before the next frame. */
  frame(task: () => void): { dispose(): void };
  onChange(state: GlobeDeskState): void;
  /** These entries of the columns changed, in place. */
  onTouch(indexes: readonly number[]): void;
}

const PAGE = 1000;
/** What changed is asked for again at most once in so long, at most so many at once. */
const AGAIN_MS = 1000;
const MOST_AGAIN = 500;
/** More pages of the log than this are not caught up with one by one: everything is read anew. */
const MOST_CATCHING_UP = 5;
/** Themes were drawn anew, or a panel changed: everything is read anew, not before it settled. */
const SETTLES_MS = 3000;
const REDRAWN = new Set([
  'themes.drawn',
  'guild.created',
  'guild.changed',
  'store.restored',
  'workspace.forgotten',
]);
/** New records have no theme yet; so many of them are asked for again when a theme grows. */
const MOST_FRESH = 50;

/**
 * Fills the model page by page and keeps it true by the events of the log: what they are about glows in the next frame,
 * and is asked for anew once a second. While hidden it asks nothing and holds nothing; afterwards it catches up.
 */
export class GlobeDesk {
  readonly model = new GlobeModel();
  readonly #options: GlobeDeskOptions;
  readonly #abort = new AbortController();
  readonly #touches = new Map<string, number>();
  readonly #stale = new Set<string>();
  #fresh: string[] = [];
  #state: GlobeDeskState = {
    ...{ looked: 0, total: 0, done: false, problem: null },
    ...{ clusters: [], guilds: [], past: null, version: 0 },
  };
  #loading = false;
  #after: string | undefined;
  #seen = new Set<string>();
  #seq = 0;
  #hiddenSince: number | null = null;
  #frame: { dispose(): void } | null = null;
  #timer: { dispose(): void } | null = null;
  #settling: { dispose(): void } | null = null;
  #replaying = false;

  constructor(options: GlobeDeskOptions) {
    this.#options = options;
  }

  get state(): GlobeDeskState {
    return this.#state;
  }

  /** Reads on where it stopped, from the beginning at first. */
  async load(): Promise<void> {
    if (this.#loading || this.#ended) return;
    this.#loading = true;
    try {
      await this.#pages();
    } catch (error) {
      if (!isCancelled(error) && !this.#ended) this.#tell({ problem: problemOf(error) });
    }
    this.#loading = false;
    this.#plan();
  }

  /** Reads everything again; what is shown stays until it is known to be gone. */
  reload(): void {
    if (this.#loading) return;
    this.#after = undefined;
    this.#seen = new Set();
    this.#tell({ looked: 0, done: false });
    void this.load();
  }

  event(event: Event): void {
    if (this.#hiddenSince !== null || this.#ended) return;
    this.#seq = Math.max(this.#seq, event.seq);
    this.#take(event);
  }

  /** A hidden view does nothing at all; one that comes back catches up. */
  setVisible(visible: boolean): void {
    if (visible === (this.#hiddenSince === null)) return;
    if (!visible) {
      this.#hiddenSince = this.#seq;
      for (const waiting of [this.#frame, this.#timer, this.#settling]) waiting?.dispose();
      this.#frame = this.#timer = this.#settling = null;
      return;
    }
    const since = this.#hiddenSince ?? this.#seq;
    this.#hiddenSince = null;
    if (!this.#state.done) void this.load();
    else void this.#catchUp(since);
  }

  /** Reads what the log tells of the past, once; the model shows any time with it. */
  async remember(): Promise<void> {
    if (this.#replaying || this.#state.past === 1) return;
    this.#replaying = true;
    this.#tell({ past: 0 });
    const replay = new Replay();
    try {
      let since = 0;
      for (;;) {
        const page = await this.#options
          .api()
          .events.list({ since, limit: 1000, types: [...GLOBE_EVENTS] }, this.#signal);
        replay.add(page.events);
        since = page.through;
        if (page.through >= page.last) break;
        this.#tell({ past: Math.min(0.99, page.through / page.last) });
      }
      this.model.replay = replay;
      this.#tell({ past: 1 }, true);
    } catch (error) {
      if (!isCancelled(error)) this.#tell({ past: null, problem: problemOf(error) });
    }
    this.#replaying = false;
  }

  dispose(): void {
    this.#abort.abort();
    for (const waiting of [this.#frame, this.#timer, this.#settling]) waiting?.dispose();
  }

  get #ended(): boolean {
    return this.#abort.signal.aborted;
  }

  get #signal() {
    return { signal: this.#abort.signal };
  }

  async #pages(): Promise<void> {
    let waiting: GlobePoint[] = [];
    let looked = this.#after === undefined ? 0 : this.#state.looked;
    for (;;) {
      const first = this.#after === undefined;
      const page = await this.#options
        .api()
        .globe.page({ limit: PAGE, ...(this.#after !== undefined && { after: this.#after }) }, this.#signal);
      if (first) this.#seq = Math.max(this.#seq, page.seq);
      for (const { id } of page.points) this.#seen.add(id);
      waiting.push(...page.points);
      looked += page.looked;
      const done = page.next === null;
      // Laid out anew when a good part came: each point is laid out a few times at most, however many there are.
      const ready = done || waiting.length >= Math.max(PAGE / 2, this.model.points.length / 2);
      if (ready) {
        const gone = done ? this.model.points.map(({ id }) => id).filter((id) => !this.#seen.has(id)) : [];
        this.model.merge(waiting, gone, this.#options.clock.now());
        waiting = [];
      }
      const { clusters, guilds, total } = page;
      if (done || ready) this.#after = page.next ?? undefined;
      this.#tell({ looked, total: Math.max(total, looked), done, clusters, guilds, problem: null }, ready);
      if (done) return;
      this.#after = page.next!;
      if (this.#hiddenSince !== null) return;
    }
  }

  async #catchUp(since: number): Promise<void> {
    try {
      let from = since;
      for (let pages = 0; pages < MOST_CATCHING_UP; pages++) {
        const page = await this.#options.api().events.list({ since: from, limit: 1000 }, this.#signal);
        for (const event of page.events) this.event(event);
        from = page.through;
        if (page.through >= page.last) return;
      }
      this.reload();
    } catch (error) {
      if (!isCancelled(error) && !this.#ended) this.#tell({ problem: problemOf(error) });
    }
  }

  #take(event: Event): void {
    const id = subjectOf(event);
    if (id !== null) {
      if (this.#state.past === 1) this.model.replay.add([event]);
      this.#touches.set(id, event.at);
      this.#stale.add(id);
    } else if (REDRAWN.has(event.type)) {
      this.#settling ??= this.#options.clock.after(SETTLES_MS, () => {
        this.#settling = null;
        this.reload();
      });
    } else if (event.type.startsWith('cluster.')) for (const fresh of this.#fresh) this.#stale.add(fresh);
    if (this.#touches.size > 0) this.#frame ??= this.#options.frame(() => this.#flush());
    this.#plan();
  }

  #flush(): void {
    this.#frame = null;
    const changed = this.model.touch(this.#touches);
    this.#touches.clear();
    if (changed.length > 0) this.#options.onTouch(changed);
  }

  #plan(): void {
    if (
      this.#stale.size === 0 ||
      this.#timer ||
      !this.#state.done ||
      this.#hiddenSince !== null ||
      this.#ended
    )
      return;
    // What is born makes a new picture of all, which takes the longer the more there are.
    const pause = AGAIN_MS * (1 + this.model.points.length / 20_000);
    this.#timer = this.#options.clock.after(pause, () => void this.#again());
  }

  async #again(): Promise<void> {
    const ids = [...this.#stale].slice(0, MOST_AGAIN);
    for (const id of ids) this.#stale.delete(id);
    try {
      const { points } = await this.#options.api().globe.points({ ids }, this.#signal);
      this.#put(ids, points);
    } catch (error) {
      if (!isCancelled(error) && !this.#ended) this.#tell({ problem: problemOf(error) });
    }
    this.#timer = null;
    this.#plan();
  }

  #put(ids: readonly string[], points: readonly GlobePoint[]): void {
    const now = this.#options.clock.now();
    const there = new Set(points.map(({ id }) => id));
    const gone = ids.filter((id) => !there.has(id) && this.model.indexOf(id) !== null);
    const born = points.filter(({ id }) => this.model.indexOf(id) === null);
    this.#fresh = [...born.map(({ id }) => id), ...this.#fresh].slice(0, MOST_FRESH);
    if (born.length > 0 || gone.length > 0) {
      this.model.merge(points, gone, now);
      this.#tell({ problem: null }, true);
      return;
    }
    const rows = this.model.rows;
    const changed = this.model.update(points, now);
    if (changed.length > 0) this.#options.onTouch(changed);
    // Rows of the list say what changed; the globe was told by the indexes.
    this.#tell({ problem: null }, this.model.rows !== rows);
  }

  #tell(change: Partial<GlobeDeskState>, picture = false): void {
    if (this.#ended) return;
    this.#state = { ...this.#state, ...change, version: this.#state.version + (picture ? 1 : 0) };
    this.#options.onChange(this.#state);
  }
}
