import type { Axis, SelfMoment } from '../../../companion/protocol/index.ts';

export type Move = Extract<SelfMoment, { kind: 'move' }>;
export type Mark = Extract<SelfMoment, { kind: 'mark' }>;

/** One level over time, with the move that each point belongs to; the first and the last point have none. */
export interface Course {
  readonly at: readonly number[];
  readonly values: readonly number[];
  readonly moves: readonly (Move | null)[];
}

const BETWEEN = 1;

/**
 * How a level went, as steps: before and after each move. Between moves it goes by itself, if at all (arousal and
 * valence settle), which the straight line from one to the next shows well enough. Pure.
 */
export function courseOf(
  history: readonly SelfMoment[],
  axis: Axis,
  { from, now, level }: { from: number; now: number; level: number },
): Course {
  const moves = movesOf(history, axis).reverse();
  const points: { at: number; value: number; move: Move | null }[] = [];
  const add = (at: number, value: number, move: Move | null) => {
    const last = points.at(-1);
    // A chart wants each moment once.
    if (last && at <= last.at) points.push({ at: last.at + BETWEEN, value, move });
    else points.push({ at, value, move });
  };
  const before = moves.findLast(({ at }) => at < from);
  const within = moves.filter(({ at }) => at >= from && at <= now);
  const first = within[0];
  const start = before ? changeOf(before, axis).to : first ? changeOf(first, axis).from : level;
  add(from, start, null);
  for (const move of within) {
    const change = changeOf(move, axis);
    add(move.at - BETWEEN, change.from, move);
    add(move.at, change.to, move);
  }
  add(now, level, null);
  return {
    at: points.map(({ at }) => at),
    values: points.map(({ value }) => value),
    moves: points.map(({ move }) => move),
  };
}

/** So much of the whole is shown at least, so that a breath does not look like a storm. */
const LEAST_SPAN = 0.2;

/** The part of 0 to 1 that holds all values, with a little room around them. Pure. */
export function windowOf(values: readonly number[]): [low: number, high: number] {
  const low = Math.min(...values) - 0.03;
  const high = Math.max(...values) + 0.03;
  const lack = Math.max(0, LEAST_SPAN - (high - low)) / 2;
  const [from, until] = [Math.max(0, low - lack), Math.min(1, high + lack)];
  // What one end lacks for being the last, the other has.
  return [Math.max(0, Math.min(from, until - LEAST_SPAN)), Math.min(1, Math.max(until, from + LEAST_SPAN))];
}

/** The moves of one level, the newest first. Pure. */
export function movesOf(history: readonly SelfMoment[], axis: Axis): Move[] {
  return history.filter(
    (moment): moment is Move =>
      moment.kind === 'move' && moment.changes.some((change) => change.axis === axis),
  );
}

/** What a move did to a level. */
export function changeOf(move: Move, axis: Axis): { from: number; to: number } {
  const change = move.changes.find((each) => each.axis === axis);
  return change ?? { from: move.levels[axis], to: move.levels[axis] };
}

/** ".62", "1". */
export function levelText(level: number): string {
  const text = level.toFixed(2);
  if (text === '0.00') return '0';
  return text.startsWith('0') ? text.slice(1) : '1';
}

/** "+.04", "−.07", "no change". */
export function changeText({ from, to }: { from: number; to: number }): string {
  const by = to - from;
  if (Math.abs(by) < 0.005) return '±0';
  return `${by > 0 ? '+' : '−'}${levelText(Math.abs(by))}`;
}
