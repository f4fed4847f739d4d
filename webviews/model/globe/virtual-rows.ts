/** The part of a long list that stands in the page: rows `first` to `end`, without `end`. */
export interface RowWindow {
  readonly first: number;
  readonly end: number;
}

const MARGIN = 4;

/** What is in sight of `count` rows of one height, and a few around it. Pixels. Pure. */
export function rowsInSight(scrolled: number, sight: number, height: number, count: number): RowWindow {
  const first = Math.max(0, Math.floor(scrolled / height) - MARGIN);
  const end = Math.min(count, Math.ceil((scrolled + sight) / height) + MARGIN);
  return { first: Math.min(first, Math.max(0, end - 1)), end };
}

/** How far a list must be scrolled for a row to be whole in sight; null where it is. Pure. */
export function scrollTo(row: number, scrolled: number, sight: number, height: number): number | null {
  const top = row * height;
  if (top < scrolled) return top;
  return top + height > scrolled + sight ? top + height - sight : null;
}
