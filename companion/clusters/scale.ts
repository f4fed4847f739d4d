/** What a measure's cosines are worth: what any two subjects have, and what a subject and its nearest have. */
export interface Scale {
  readonly background: number;
  readonly near: number;
  /** How many subjects it was learnt from. */
  readonly seen: number;
}

/**
 * Where a scale begins: the means that 20 Newsgroups and Reuters-21578 have (docs/MEMORY.md), believed as if twenty
 * subjects had shown them, so that the first three subjects do not define what near is.
 */
export const FIRST_SCALE: Readonly<Record<'vectors' | 'terms', Scale>> = {
  vectors: { background: 0.15, near: 0.62, seen: 20 },
  terms: { background: 0.015, near: 0.29, seen: 20 },
};

/** A scale forgets what it learnt before the last so many subjects. */
const MEMORY = 1000;

/** The scale after one more subject: the mean of its cosines with all others, and with its nearest. Pure. */
export function learn({ background, near, seen }: Scale, mean: number, nearest: number): Scale {
  const share = 1 / Math.min(seen + 1, MEMORY);
  return {
    background: background + (mean - background) * share,
    near: near + (nearest - near) * share,
    seen: seen + 1,
  };
}

/** A cosine on the scale on which any two subjects have 0 and nearest neighbours 1. Pure. */
export function onScale(cosine: number, { background, near }: Scale): number {
  return (cosine - background) / Math.max(near - background, 0.01);
}
