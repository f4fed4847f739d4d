import type { GlobePoint, GlobeTie, LoopStatus } from '../../../companion/protocol/index.ts';
import { filterTest, type GlobeFilter, NO_FILTER } from './globe-filter.ts';
import { type GlobeArc, type GlobeColumns, TONES } from './globe-scene.ts';
import { latitudeOf, longitudeOf, type Place, placesOf, regionOf, type Seat, seatOf } from './places.ts';
import { Replay } from './replay.ts';

const DAY = 86_400_000;
const HALF_LIFE = 7 * DAY;
/** A blessing is new for so long. */
const NEW_BLESSING = 2 * DAY;
const TONE_INDEX = new Map(TONES.map((tone, index) => [tone, index]));

/** What is asked of the globe: which points, at which time, seen from which folder. */
export interface Looked {
  readonly filter: GlobeFilter;
  /** Null: now. */
  readonly time: number | null;
  readonly workspace: string | null;
}

/**
 * All points in one order (the newest first), as columns for the renderer and as rows for the list. Both come from the
 * same arrays, so that they hold the same points in the same order whatever is filtered, replayed or told meanwhile. A
 * point keeps its place while columns live; what comes and goes makes new columns.
 */
export class GlobeModel {
  /** What the log tells of the past; empty until it was read. */
  replay = new Replay();
  #points: GlobePoint[] = [];
  #index = new Map<string, number>();
  #columns = emptyColumns();
  #places = new Map<string, Place>();
  #seats: Seat[] = [];
  #looked: Looked = { filter: NO_FILTER, time: null, workspace: null };
  #now = 0;
  #rows: readonly number[] = [];

  get points(): readonly GlobePoint[] {
    return this.#points;
  }

  get columns(): GlobeColumns {
    return this.#columns;
  }

  /** Indexes of the points that are shown, in order: the list. */
  get rows(): readonly number[] {
    return this.#rows;
  }

  indexOf(id: string): number | null {
    return this.#index.get(id) ?? null;
  }

  find(id: string | null): GlobePoint | null {
    const index = id === null ? null : this.indexOf(id);
    return index === null ? null : this.#points[index]!;
  }

  /** Where a theme lies. */
  placeOf(region: string): Place | null {
    return this.#places.get(region) ?? null;
  }

