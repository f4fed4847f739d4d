/** How finely a face is drawn. */
export interface Detail {
  /** Below 32 px: fewer and heavier parts. */
  readonly small: boolean;
  /** From 96 px: beads along the rim. */
  readonly fine: boolean;
}

/** `size`: CSS pixels. */
export function detailOf(size: number): Detail {
  return { small: size < 32, fine: size >= 96 };
}
