/** A part of the window, in CSS pixels from its top left. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** So far from the edges, and from whatever can be operated. */
const MARGIN = 12;
const GAP = 6;
/** The places along an edge that are tried are so far apart. */
const STEP = 8;

/**
 * Where a box of this size can stand in `area` without lying on any of `taken`: as low as possible along the right edge,
 * else along the left; null where it would lie on something everywhere.
 */
export function placeFor(
  { width, height }: Pick<Box, 'width' | 'height'>,
  area: Box,
  taken: readonly Box[],
): Pick<Box, 'left' | 'top'> | null {
  const lowest = area.top + area.height - MARGIN - height;
  const highest = area.top + MARGIN;
  const right = area.left + area.width - MARGIN - width;
  const left = area.left + MARGIN;
  if (right < area.left || lowest < highest) return null;
  for (const x of left < right ? [right, left] : [right])
    for (let y = lowest; y >= highest; y -= STEP) {
      const box = { left: x - GAP, top: y - GAP, width: width + 2 * GAP, height: height + 2 * GAP };
      if (!taken.some((each) => overlap(box, each))) return { left: x, top: y };
    }
  return null;
}

export function overlap(a: Box, b: Box): boolean {
  return (
    a.left < b.left + b.width &&
    b.left < a.left + a.width &&
    a.top < b.top + b.height &&
    b.top < a.top + a.height
  );
}

/**
 * Whether lines may stand over the views of this window at all: not in a low pane, and in the editor not where it is as
 * narrow as a side bar. Several panes would say the same there, and the editor's status bar says it anyway.
 */
export function hasRoom(window: {
  readonly inEditor: boolean;
  readonly width: number;
  readonly height: number;
}): boolean {
  return window.height >= 340 && (!window.inEditor || window.width >= 600);
}
