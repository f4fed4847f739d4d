import type { Archetype, Tone } from '../../../companion/protocol/index.ts';
import { detailOf } from './detail.ts';
import { EYES } from './eyes.ts';
import { featuresOf } from './features.ts';
import { type Polygon, pathOf, scaled, spaced, startingAt } from './geometry.ts';
import { browMark, cheekMarks, mouthOf } from './marks.ts';
import { ornamentsOf } from './ornaments.ts';
import { enlarged, OUTLINES, type Outline } from './outlines.ts';
import { PAIRS, type Pair } from './pairs.ts';
import { dot } from './shapes.ts';
import { splitOf } from './splits.ts';
import { type RingStyle, TONE_RINGS } from './tone-ring.ts';

export interface Wearer {
  /** Of the mask: the same id is always the same face. */
  readonly id: string;
  readonly archetype: Archetype;
  readonly tone: Tone;
}

/** What a face is drawn of, in 100 by 100 units, from back to front. */
export interface Face {
  readonly pair: Pair;
  readonly ring: RingStyle & { readonly d: string; readonly width: number };
  /** Crest and sides: behind the body, before the ring. */
  readonly ornaments: string;
  readonly body: string;
  /** The width of the line in ink around the body; 0: none. */
  readonly edge: number;
  /** That around the ornaments, which lie over half of it: a light crest is seen on a light page by it. */
  readonly ornamentEdge: number;
  /** All that is in ink; where two parts of it lie over each other the ground shows ("evenodd"). */
  readonly ink: string;
}

/** The face of a mask. `size`: CSS pixels; a small one has fewer and heavier parts. Pure: no chance, no clock. */
export function faceOf({ id, archetype, tone }: Wearer, size = 48): Face {
  const features = featuresOf(id);
  const detail = detailOf(size);
  const outline = detail.small ? enlarged(OUTLINES[archetype], 1.08) : OUTLINES[archetype];
  const k = detail.small ? 1.5 : 1;
  const { body, centre, eyes } = outline;
  const ring = TONE_RINGS[tone];
  const beads = detail.fine ? beadsOf(outline) : [];
  return {
    pair: PAIRS[features.pair] as Pair,
    ring: {
      ...ring,
      d: pathOf([startingAt(scaled(body, centre, detail.small ? 1.17 : 1.2), outline.top)]),
      width: detail.small ? 4.6 + ring.weight * 1.2 : ring.weight * 3.6,
    },
    ornaments: pathOf(ornamentsOf(features, outline, detail.small ? 1.45 : 1)),
    body: pathOf([body]),
    edge: detail.small ? 0 : 1.8,
    ornamentEdge: detail.small ? 6 : 2.8,
    ink: pathOf([
      ...splitOf(features.split, outline),
      ...EYES[tone](eyes[0], -1, detail),
      ...EYES[tone](eyes[1], 1, detail),
      ...browMark(features.brow, outline.brow, k),
      ...cheekMarks(features.cheeks, outline.cheeks, k),
      ...mouthOf(features.mouth, outline.mouth, k),
      ...beads,
    ]),
  };
}

/** Beads along the rim, from cheek to cheek over the brow. */
function beadsOf({ body, centre, top, cheeks }: Outline): readonly Polygon[] {
  const lowest = Math.min(cheeks[0][1], cheeks[1][1]) - 10;
  return spaced(startingAt(scaled(body, centre, 0.9), top), 48)
    .filter(([, y]) => y < lowest)
    .map((bead) => dot(bead, 0.95));
}
