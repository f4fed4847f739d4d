import type { Eye } from './camera.ts';
import { cssOf, mixed, type Palette, type Rgba } from './colours.ts';

const WHITE: Rgba = [1, 1, 1, 1];
const BLACK: Rgba = [0, 0, 0, 1];

/**
 * The ball itself as a CSS background below the points: it changes with the size, never with the turning, so the
 * browser paints it once. Light comes from the upper left; the rim is the thin air above the sea.
 */
export function seaBackground(eye: Eye, palette: Palette): string {
  const [x, y, r] = [eye.width / 2, eye.height / 2, eye.outline];
  const px = (value: number) => `${value.toFixed(1)}px`;
  const ring = (stops: readonly (readonly [Rgba, number, number])[]) =>
    `radial-gradient(circle at ${px(x)} ${px(y)}, ${stops
      .map(([colour, opacity, at]) => `${cssOf(colour, opacity)} ${px(at)}`)
      .join(', ')})`;
  const { sea, text, arc } = palette;
  if (palette.outlined) {
    return ring([
      [sea, 1, r - 2],
      [text, 1, r - 1.5],
      [text, 1, r - 0.5],
      [text, 0, r],
    ]);
  }
  const air = palette.dark ? mixed(arc, WHITE, 0.1) : mixed(arc, WHITE, 0.35);
  const deep = palette.dark ? mixed(sea, BLACK, 0.4) : mixed(sea, arc, 0.16);
  const light = palette.dark ? mixed(sea, mixed(arc, WHITE, 0.2), 0.2) : WHITE;
  // It ends before the outline, since what lies outside is clear.
  const shine = `radial-gradient(circle ${px(r * 0.56)} at ${px(x - r * 0.26)} ${px(y - r * 0.33)}, ${cssOf(light, palette.dark ? 0.5 : 0.9)} 0, ${cssOf(light, palette.dark ? 0.22 : 0.45)} 45%, ${cssOf(light, 0)} 100%)`;
  const rim = palette.dark ? 0.55 : 0.6;
  return [
    ring([
      [air, 0, r * 0.89],
      [air, rim * 0.13, r * 0.965],
      [air, rim * 0.62, r - 0.8],
      [air, rim * 0.5, r],
      [air, rim * 0.2, r + r * 0.016],
      [air, rim * 0.07, r + r * 0.045],
      [air, 0, r + r * 0.11],
    ]),
    shine,
    ring([
      [sea, 1, 0],
      [sea, 1, r * 0.5],
      [deep, 1, r - 0.8],
      [deep, 0, r + 0.2],
    ]),
  ].join(', ');
}
