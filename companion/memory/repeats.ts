import type { Ranked } from './rank.ts';

/** What tells two scores apart and nothing more. */
const HAIR = 1e-9;
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

/**
 * Puts a summary behind what it quotes, where that was found, and takes from it what a repetition loses: it says
 * nothing that its originals do not. `quoted` gives those of them that were ranked; null for what is no summary. Pure.
 */
export function originalsFirst(
  ranked: readonly Ranked[],
  { penalty, quoted }: { penalty: number; quoted: (rowid: number) => readonly number[] | null },
): Ranked[] {
  const scores = new Map(ranked.map(({ rowid, score }) => [rowid, score]));
  const behind = ranked.map((each) => {
    const originals = quoted(each.rowid);
    if (originals === null) return each;
    const ahead = originals.map((rowid) => (scores.get(rowid) ?? Number.POSITIVE_INFINITY) - HAIR);
    const score = Math.min(each.score - penalty, ...ahead);
    const repeated = each.parts.repeated + score - each.score;
    return { ...each, score, parts: { ...each.parts, repeated } };
  });
  return behind.sort((a, b) => b.score - a.score);
}

/** Puts a fact that has ceased to hold behind the one that took its place, where both were found. Pure. */
export function currentFirst(
  ranked: readonly Ranked[],
  successor: (rowid: number) => number | null,
): Ranked[] {
  const scores = new Map(ranked.map(({ rowid, score }) => [rowid, score]));
  const behind = ranked.map((each) => {
    const ahead = scores.get(successor(each.rowid) ?? -1);
    const excess = ahead === undefined ? 0 : each.score - ahead;
    if (ahead === undefined || excess < 0) return each;
    const [score, salience] = [ahead - HAIR, each.parts.salience - excess - HAIR];
    return { ...each, score, parts: { ...each.parts, salience } };
  });
  return behind.sort((a, b) => b.score - a.score);
}
