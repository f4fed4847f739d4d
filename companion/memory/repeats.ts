import type { Ranked } from './rank.ts';

/** So far down the list it matters that something is said twice. */
const LOOKED_AT = 50;

/**
 * Puts what says the same words as something ranked before it further down: two records that agree tell no more than
 * one. Pure.
 */
export function demoteRepeats(
  ranked: readonly Ranked[],
  { penalty, content }: { penalty: number; content: (rowid: number) => string },
): Ranked[] {
  const said = new Set<string>();
  const looked = ranked.slice(0, LOOKED_AT).map((each) => {
    const words =
      content(each.rowid)
        .toLowerCase()
        .match(/[\p{L}\p{N}]+/gu)
        ?.join(' ') ?? '';
    if (!said.has(words)) {
      said.add(words);
      return each;
    }
    return { ...each, score: each.score - penalty, parts: { ...each.parts, repeated: -penalty } };
  });
  return [...looked, ...ranked.slice(LOOKED_AT)].sort((a, b) => b.score - a.score);
}
