import { align, type Side } from './alignment.ts';
import {
  BREAK_COST,
  CONTEXT_LIKENESS,
  CONTEXT_LINES,
  EDITED_CREDIT,
  GAP_PLACES,
  TELLING_LENGTH,
  TRACE_FADE,
  TRACE_LINES,
  TRACE_REACH,
} from './anchor-config.ts';
import { enclosingLines, type FileIndex, neighbour } from './file-index.ts';
import type { LineAnchor } from './line-anchor.ts';
import { keyOf } from './line-text.ts';
import { readTrace } from './line-trace.ts';
import { type Profile, profileOf, similarity } from './similarity.ts';

/** How well a place fits what stood around the anchor, each 0 to 1; null where there is nothing to compare. */
export interface Fit {
  /** The three lines on each side. */
  readonly context: number | null;
  /** The 32 lines on each side. */
  readonly trace: number | null;
  readonly enclosing: number | null;
}

/** What stood around an anchor, prepared against one file. */
export class Surroundings {
  readonly #index: FileIndex;
  readonly #above: PreparedSide;
  readonly #below: PreparedSide;
  readonly #enclosing: readonly Expected[];
  readonly #known: ReadonlySet<number>;

  constructor(anchor: LineAnchor, index: FileIndex) {
    this.#index = index;
    this.#above = this.#prepare(anchor.before, anchor.above);
    this.#below = this.#prepare(anchor.after, anchor.below);
    this.#enclosing = anchor.enclosing.map((text) => ({
      number: index.keyNumber.get(keyOf(text)) ?? -1,
      profile: profileOf(text),
      weight: telling(text),
    }));
    const numbers = [...this.#above.numbers, ...this.#below.numbers];
    this.#known = new Set([...numbers, ...this.#enclosing.map((line) => line.number)]);
  }

  /** Whether the line at `line` says what one that stood around the anchor said. */
  isKnown(line: number): boolean {
    return this.#known.has(this.#index.keys[line]!);
  }

  /** A quick estimate for choosing among very many places: context lines at exactly their distance. */
  glance(line: number): number {
    let sum = 0;
    for (const [side, direction] of this.#sides()) {
      for (let i = 0; i < CONTEXT_LINES; i++) {
        const number = side.numbers[i] ?? -1;
        if (number < 0) continue;
        for (let d = Math.max(1, i - 1); d <= i + 4; d++) {
          const at = neighbour(this.#index, line, direction, d);
          if (at >= 0 && this.#index.keys[at] === number) {
            sum += side.weights[i]! * (d === i + 1 ? 1 : 0.6);
            break;
          }
        }
      }
    }
    return sum;
  }

  /** Lines that stand unchanged next to `line`: the lesser of both sides, up to the length of the trace. */
  intactAt(line: number): number {
    let least = TRACE_LINES;
    for (const [side, direction] of this.#sides()) {
      let run = 0;
      while (run < side.numbers.length) {
        const at = neighbour(this.#index, line, direction, run + 1);
        if (at < 0 || this.#index.keys[at] !== side.numbers[run]) break;
        run++;
      }
      if (run < side.numbers.length || run === 0) least = Math.min(least, run);
    }
    return least;
  }

  fitAt(line: number): Fit {
    const rank = this.#index.above[line]!;
    const fit = this.#fit(rank - 1, this.#index.lines[line] === '' ? rank : rank + 1);
    return { ...fit, enclosing: this.#enclosingFit(line) };
  }

  /**
   * How well the surroundings fit, 0 to 1, where they fit best with nothing, or any one line, between them: as
   * if the anchor's line were deleted or replaced.
   */
  vacancy(): number {
    const ranks = new Set<number>();
    for (const [side, direction] of this.#sides()) {
      for (const number of side.numbers.slice(0, CONTEXT_LINES)) {
        const places = number < 0 ? [] : this.#index.places[number]!;
        if (places.length > GAP_PLACES) continue;
        for (const line of places) ranks.add(this.#index.above[line]! - (direction < 0 ? 0 : 1));
      }
    }
    let best = 0;
    const gaps = [...ranks].flatMap((rank) => [0, 1].map((gap) => ({ up: rank, down: rank + 1 + gap })));
    const near = new Map(gaps.map((gap) => [gap, this.#fit(gap.up, gap.down, CONTEXT_LINES).context ?? 0]));
    gaps.sort((a, b) => near.get(b)! - near.get(a)!);
    for (const { up, down } of gaps.slice(0, 4)) best = Math.max(best, this.#fit(up, down).trace ?? 0);
    return best;
  }

  /** `up` and `down` are the ranks, among solid lines, of the nearest line on each side. */
  #fit(up: number, down: number, length = TRACE_LINES): { context: number | null; trace: number | null } {
    const { solid, keys } = this.#index;
    let near = 0;
    let far = 0;
    let nearWeight = 0;
    let farWeight = 0;
    for (const [side, direction] of this.#sides()) {
      const start = direction < 0 ? up : down;
      const reach = length === TRACE_LINES ? TRACE_REACH : CONTEXT_LINES * 3;
      const found: number[] = [];
      for (let rank = start; rank >= 0 && rank < solid.length && found.length < reach; rank += direction) {
        found.push(keys[solid[rank]!]!);
      }
      const likeness = (i: number, j: number) =>
        j < 2 * CONTEXT_LINES ? this.#likeness(side, i, solid[start + direction * j]!) : 0;
      const soft = side.profiles.length;
      near += align(side, CONTEXT_LINES, found, Math.min(found.length, CONTEXT_LINES * 3), soft, likeness);
      if (length > CONTEXT_LINES) far += align(side, TRACE_LINES, found, found.length, soft, likeness);
      nearWeight += side.nearWeight;
      farWeight += side.farWeight;
    }
    return {
      context: nearWeight === 0 ? null : near / nearWeight,
      trace: farWeight === 0 ? null : far / farWeight,
    };
  }

  #sides(): [PreparedSide, -1 | 1][] {
    return [
      [this.#above, -1],
      [this.#below, 1],
    ];
  }

  #prepare(texts: readonly string[], trace: string): PreparedSide {
    const numbers = readTrace(trace, this.#index);
    const weights = numbers.map((number, i) => {
      const text = texts[i];
      const places = number < 0 ? 1 : this.#index.places[number]!.length;
      const own = text === undefined ? 1 / (1 + Math.log2(places)) : telling(text);
      return Math.exp(-(i + 1) / TRACE_FADE) * own;
    });
    const breaks = numbers.map((_, i) => BREAK_COST * Math.exp(-(i + 1) / TRACE_FADE));
    const profiles = texts.map(profileOf);
    const nearWeight = sum(weights.slice(0, CONTEXT_LINES));
    return { numbers, weights, breaks, profiles, nearWeight, farWeight: sum(weights) };
  }

  /** A line that still stands somewhere as it was is not the one that was edited, nor is another known line. */
  #likeness(side: PreparedSide, i: number, line: number): number {
    if (side.numbers[i]! >= 0 || this.#known.has(this.#index.keys[line]!)) return 0;
    const alike = similarity(side.profiles[i]!, this.#index.profileAt(line));
    return alike >= CONTEXT_LIKENESS ? alike * EDITED_CREDIT : 0;
  }

  #enclosingFit(line: number): number | null {
    const actual = enclosingLines(this.#index, line, this.#enclosing.length + 1);
    if (this.#enclosing.length === 0) return actual.length === 0 ? null : 0;
    let credit = 0;
    let weight = 0;
    for (const wanted of this.#enclosing) {
      let best = 0;
      for (const at of actual) {
        if (this.#index.keys[at] === wanted.number) best = 1;
        else if (best < 1 && wanted.number < 0) {
          const alike = similarity(wanted.profile, this.#index.profileAt(at));
          if (alike >= CONTEXT_LIKENESS) best = Math.max(best, alike);
        }
      }
      weight += wanted.weight;
      credit += wanted.weight * best;
    }
    return credit / weight;
  }
}

interface Expected {
  readonly number: number;
  readonly profile: Profile;
  readonly weight: number;
}

interface PreparedSide extends Side {
  readonly nearWeight: number;
  readonly farWeight: number;
  /** Of the nearest lines, whose text is kept. */
  readonly profiles: readonly Profile[];
}

/** How much a line's text says about which line it is: 0.25 for `}`, 1 for a sentence. */
export function telling(text: string): number {
  const letters = text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  return 0.25 + 0.75 * Math.min(1, letters / TELLING_LENGTH);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
