/** A point of a drawing of 100 by 100 units. */
export type Point = readonly [x: number, y: number];
/** Closed: the last point leads to the first. */
export type Polygon = readonly Point[];

/** All points on the right of a line that goes from `from` to `to`, as seen on a screen. */
export interface HalfPlane {
  readonly from: Point;
  readonly to: Point;
}

/** An ellipse as a polygon fine enough for 400 px: its sides stand off the curve by less than .1 px. */
export function ellipse([cx, cy]: Point, rx: number, ry = rx, sides = 72): Polygon {
  return Array.from({ length: sides }, (_, i) => {
    const angle = (2 * Math.PI * i) / sides - Math.PI / 2;
    return [cx + rx * Math.cos(angle), cy + ry * Math.sin(angle)] as const;
  });
}

/** A polygon with its corners rounded: each is cut `radius` before and after, and joined by a curve. */
export function rounded(corners: Polygon, radius: number | readonly number[], steps = 8): Polygon {
  return corners.flatMap((corner, i) => {
    const r = typeof radius === 'number' ? radius : (radius[i] ?? 0);
    const before = towards(corner, at(corners, i - 1), r);
    const after = towards(corner, at(corners, i + 1), r);
    return Array.from({ length: steps + 1 }, (_, step) => onCurve(before, corner, after, step / steps));
  });
}

/** What of a convex polygon lies in all of the half planes (Sutherland and Hodgman). */
export function clipped(polygon: Polygon, planes: readonly HalfPlane[]): Polygon {
  return planes.reduce<Polygon>((left, plane) => cut(left, plane), polygon);
}

/** So many points at equal distances along a polygon, from its first corner on. */
export function spaced(polygon: Polygon, count: number): Polygon {
  const lengths = polygon.map((point, i) => distance(point, at(polygon, i + 1)));
  const step = lengths.reduce((sum, length) => sum + length, 0) / count;
  let [corner, gone] = [0, 0];
  return Array.from({ length: count }, (_, i) => {
    while (corner < polygon.length - 1 && gone + (lengths[corner] ?? 0) < i * step)
      gone += lengths[corner++] ?? 0;
    return towards(at(polygon, corner), at(polygon, corner + 1), i * step - gone, 1);
  });
}

/** The same figure, begun at the corner nearest to a point. */
export function startingAt(polygon: Polygon, point: Point): Polygon {
  const away = polygon.map((corner) => distance(corner, point));
  const first = away.indexOf(Math.min(...away));
  return [...polygon.slice(first), ...polygon.slice(0, first)];
}

/** The same figure, larger or smaller about a point. */
export function scaled(polygon: Polygon, [cx, cy]: Point, by: number): Polygon {
  return polygon.map(([x, y]) => [cx + (x - cx) * by, cy + (y - cy) * by] as const);
}

/** The same figure as in a mirror that stands upright at `x`. */
export function mirrored(polygon: Polygon, axis: number): Polygon {
  return polygon.map(([x, y]) => [2 * axis - x, y] as const);
}

/** The same figure, drawn clockwise, so that figures that lie over each other make one. */
export function clockwise(polygon: Polygon): Polygon {
  const area = polygon.reduce(
    (sum, [x, y], i) => sum + x * at(polygon, i + 1)[1] - at(polygon, i + 1)[0] * y,
    0,
  );
  return area < 0 ? [...polygon].reverse() : polygon;
}

/** As the `d` of a path, to hundredths of a unit. */
export function pathOf(polygons: readonly Polygon[]): string {
  return polygons
    .filter((polygon) => polygon.length > 2)
    .map((polygon) => `M${polygon.map(([x, y]) => `${hundredths(x)} ${hundredths(y)}`).join('L')}Z`)
    .join('');
}

function cut(polygon: Polygon, { from, to }: HalfPlane): Polygon {
  const side = ([x, y]: Point) => (to[0] - from[0]) * (y - from[1]) - (to[1] - from[1]) * (x - from[0]);
  return polygon.flatMap((point, i) => {
    const next = at(polygon, i + 1);
    const [here, there] = [side(point), side(next)];
    const crossing = here / (here - there);
    const kept = here >= 0 ? [point] : [];
    return here >= 0 === there >= 0 ? kept : [...kept, between(point, next, crossing)];
  });
}

function at(polygon: Polygon, i: number): Point {
  return polygon[(i + polygon.length) % polygon.length] as Point;
}

export function distance(a: Point, b: Point): number {
  return Math.hypot(b[0] - a[0], b[1] - a[1]);
}

function between(a: Point, b: Point, share: number): Point {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
}

/** The point at a distance from one towards another, at most so much of the way. */
function towards(from: Point, to: Point, far: number, most = 0.5): Point {
  return between(from, to, Math.min(most, far / (distance(from, to) || 1)));
}

function onCurve(a: Point, corner: Point, b: Point, t: number): Point {
  return between(between(a, corner, t), between(corner, b, t), t);
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}
