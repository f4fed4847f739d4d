import type { MaskPriorities } from '../protocol/index.ts';
import type { FateMeasure, FateMeasures } from './fate-measures.ts';

type Read = (m: FateMeasures) => { readonly value: number; readonly words: string } | null;
/** How one or two measures are read. */
export interface Rule {
  readonly cites: readonly FateMeasure[];
  readonly concern: keyof MaskPriorities;
  readonly read: Read;
}

/** Rises with n, is 0 at `middle` and about three quarters of 1 where n is `e^spread` times that. Bounded. */
export function rising(n: number, middle: number, spread: number): number {
  return Math.tanh(Math.log((Math.max(0, n) + 1) / (middle + 1)) / spread);
}

/** A reading of one measure; -1 to 1, null where it is not measured. */
export function rule<M extends FateMeasure>(
  concern: keyof MaskPriorities,
  measure: M,
  value: (n: number) => number,
  words: (n: number) => string,
): Rule {
  return {
    cites: [measure],
    concern,
    read: (m) => {
      const n = m[measure];
      return n === null ? null : { value: clampOne(value(n)), words: words(n) };
    },
  };
}

function clampOne(n: number): number {
  return Math.min(1, Math.max(-1, n));
}
