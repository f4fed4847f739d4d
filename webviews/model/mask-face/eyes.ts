import type { Tone } from '../../../companion/protocol/index.ts';
import type { Detail } from './detail.ts';
import type { Point, Polygon } from './geometry.ts';
import { arc, bar, bowl, dot, turned } from './shapes.ts';

type Eye = (centre: Point, side: -1 | 1, detail: Detail) => readonly Polygon[];

/** The eyes of a tone, brows among them; `side` is -1 for the one on the left. */
export const EYES: Record<Tone, Eye> = {
  /** Closed, at rest. */
  calm: ([x, y], _side, { small }) => [arc([x, y], 16, 7, small ? 6 : 4.6)],
  /** Wide open, one brow raised. */
  curious: ([x, y], side, { small }) =>
    small
      ? [dot([x, y], side > 0 ? 8 : 6)]
      : [dot([x, y], 7.6), dot([x + 1.6, y - 1.6], 3), arc([x, y - (side > 0 ? 15 : 12.8)], 14, -4, 3)],
  /** Narrowed, brows level. */
  focused: ([x, y], _side, { small }) =>
    small
      ? [bar([x, y], 17, 6.5)]
      : [bar([x, y - 5.6], 18, 3.6), bowl([x, y + 1.8], 15, 6.4), dot([x, y + 0.8], 1.7)],
  /** One winks. */
  playful: ([x, y], side, { small }) =>
    side > 0
      ? [arc([x, y], 16, -8, small ? 6 : 4.6)]
      : small
        ? [dot([x, y], 7)]
        : [dot([x, y], 7.2), dot([x + 1.5, y - 1.5], 2.8), arc([x, y - 13], 14, -4, 3)],
  /** Brows drawn together. */
  tense: ([x, y], side, { small }) =>
    small
      ? [bar([x, y - 1.5], 18, 6.5, side * -26)]
      : [bar([x, y - 7], 18, 4, side * -24), dot([x, y + 2.4], 4.8)],
  /** Lids half down, brows falling outwards. */
  weary: ([x, y], side, { small }) =>
    small
      ? [turned(bowl([x, y + 1], 16, 9), [x, y], side * 14)]
      : [
          turned(bowl([x, y + 2], 16, 8.4), [x, y], side * 10),
          dot([x, y + 2.6], 2),
          bar([x, y - 7], 15, 3, side * 20),
        ],
};