  /** Puts points in, replaces those that are known, takes `gone` out, and lays out all anew. */
  merge(points: readonly GlobePoint[], gone: readonly string[], now: number): void {
    const without = new Set(gone);
    const fresh = new Map(points.map((point) => [point.id, point]));
    const kept = this.#points.filter(({ id }) => !fresh.has(id) && !without.has(id));
    this.#points = [...kept, ...fresh.values()].sort(newestFirst);
    this.#now = now;
    this.#seats = this.#points.map(({ id }) => {
      const before = this.#index.get(id);
      return before === undefined ? seatOf(id) : this.#seats[before]!;
    });
    this.#index = new Map(this.#points.map(({ id }, index) => [id, index]));
    this.#lay();
    this.look(this.#looked, now);
  }

  /**
   * Puts in what changed of points that are known, in place and without another order. Returns their indexes; ids that
   * are not known are left out. Cheap: nothing else is touched.
   */
  update(points: readonly GlobePoint[], now: number): number[] {
    this.#now = now;
    const changed: number[] = [];
    for (const point of points) {
      const index = this.indexOf(point.id);
      if (index === null) continue;
      this.#points[index] = point;
      this.#write(index, point);
      changed.push(index);
    }
    if (changed.length > 0) this.#reshow(changed);
    return changed;
  }

  /** Something happened to these at this time: they glow. Returns the indexes that changed; none while the past is shown. */
  touch(touches: ReadonlyMap<string, number>): number[] {
    const changed: number[] = [];
    for (const [id, at] of touches) {
      const index = this.indexOf(id);
      if (index === null) continue;
      const point = this.#points[index]!;
      if (at <= point.touchedAt) continue;
      this.#points[index] = { ...point, touchedAt: at, activity: Math.min(1, point.activity + 0.04) };
      changed.push(index);
    }
    if (this.#looked.time !== null) return [];
    for (const index of changed) this.#show(index, this.#now, this.#columns.shown[index] === 1);
    return changed;
  }

  /** Shows what is asked for; returns whether other points are shown than before. */
  look(looked: Looked, now: number): void {
    this.#looked = looked;
    this.#now = now;
    const { time, filter, workspace } = looked;
    const at = time ?? now;
    const fits = filterTest(filter, workspace, (point) => this.#statusAt(point, time));
    const rows: number[] = [];
    for (let index = 0; index < this.#points.length; index++) {
      const shown = this.#show(index, at, fits(this.#points[index]!));
      if (shown) rows.push(index);
    }
    this.#rows = rows;
  }

  /** Ties between points that there are, as the renderer draws them: those whose both ends are shown. */
  arcs(ties: readonly GlobeTie[]): GlobeArc[] {
    const { shown } = this.#columns;
    return ties.flatMap(({ from, to, kind }) => {
      const [a, b] = [this.indexOf(from), this.indexOf(to)];
      return a !== null && b !== null && shown[a] === 1 && shown[b] === 1 ? [{ from: a, to: b, kind }] : [];
    });
  }

  /** Whether there was such a point at the time that is shown. */
  exists({ id, createdAt }: GlobePoint): boolean {
    const { time } = this.#looked;
    return time === null ? this.#index.has(id) : createdAt <= time;
  }

  /** A point as it is at the time that is shown. */
  statusOf(point: GlobePoint): LoopStatus | null {
    return this.#statusAt(point, this.#looked.time);
  }

  #statusAt(point: GlobePoint, time: number | null): LoopStatus | null {
    return time === null ? point.status : (this.replay.at(point, time)?.status ?? null);
  }

  /** Writes what depends on the time; returns whether it is shown. */
  #show(index: number, at: number, fits: boolean): boolean {
    const columns = this.#columns;
    const point = this.#points[index]!;
    const past = this.#looked.time !== null;
    const then = past
      ? this.replay.at(point, at)
      : { touchedAt: point.touchedAt, status: point.status, ended: point.endedAt !== null };
    const shown = then !== null && fits;
    columns.shown[index] = shown ? 1 : 0;
    if (then === null) return false;
    columns.latitudes[index] = latitudeOf(this.#seats[index]!, then.touchedAt, at);
    const recent = 2 ** (-Math.max(0, at - then.touchedAt) / HALF_LIFE);
    columns.glows[index] = recent * (then.ended ? 0.6 : 1);
    columns.sizes[index] = past ? 0.2 + 0.6 * recent * (point.kind === 'loop' ? 1 : 0.6) : point.activity;
    const blessed = then.status === 'blessed' && at - then.touchedAt < NEW_BLESSING;
    columns.pulses[index] = blessed || (point.drifting && !past) ? 1 : 0;
    return shown;
  }

  /** Shows or hides points that changed, and puts them into the list, or takes them out, at their place. */
  #reshow(indexes: readonly number[]): void {
    const { time, filter, workspace } = this.#looked;
    const fits = filterTest(filter, workspace, (point) => this.#statusAt(point, time));
    const { shown } = this.#columns;
    let moved = false;
    for (const index of indexes) {
      const before = shown[index] === 1;
      if (this.#show(index, time ?? this.#now, fits(this.#points[index]!)) !== before) moved = true;
    }
    if (moved) this.#rows = [...shown.keys()].filter((index) => shown[index] === 1);
  }

  #lay(): void {
    const count = this.#points.length;
    const sizes = new Map<string, number>();
    for (const point of this.#points) sizes.set(regionOf(point), (sizes.get(regionOf(point)) ?? 0) + 1);
    this.#places = placesOf(sizes);
    this.#columns = {
      count,
      ids: this.#points.map(({ id }) => id),
      titles: this.#points.map(({ title }) => title),
      longitudes: new Float32Array(count),
      latitudes: new Float32Array(count),
      sizes: new Float32Array(count),
      glows: new Float32Array(count),
      tones: new Uint8Array(count),
      pulses: new Uint8Array(count),
      shown: new Uint8Array(count),
    };
    for (const [index, point] of this.#points.entries()) this.#write(index, point);
  }

  #write(index: number, point: GlobePoint): void {
    const { ids, titles, longitudes, tones } = this.#columns;
    const place =
      this.#places.get(regionOf(point)) ?? placesOf(new Map([[regionOf(point), 1]])).get(regionOf(point))!;
    (ids as string[])[index] = point.id;
    (titles as string[])[index] = point.title;
    longitudes[index] = longitudeOf(this.#seats[index]!, place);
    tones[index] = TONE_INDEX.get(point.tone) ?? 0;
  }
}

function newestFirst(a: GlobePoint, b: GlobePoint): number {
  return b.touchedAt - a.touchedAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

function emptyColumns(): GlobeColumns {
  const [floats, bytes] = [() => new Float32Array(0), () => new Uint8Array(0)];
  return {
    ...{ count: 0, ids: [], titles: [] },
    ...{ longitudes: floats(), latitudes: floats(), sizes: floats(), glows: floats() },
    ...{ tones: bytes(), pulses: bytes(), shown: bytes() },
  };
}
