import type { GlobeColumns } from '../../../model/globe/globe-scene.ts';
import { type Eye, project, unproject } from './camera.ts';
import { dot, onSphere, placeOf, type Vec3, wrapped } from './sphere.ts';

/** Points by cells of about equal area: bands of latitude, each cut into as many cells as its girth asks for. */
export interface PickIndex {
  readonly bands: number;
  /** Cells of the bands before each, and of all at the end. */
  readonly before: Uint32Array;
  /** Where each cell's points begin in `order`, and their number at the end. */
  readonly starts: Uint32Array;
  readonly order: Uint32Array;
}

const PER_CELL = 3;
/** Places around the pointer by which it is told how much of the globe lies within reach. */
const AROUND = 12;

type Places = Pick<GlobeColumns, 'count' | 'longitudes' | 'latitudes'>;

/** Takes time in proportion to the number of points. */
export function pickIndex({ count, longitudes, latitudes }: Places): PickIndex {
  const bands = Math.max(4, Math.min(160, Math.round(Math.sqrt((count / PER_CELL) * (Math.PI / 4)))));
  const before = new Uint32Array(bands + 1);
  for (let band = 0; band < bands; band++)
    before[band + 1] = before[band]! + Math.max(1, Math.round(2 * bands * Math.cos(middleOf(band, bands))));
  const cells = new Uint32Array(count);
  const starts = new Uint32Array(before[bands]! + 1);
  for (let i = 0; i < count; i++) {
    const band = bandOf(latitudes[i]!, bands);
    const cell = before[band]! + columnOf(longitudes[i]!, before[band + 1]! - before[band]!);
    cells[i] = cell;
    starts[cell + 1]!++;
  }
  for (let cell = 0; cell < starts.length - 1; cell++) starts[cell + 1]! += starts[cell]!;
  const next = starts.slice();
  const order = new Uint32Array(count);
  for (let i = 0; i < count; i++) order[next[cells[i]!]!++] = i;
  return { bands, before, starts, order };
}

/** Calls `visit` for every point within `radius` (radians) of a place, and for some that are farther. */
export function visitNear(
  { bands, before, starts, order }: PickIndex,
  longitude: number,
  latitude: number,
  radius: number,
  visit: (index: number) => void,
): void {
  const last = bandOf(latitude + radius, bands);
  for (let band = bandOf(latitude - radius, bands); band <= last; band++) {
    const columns = before[band + 1]! - before[band]!;
    const [from, to] = columnsNear(longitude, latitude, radius, band, bands, columns);
    for (let column = from; column <= to; column++) {
      const cell = before[band]! + (((column % columns) + columns) % columns);
      for (let at = starts[cell]!; at < starts[cell + 1]!; at++) visit(order[at]!);
    }
  }
}

/**
 * The point that is seen nearest to a place of the canvas, within `reach` pixels; null where there is none. What is
 * hidden or behind the globe is never hit. `moved` are points that may have left their cell since the index was made.
 */
export function pick(
  index: PickIndex,
  columns: GlobeColumns,
  eye: Eye,
  at: { readonly x: number; readonly y: number },
  reach: number,
  moved: Iterable<number> = [],
): number | null {
  const under = unproject(eye, at.x, at.y, reach);
  if (!under) return null;
  const { longitude, latitude } = placeOf(under);
  const radius = widest(eye, at, reach, under);
  let best: number | null = null;
  let bestSquared = reach * reach;
  const consider = (i: number) => {
    if (columns.shown[i] === 0) return;
    const seen = project(eye, onSphere(columns.longitudes[i]!, columns.latitudes[i]!));
    if (seen.front <= 0) return;
    const squared = (seen.x - at.x) ** 2 + (seen.y - at.y) ** 2;
    // Of two in one place the one drawn later lies on top.
    if (squared < bestSquared || (squared === bestSquared && best !== null && i > best)) {
      best = i;
      bestSquared = squared;
    }
  };
  visitNear(index, longitude, latitude, radius, consider);
  for (const i of moved) consider(i);
  return best;
}

/** How far away on the globe something within `reach` pixels may be: towards the outline a pixel takes more of it. */
function widest(
  eye: Eye,
  at: { readonly x: number; readonly y: number },
  reach: number,
  under: Vec3,
): number {
  let least = 1;
  for (let n = 0; n < AROUND; n++) {
    const angle = (n / AROUND) * 2 * Math.PI;
    const edge = unproject(eye, at.x + Math.cos(angle) * reach, at.y + Math.sin(angle) * reach, 2 * reach);
    if (edge) least = Math.min(least, dot(edge, under));
  }
  return Math.acos(Math.max(-1, least)) * 1.15 + 1e-6;
}

function bandOf(latitude: number, bands: number): number {
  return Math.max(0, Math.min(bands - 1, Math.floor((latitude / Math.PI + 0.5) * bands)));
}

function middleOf(band: number, bands: number): number {
  return ((band + 0.5) / bands - 0.5) * Math.PI;
}

function columnOf(longitude: number, columns: number): number {
  return Math.min(columns - 1, Math.floor((wrapped(longitude) / (2 * Math.PI) + 0.5) * columns));
}

/** From and to, before wrapping; at most once around. */
function columnsNear(
  longitude: number,
  latitude: number,
  radius: number,
  band: number,
  bands: number,
  columns: number,
): readonly [number, number] {
  const half = Math.PI / bands / 2;
  const farthest = Math.min(Math.PI / 2, Math.abs(middleOf(band, bands)) + half);
  const girth = Math.cos(farthest);
  const overPole = Math.abs(latitude) + radius >= Math.PI / 2;
  // sin(reach / 2) = sin(radius / 2) / sqrt(cos φ1 cos φ2), the haversine at equal latitudes or worse.
  const wide =
    Math.sin(Math.min(radius, Math.PI) / 2) / Math.sqrt(Math.max(1e-9, girth * Math.cos(latitude)));
  if (overPole || wide >= 1) return [0, columns - 1];
  const reach = 2 * Math.asin(wide);
  const place = (wrapped(longitude) / (2 * Math.PI) + 0.5) * columns;
  const [from, to] = [
    Math.floor(place - (reach / (2 * Math.PI)) * columns),
    Math.floor(place + (reach / (2 * Math.PI)) * columns),
  ];
  return to - from >= columns ? [0, columns - 1] : [from, to];
}
