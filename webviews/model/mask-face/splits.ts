import { clipped, type HalfPlane, type Point, type Polygon } from './geometry.ts';
import type { Outline } from './outlines.ts';

/** What of a face lies in the ink's colour; what is drawn there is drawn in the ground's. By form. */
export function splitOf(form: number, { body, eyes, mouth, brow, centre }: Outline): readonly Polygon[] {
  const [cx] = centre;
  const eyeLine = (eyes[0][1] + eyes[1][1]) / 2;
  const chin = (eyeLine + mouth[1]) / 2 + 2.5;
  const areas: readonly (readonly HalfPlane[])[][] = [
    [],
    [[rightOf(cx)]],
    [[below(chin)]],
    [[above((brow[1] + eyeLine) / 2)]],
    [[rightOf(brow[0] - 6.5), leftOf(brow[0] + 6.5)]],
    [[slope([20, 20], [80, 88])]],
    [[below(eyeLine - 9.5), above(eyeLine + 9.5)]],
    [[leftOf(eyes[0][0])], [rightOf(eyes[1][0])]],
  ];
  return (areas[form] ?? []).map((planes) => clipped(body, planes));
}

function rightOf(x: number): HalfPlane {
  return { from: [x, 100], to: [x, 0] };
}

function leftOf(x: number): HalfPlane {
  return { from: [x, 0], to: [x, 100] };
}

function below(y: number): HalfPlane {
  return { from: [0, y], to: [100, y] };
}

function above(y: number): HalfPlane {
  return { from: [100, y], to: [0, y] };
}

function slope(from: Point, to: Point): HalfPlane {
  return { from, to };
}
