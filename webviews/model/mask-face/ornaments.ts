import type { Features } from './features.ts';
import { clockwise, mirrored, type Point, type Polygon, rounded, scaled } from './geometry.ts';
import type { Outline } from './outlines.ts';
import { block, bowl, dot, turned } from './shapes.ts';

/** Crest and sides. `k`: 1, or more where the face is small. */
export function ornamentsOf(
  { crest, sides }: Pick<Features, 'crest' | 'sides'>,
  outline: Outline,
  k: number,
): readonly Polygon[] {
  const { top, left, right, centre } = outline;
  const side = (polygon: Polygon) => ((polygon[0]?.[0] ?? 0) < centre[0] ? left : right);
  return [
    ...crestOf(crest, outline).map((polygon) => scaled(polygon, top, k)),
    ...sidesOf(sides, outline).map((polygon) => scaled(polygon, side(polygon), k)),
  ].map((polygon) => clockwise(polygon.map(within)));
}

/** A small face's ornaments are blunted rather than cut off. */
function within([x, y]: Point): Point {
  return [Math.min(97, Math.max(3, x)), Math.min(97, Math.max(3, y))];
}

/** What stands on top, by form. It begins inside the face, which is drawn over its foot. */
function crestOf(form: number, { top: [x, y], topWidth: w }: Outline): readonly Polygon[] {
  const pair = (one: Polygon) => [one, mirrored(one, x)];
  const reach = Math.max(13, w * 0.5);
  switch (form) {
    case 1:
      return pair(
        rounded(
          [
            [x + reach - 8, y + 12],
            [x + reach + 9, y - 15],
            [x + reach + 8, y + 14],
          ],
          [0, 2, 0],
          4,
        ),
      );
    case 2:
      return pair(dot([x + reach + 3, y + 1], 10));
    case 3:
      return [
        rounded(
          [
            [x - 10, y + 8],
            [x, y - 16],
            [x + 10, y + 8],
          ],
          [0, 2, 0],
          4,
        ),
      ];
    case 4:
      return [-1, 0, 1].map((i) =>
        rounded(
          [
            [x + i * 11 - 6.5, y + 12],
            [x + i * 13, y - (i === 0 ? 15 : 11)],
            [x + i * 11 + 6.5, y + 12],
          ],
          [0, 1.5, 0],
          4,
        ),
      );
    case 5:
      return [block([x, y - 1], 5, 14), dot([x, y - 9], 7)];
    case 6:
      return [bowl([x, y + 1], 36, -18), dot([x, y - 10], 6)];
    case 7:
      return pair(
        turned(
          rounded(
            [
              [x + 1, y + 8],
              [x + 4, y - 9],
              [x + 13, y - 16],
              [x + 14, y - 4],
            ],
            [0, 5, 1, 6],
            5,
          ),
          [x, y],
          14,
        ),
      );
    default:
      return [];
  }
}

/** What stands at both sides, by form. */
function sidesOf(form: number, { left, right }: Outline): readonly Polygon[] {
  const both = (draw: (at: Point, side: -1 | 1) => readonly Polygon[]) => [
    ...draw(left, -1),
    ...draw(right, 1),
  ];
  switch (form) {
    case 1:
      return both(([x, y], s) => [dot([x + s * 4, y], 9)]);
    case 2:
      return both(([x, y], s) => [
        rounded(
          [
            [x - s * 4, y - 9],
            [x + s * 15, y],
            [x - s * 4, y + 9],
          ],
          [0, 1.5, 0],
          4,
        ),
      ]);
    case 3:
      return both(([x, y], s) => [dot([x + s * 3, y + 9], 7)]);
    case 4:
      return both(([x, y], s) => [block([x + s * 4, y + 8], 11, 28)]);
    case 5:
      return both(([x, y], s) => [
        rounded(
          [
            [x - s * 5, y - 3],
            [x + s * 14, y - 15],
            [x + s * 1, y + 11],
          ],
          [0, 1.5, 0],
          4,
        ),
      ]);
    case 6:
      return both(([x, y], s) => [dot([x + s * 4.5, y - 7], 5.8), dot([x + s * 4.5, y + 7], 5.8)]);
    case 7:
      return both(([x, y], s) => [
        rounded(
          [
            [x - s * 5, y - 9],
            [x + s * 12, y + 17],
            [x - s * 2, y + 9],
          ],
          [0, 1.5, 0],
          4,
        ),
      ]);
    default:
      return [];
  }
}
