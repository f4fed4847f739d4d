import type { Archetype } from '../../../companion/protocol/index.ts';
import { ellipse, type Point, type Polygon, rounded } from './geometry.ts';

/** The outline of an archetype, and where on it the features stand. */
export interface Outline {
  readonly body: Polygon;
  /** What the ring is scaled about. */
  readonly centre: Point;
  /** Where a crest stands, and how wide its foot may be. */
  readonly top: Point;
  readonly topWidth: number;
  /** The heights at which the sides are reached, and where. */
  readonly left: Point;
  readonly right: Point;
  readonly brow: Point;
  readonly eyes: readonly [Point, Point];
  readonly cheeks: readonly [Point, Point];
  readonly mouth: Point;
}

export const OUTLINES: Record<Archetype, Outline> = {
  creator: {
    body: ellipse([50, 54], 34),
    centre: [50, 54],
    top: [50, 21],
    topWidth: 32,
    left: [17, 54],
    right: [83, 54],
    brow: [50, 32],
    eyes: [
      [35.5, 49],
      [64.5, 49],
    ],
    cheeks: [
      [31, 65],
      [69, 65],
    ],
    mouth: [50, 73],
  },
  sage: {
    body: rounded(
      [
        [50, 16],
        [83, 34.5],
        [83, 72.5],
        [50, 91],
        [17, 72.5],
        [17, 34.5],
      ],
      7,
    ),
    centre: [50, 53.5],
    top: [50, 19],
    topWidth: 22,
    left: [18, 54],
    right: [82, 54],
    brow: [50, 32],
    eyes: [
      [35.5, 49],
      [64.5, 49],
    ],
    cheeks: [
      [30, 65],
      [70, 65],
    ],
    mouth: [50, 74],
  },
  guardian: {
    body: shield(),
    centre: [50, 51.5],
    top: [50, 23],
    topWidth: 44,
    left: [18, 46],
    right: [82, 46],
    brow: [50, 32.5],
    eyes: [
      [36, 47],
      [64, 47],
    ],
    cheeks: [
      [31.5, 62],
      [68.5, 62],
    ],
    mouth: [50, 71],
  },
  weaver: {
    body: rounded(
      [
        [50, 11],
        [91, 54],
        [50, 97],
        [9, 54],
      ],
      21,
    ),
    centre: [50, 54],
    top: [50, 21.5],
    topWidth: 16,
    left: [16, 54],
    right: [84, 54],
    brow: [50, 33],
    eyes: [
      [37.5, 50],
      [62.5, 50],
    ],
    cheeks: [
      [33.5, 64],
      [66.5, 64],
    ],
    mouth: [50, 74],
  },
  trickster: {
    body: rounded(
      [
        [60, 12],
        [88, 42],
        [45, 91],
        [14, 37],
      ],
      [9, 13, 9, 13],
    ),
    centre: [51, 49.5],
    top: [58, 21.5],
    topWidth: 14,
    left: [17, 42],
    right: [84, 44],
    brow: [54, 31],
    eyes: [
      [37, 45],
      [65, 48],
    ],
    cheeks: [
      [33.5, 58.5],
      [63, 62],
    ],
    mouth: [48, 67.5],
  },
};

/** The same outline, larger about its centre, with all that stands on it. */
export function enlarged(outline: Outline, by: number): Outline {
  const { body, centre, top, topWidth, left, right, brow, eyes, cheeks, mouth } = outline;
  const moved = ([x, y]: Point): Point => [
    centre[0] + (x - centre[0]) * by,
    centre[1] + (y - centre[1]) * by,
  ];
  return {
    body: body.map(moved),
    centre,
    top: moved(top),
    topWidth: topWidth * by,
    left: moved(left),
    right: moved(right),
    brow: moved(brow),
    eyes: [moved(eyes[0]), moved(eyes[1])],
    cheeks: [moved(cheeks[0]), moved(cheeks[1])],
    mouth: moved(mouth),
  };
}

/** Straight shoulders, then two curves that meet in a point. */
function shield(): Polygon {
  const shoulders = rounded(
    [
      [19, 48],
      [19, 22],
      [81, 22],
      [81, 48],
    ],
    [0, 8, 8, 0],
  ).slice(9, 27);
  const curve = (t: number): Point => {
    const [a, b, c, d] = [(1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t ** 2, t ** 3];
    return [81 * a + 81 * b + 64 * c + 50 * d, 46 * a + 67 * b + 80 * c + 88 * d];
  };
  const right = Array.from({ length: 25 }, (_, i) => curve(i / 24));
  const left = right
    .slice(0, -1)
    .reverse()
    .map(([x, y]): Point => [100 - x, y]);
  return [[50, 22], ...shoulders.slice(9), ...right, ...left, ...shoulders.slice(0, 9)];
}
