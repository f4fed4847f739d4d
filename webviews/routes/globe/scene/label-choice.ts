import type { GlobeColumns } from '../../../model/globe/globe-scene.ts';
import { type Eye, project } from './camera.ts';
import { type PickIndex, visitNear } from './pick-index.ts';
import { onSphere, placeOf } from './sphere.ts';

/** What has a label keeps it until something is better by so much: labels that come and go are noise. */
const STAYS = 0.25;
/** Beyond this part of the outline a label would stand at the edge of the globe. */
const CENTRAL = 0.82;
/** What is at the edge must be so much better than what is in the middle. */
const TOWARDS_MIDDLE = 1.2;
/** More points than this near the middle are sampled. */
const LOOKED_AT = 4_000;

/**
 * Which points would like a label, the first first: what is selected, what the pointer is on, then what is near the
 * middle by size and recency. At most `most`.
 */
export function labelChoice(
  index: PickIndex,
  columns: GlobeColumns,
  eye: Eye,
  first: readonly (number | null)[],
  before: ReadonlySet<number>,
  most: number,
): number[] {
  const always = [...new Set(first)].filter((i): i is number => i !== null && columns.shown[i] === 1);
  const middle = placeOf(eye.towards);
  const inPicture = Math.min(eye.outline, Math.hypot(eye.width, eye.height) / 2);
  // A third more than the flat measure, as the sphere turns away.
  const radius = Math.min(1.1, (inPicture / eye.focal) * (eye.distance - 1) * 1.35);
  const near: number[] = [];
  visitNear(index, middle.longitude, middle.latitude, radius, (i) => near.push(i));
  const step = Math.max(1, Math.floor(near.length / LOOKED_AT));
  const scored: { i: number; score: number }[] = [];
  for (let at = 0; at < near.length; at += step) {
    const i = near[at]!;
    if (columns.shown[i] === 0) continue;
    const seen = project(eye, onSphere(columns.longitudes[i]!, columns.latitudes[i]!));
    const off = Math.hypot(seen.x - eye.width / 2, seen.y - eye.height / 2) / eye.outline;
    if (seen.front <= 0 || off > CENTRAL) continue;
    const weight = columns.sizes[i]! + 0.6 * columns.glows[i]! - TOWARDS_MIDDLE * off * off;
    scored.push({ i, score: weight + (before.has(i) ? STAYS : 0) });
  }
  scored.sort((a, b) => b.score - a.score || a.i - b.i);
  const rest = scored.map(({ i }) => i).filter((i) => !always.includes(i));
  return [...always, ...rest.slice(0, most)];
}
