/** Chances that fall the same way each time. */
export interface Dice {
  /** From 0 to 1. */
  share(): number;
  among<T>(all: readonly T[]): T;
  /** From 0 to `most`, without it. */
  below(most: number): number;
}

/** Mulberry32, as everybody has it. */
export function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  const share = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let x = Math.imul(state ^ (state >>> 15), state | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    share,
    among: (all) => all[Math.floor(share() * all.length)]!,
    below: (most) => Math.floor(share() * most),
  };
}
