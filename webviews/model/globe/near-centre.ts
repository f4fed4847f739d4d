import type { GlobeColumns, GlobeView } from './globe-scene.ts';

/** So far from the middle of the picture something may lie to be near it, in radians. */
const NEAR = 0.7;

/**
 * Indexes of the points that are shown nearest to where one looks, the nearest first, those that glow and are large
 * before others that are as near. Pure.
 */
export function nearCentre(columns: GlobeColumns, view: GlobeView, most: number): number[] {
  const { longitudes, latitudes, shown, glows, sizes } = columns;
  const [up, around] = [Math.sin(view.latitude), Math.cos(view.latitude)];
  const found: { index: number; far: number }[] = [];
  for (let index = 0; index < columns.count; index++) {
    if (shown[index] !== 1) continue;
    const latitude = latitudes[index]!;
    const cosine =
      up * Math.sin(latitude) + around * Math.cos(latitude) * Math.cos(longitudes[index]! - view.longitude);
    if (cosine < Math.cos(NEAR)) continue;
    const far = Math.acos(Math.min(1, cosine)) * (1.4 - 0.4 * glows[index]! - 0.4 * sizes[index]!);
    if (found.length === most && far >= found[most - 1]!.far) continue;
    const at = found.findIndex((other) => far < other.far);
    found.splice(at < 0 ? found.length : at, 0, { index, far });
    if (found.length > most) found.pop();
  }
  return found.map(({ index }) => index);
}
