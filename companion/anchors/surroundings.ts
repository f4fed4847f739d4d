import { align } from './alignment.ts';
import {
  CONTEXT_LIKENESS,
  CONTEXT_LINES,
  EDITED_CREDIT,
  GUIDE_PLACES,
  TRACE_LINES,
  TRACE_REACH,
} from './anchor-config.ts';
import { type Enclosing, enclosingFit, prepareEnclosing } from './enclosing.ts';
import { type FileIndex, neighbour } from './file-index.ts';
import type { LineAnchor } from './line-anchor.ts';
import { similarity } from './similarity.ts';
import { prepareSide, type TraceSide } from './trace-side.ts';

/** How well a place fits what stood around an anchor, each 0 to 1; null where there is nothing to compare. */
export interface Fit {
  /** Three lines on each side. */
  readonly context: number | null;
  /** 32 lines on each side. */
  readonly trace: number | null;
  readonly enclosing: number | null;
}

/** What stood around an anchor, prepared against one file. Lines are counted from 0. */
export class Surroundings {
  readonly #index: FileIndex;
  readonly #sides: readonly TraceSide[];
  readonly #enclosing: readonly Enclosing[];
  readonly #known: ReadonlySet<number>;

  constructor(anchor: LineAnchor, index: FileIndex) {
    this.#index = index;
    this.#sides = [
      prepareSide(anchor.before, anchor.above, index, -1),
      prepareSide(anchor.after, anchor.below, index, 1),
    ];
    this.#enclosing = prepareEnclosing(anchor.enclosing, index);
    const numbers = this.#sides.flatMap((side) => side.numbers);
    this.#known = new Set([...numbers, ...this.#enclosing.map((line) => line.number)]);
  }

  /** Whether the line says what one that stood around the anchor said. */
  isKnown(line: number): boolean {
    return this.#known.has(this.#index.keys[line]!);
  }

  /** Unchanged neighbours: the lesser number of both sides. A side that is unchanged as a whole counts full. */
  intactAt(line: number): number {
    let least = TRACE_LINES;
    for (const { numbers, direction } of this.#sides) {
      let run = 0;
      while (run < numbers.length && this.#keyAt(line, direction, run + 1) === numbers[run]) run++;
      if (run < numbers.length) least = Math.min(least, run);
    }
    return least;
  }

  /** A quick estimate, to choose among very many places. */
  glanceAt(line: number): number {
    let sum = 0;
    for (const { numbers, weights, direction } of this.#sides) {
      for (let i = 0; i < Math.min(CONTEXT_LINES, numbers.length); i++) {
        if (numbers[i]! < 0) continue;
        for (let d = Math.max(1, i - 1); d <= i + 4; d++) {
          if (this.#keyAt(line, direction, d) !== numbers[i]) continue;
          sum += weights[i]! * (d === i + 1 ? 1 : 0.6);
          break;
        }
      }
    }
    return sum;
  }

  fitAt(line: number): Fit {
    const rank = this.#index.above[line]!;
    const below = this.#index.lines[line] === '' ? rank : rank + 1;
    return { ...this.#fit(rank - 1, below), enclosing: enclosingFit(this.#enclosing, this.#index, line) };
  }

  /**
   * How well the trace fits, 0 to 1, where it fits best with nothing, or any one line, in the middle: where the
   * anchor's line was, if it was deleted or replaced.
   */
  vacancy(): number {
    const ranks = new Set<number>();
    for (const { numbers, direction } of this.#sides) {
      for (const number of numbers.slice(0, CONTEXT_LINES)) {
        const places = number < 0 ? [] : this.#index.places[number]!;
        if (places.length > GUIDE_PLACES) continue;
        for (const line of places) ranks.add(this.#index.above[line]! - (direction < 0 ? 0 : 1));
      }
    }
    const gaps = [...ranks].flatMap((up) => [1, 2].map((size) => ({ up, down: up + size })));
    const near = new Map(gaps.map((gap) => [gap, this.#fit(gap.up, gap.down, true).context ?? 0]));
    gaps.sort((a, b) => near.get(b)! - near.get(a)!);
    return Math.max(0, ...gaps.slice(0, GUIDE_PLACES).map(({ up, down }) => this.#fit(up, down).trace ?? 0));
  }

  /** `up` and `down` are the ranks, among the solid lines, of the nearest line on each side. */
  #fit(up: number, down: number, nearOnly = false): { context: number | null; trace: number | null } {
    const { solid, keys } = this.#index;
    const sums = { near: 0, far: 0, nearWeight: 0, farWeight: 0 };
    for (const side of this.#sides) {
      const start = side.direction < 0 ? up : down;
      const reach = nearOnly ? CONTEXT_LINES * 3 : TRACE_REACH;
      const found: number[] = [];
      for (let at = start; at >= 0 && at < solid.length && found.length < reach; at += side.direction) {
        found.push(keys[solid[at]!]!);
      }
      const likeness = (i: number, j: number) =>
        j < CONTEXT_LINES * 2 ? this.#likeness(side, i, solid[start + side.direction * j]!) : 0;
      const stretch = { keys: found, likeness };
      sums.near += align(side, CONTEXT_LINES, stretch, Math.min(found.length, CONTEXT_LINES * 3));
      if (!nearOnly) sums.far += align(side, TRACE_LINES, stretch, found.length);
      sums.nearWeight += side.nearWeight;
      sums.farWeight += side.farWeight;
    }
    return {
      context: sums.nearWeight === 0 ? null : sums.near / sums.nearWeight,
      trace: sums.farWeight === 0 ? null : sums.far / sums.farWeight,
    };
  }

  /** A line that still stands somewhere as it was is not the one that was edited, nor is another known line. */
  #likeness(side: TraceSide, i: number, line: number): number {
    if (side.numbers[i]! >= 0 || this.isKnown(line)) return 0;
    const alike = similarity(side.profiles[i]!, this.#index.profileAt(line));
    return alike >= CONTEXT_LIKENESS ? alike * EDITED_CREDIT : 0;
  }

  #keyAt(line: number, direction: -1 | 1, distance: number): number | undefined {
    const at = neighbour(this.#index, line, direction, distance);
    return at < 0 ? undefined : this.#index.keys[at];
  }
}
