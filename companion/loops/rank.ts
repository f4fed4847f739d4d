import type { ScannedTodo } from './scan.ts';

const DAY = 24 * 60 * 60 * 1000;
/** Work loses half of its nearness in two weeks without a touch. */
const HALF_LIFE_DAYS = 14;

/** 1 for just now, halved each `HALF_LIFE_DAYS`. */
export function recency(at: number, now: number): number {
  return 0.5 ** (Math.max(0, now - at) / DAY / HALF_LIFE_DAYS);
}

/** How near each folder and file is to the current work, 0-1: from what was touched lately. */
export class Closeness {
  readonly #files = new Map<string, number>();
  readonly #folders = new Map<string, number>();

  /** Says that `file` was touched, with a weight of 0-1 for how lately. */
  touch(file: string, weight: number): void {
    raise(this.#files, file, weight);
    for (
      let folder = parent(file), share = weight * 0.6;
      folder !== null;
      folder = parent(folder), share *= 0.6
    ) {
      raise(this.#folders, folder, share);
    }
  }

  of(file: string): number {
    const folder = parent(file);
    return Math.max(this.#files.get(file) ?? 0, folder === null ? 0 : (this.#folders.get(folder) ?? 0));
  }
}

const TAG_WEIGHT: Readonly<Record<ScannedTodo['tag'], number>> = {
  FIXME: 1,
  TODO: 0.85,
  XXX: 0.8,
  HACK: 0.75,
};
/** Places where a note seldom is somebody's open work. */
const MARGINAL =
  /(^|\/)(tests?|__tests__|spec|specs|fixtures?|examples?|samples?|docs?|benchmarks?|testdata|e2e|demo)(\/|$)|[._-](test|spec)\.\w+$|(^|\/)test_\w+\.py$|_test\.go$/i;

/**
 * How worthwhile a TODO is to raise, 0-1: churn x age x closeness (systems.md, section 5), each saturating and
 * with a floor, so that one missing measure does not hide an otherwise good one.
 * Churn: the file goes on changing around the note. Age: neither written today nor forgotten for years.
 */
export function todoScore(todo: ScannedTodo, closeness: number, now: number): number {
  const churn = 1 - Math.exp(-todo.changesSince / 8);
  const days = todo.writtenAt === null ? 0 : (now - todo.writtenAt) / DAY;
  const overdue = Math.min(1, 0.35 + 0.65 * (1 - Math.exp(-days / 60)));
  const forgotten = days > 365 ? Math.max(0.3, 1 - (days - 365) / 1825) : 1;
  const words = todo.text.split(/\s+/).filter((word) => /[\p{L}\p{N}]{2}/u.test(word)).length;
  const substance = words >= 4 ? 1 : words >= 2 ? 0.7 : 0.35;
  const place = MARGINAL.test(todo.file) ? 0.45 : 1;
  const measures = (0.3 + 0.7 * churn) * overdue * forgotten * (0.35 + 0.65 * closeness);
  return measures * substance * place * TAG_WEIGHT[todo.tag] * (todo.own ? 1 : 0.8);
}

/**
 * Takes the best `limit` items, but no more than `perGroup` of one group before every other group had its
 * turn: five notes of one file tell less than five of five.
 */
export function diverse<T>(
  ranked: readonly T[],
  limit: number,
  perGroup: number,
  group: (item: T) => string,
): T[] {
  const taken = new Map<string, number>();
  const first: T[] = [];
  const rest: T[] = [];
  for (const item of ranked) {
    const key = group(item);
    const n = taken.get(key) ?? 0;
    taken.set(key, n + 1);
    (n < perGroup ? first : rest).push(item);
  }
  return [...first, ...rest].slice(0, limit);
}

function raise(map: Map<string, number>, key: string, weight: number): void {
  // Several light touches add up, but never beyond 1.
  map.set(key, 1 - (1 - (map.get(key) ?? 0)) * (1 - Math.min(weight, 0.95)));
}

function parent(path: string): string | null {
  if (path === '') return null;
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}
