import { ellipse, type Point, type Polygon, rounded } from './geometry.ts';

/** Small figures that faces are made of; each is filled, none is stroked, so that two of them can swap colours. */

export function dot(centre: Point, r: number): Polygon {
  return ellipse(centre, r, r, 32);
}

/** A bar with round ends, turned by `degrees`. */
export function bar([cx, cy]: Point, length: number, thickness: number, degrees = 0): Polygon {
  const [x, y] = [length / 2, thickness / 2];
  const flat = rounded(
    [
      [cx - x, cy - y],
      [cx + x, cy - y],
      [cx + x, cy + y],
      [cx - x, cy + y],
    ],
    thickness / 2,
    6,
  );
  return turned(flat, [cx, cy], degrees);
}

/** A block with sharp corners. */
export function block([cx, cy]: Point, width: number, height: number): Polygon {
  const [x, y] = [width / 2, height / 2];
  return [
    [cx - x, cy - y],
    [cx + x, cy - y],
    [cx + x, cy + y],
    [cx - x, cy + y],
  ];
}

export function diamond([cx, cy]: Point, width: number, height: number): Polygon {
  return rounded(
    [
      [cx, cy - height / 2],
      [cx + width / 2, cy],
      [cx, cy + height / 2],
      [cx - width / 2, cy],
    ],
    1.2,
    4,
  );
}

/** Stands on its base; with a negative height on its tip. */
export function triangle([cx, cy]: Point, width: number, height: number): Polygon {
  return rounded(
    [
      [cx, cy - height / 2],
      [cx + width / 2, cy + height / 2],
      [cx - width / 2, cy + height / 2],
    ],
    1.2,
    4,
  );
}

/** A band that is bent: `bend` is how far its middle lies below its ends; negative bends it up. */
export function arc([cx, cy]: Point, width: number, bend: number, thickness: number): Polygon {
  const points = Array.from({ length: 21 }, (_, i) => (i / 10 - 1) as number);
  const line = (t: number) => cy + bend * (1 - t * t) - bend / 2;
  const half = (t: number) => (thickness / 2) * Math.sqrt(Math.max(0, 1 - (t * t) ** 4));
  const upper = points.map((t): Point => [cx + (width / 2) * t, line(t) - half(t)]);
  const lower = points.map((t): Point => [cx + (width / 2) * t, line(t) + half(t)]);
  return [...upper, ...lower.reverse()];
}

/** Half a disc: its flat side up, or with a negative height down. */
export function bowl([cx, cy]: Point, width: number, height: number): Polygon {
  return Array.from({ length: 25 }, (_, i) => {
    const angle = (Math.PI * i) / 24;
    return [cx + (width / 2) * Math.cos(angle), cy - height / 2 + height * Math.sin(angle)] as const;
  });
}

export function turned(polygon: Polygon, [cx, cy]: Point, degrees: number): Polygon {
  if (degrees === 0) return polygon;
  const [sin, cos] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)];
  return polygon.map(
    ([x, y]) => [cx + (x - cx) * cos - (y - cy) * sin, cy + (x - cx) * sin + (y - cy) * cos] as const,
  );
}
