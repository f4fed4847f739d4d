import { CONTEXT_LINES, GAP_COST, TELLING_LENGTH, TRACE_FADE } from './anchor-config.ts';
import type { FileIndex } from './file-index.ts';
import { readTrace } from './line-trace.ts';
import { type Profile, profileOf } from './similarity.ts';

/** The lines above or below an anchor, nearest first, prepared against one file. */
export interface TraceSide {
  readonly direction: -1 | 1;
  /** Key numbers; -1 for a line that the file does not have. */
  readonly numbers: readonly number[];
  /** What finding a line is worth: more when it is near and says something. */
  readonly weights: readonly number[];
  /** What it costs when a line is not found right behind the one before it. */
  readonly gapCosts: readonly number[];
  /** Of the nearest lines, whose text is kept. */
  readonly profiles: readonly Profile[];
  /** Sum of the weights of the context lines, and of all. */
  readonly nearWeight: number;
  readonly farWeight: number;
}

export function prepareSide(
  texts: readonly string[],
  trace: string,
  index: FileIndex,
  direction: -1 | 1,
): TraceSide {
  const numbers = readTrace(trace, index);
  const nearness = numbers.map((_, i) => Math.exp(-(i + 1) / TRACE_FADE));
  const weights = numbers.map((number, i) => {
    const text = texts[i];
    // Only the hash of a far line is kept: how telling it is shows in how often it stands in the file.
    const places = number < 0 ? 1 : index.places[number]!.length;
    return nearness[i]! * (text === undefined ? 1 / (1 + Math.log2(places)) : telling(text));
  });
  return {
    direction,
    numbers,
    weights,
    gapCosts: nearness.map((near) => near * GAP_COST),
    profiles: texts.map(profileOf),
    nearWeight: sum(weights.slice(0, CONTEXT_LINES)),
    farWeight: sum(weights),
  };
}

/** How much a line's text says about which line it is: a quarter for `}`, 1 for a sentence. */
export function telling(text: string): number {
  const letters = text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  return 0.25 + 0.75 * Math.min(1, letters / TELLING_LENGTH);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
