import type { Point, Polygon } from './geometry.ts';
import { arc, bar, block, bowl, diamond, dot, triangle } from './shapes.ts';

/** What stands on the brow, by form. `k`: 1, or more where the face is small. */
export function browMark(form: number, [x, y]: Point, k: number): readonly Polygon[] {
  const marks: readonly (readonly Polygon[])[] = [
    [],
    [dot([x, y], 4.2 * k)],
    [diamond([x, y], 19 * k, 9 * k)],
    [bar([x, y], 20 * k, 4.4 * k)],
    [arc([x, y], 17 * k, 8 * k, 4.4 * k)],
    [triangle([x, y], 14 * k, 10 * k)],
    [dot([x - 8.5 * k, y + 1.5], 3 * k), dot([x, y - 1], 3 * k), dot([x + 8.5 * k, y + 1.5], 3 * k)],
    [block([x - 4.4 * k, y], 4.2 * k, 11 * k), block([x + 4.4 * k, y], 4.2 * k, 11 * k)],
  ];
  return marks[form] ?? [];
}

/** What stands on both cheeks, by form. */
export function cheekMarks(
  form: number,
  [left, right]: readonly [Point, Point],
  k: number,
): readonly Polygon[] {
  const both = (draw: (at: Point, side: -1 | 1) => readonly Polygon[]) => [
    ...draw(left, -1),
    ...draw(right, 1),
  ];
  switch (form) {
    case 1:
      return both((at) => [dot(at, 4 * k)]);
    case 2:
      return both(([x, y]) => [
        bar([x, y - 2.6 * k], 10 * k, 2.8 * k),
        bar([x, y + 2.6 * k], 10 * k, 2.8 * k),
      ]);
    case 3:
      return both(([x, y]) => [triangle([x, y + 1], 7 * k, 13 * k)]);
    case 4:
      return both((at) => [diamond(at, 11 * k, 7 * k)]);
    case 5:
      return both((at, side) => [bar(at, 12 * k, 4 * k, side * -38)]);
    case 6:
      return [dot(left, 5.2 * k)];
    case 7:
      return [diamond(right, 10 * k, 10 * k)];
    default:
      return [];
  }
}

/** The mouth, by form. It tells no tone: eyes and brows do. */
export function mouthOf(form: number, [x, y]: Point, k: number): readonly Polygon[] {
  const mouths: readonly (readonly Polygon[])[] = [
    [bar([x, y], 17 * k, 4.4 * k)],
    [arc([x, y], 20 * k, 8 * k, 4.8 * k)],
    [dot([x, y], 5 * k)],
    [bowl([x, y - 1], 20 * k, 8.5 * k)],
    [triangle([x, y], 12 * k, -10 * k)],
    [
      block([x - 6.4 * k, y], 4.4 * k, 7 * k),
      block([x, y], 4.4 * k, 7 * k),
      block([x + 6.4 * k, y], 4.4 * k, 7 * k),
    ],
    [diamond([x, y], 17 * k, 8.5 * k)],
    [bar([x, y], 12 * k, 6 * k, 90)],
  ];
  return mouths[form] ?? [];
}
