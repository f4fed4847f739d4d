import type { GlobeArc, GlobeColumns } from '../../../model/globe/globe-scene.ts';
import type { Eye } from './camera.ts';
import { dot, onSphere } from './sphere.ts';

export interface ChosenArc extends GlobeArc {
  /** Tied to the selection: drawn strongly. */
  readonly tied: boolean;
}

/** Both ends must be so far in front (the dot product with the viewer's direction). */
export const FRONT = 0.4;
/** A long arc says less and covers more. */
const PER_RADIAN = 0.35;

/**
 * The arcs to draw: all that are tied to the selection (at most 200), then those with both ends near the front,
 * those nearest the middle and the shortest first, forks before files, up to `most`. None with an end that is hidden.
 */
export function arcChoice(
  arcs: readonly GlobeArc[],
  columns: GlobeColumns,
  eye: Eye,
  selected: number | null,
  most: number,
): ChosenArc[] {
  const tied: ChosenArc[] = [];
  const others: { arc: GlobeArc; score: number }[] = [];
  const placed = (i: number) => onSphere(columns.longitudes[i]!, columns.latitudes[i]!);
  const nearness = (i: number) => dot(placed(i), eye.towards);
  for (const arc of arcs) {
    if (columns.shown[arc.from] !== 1 || columns.shown[arc.to] !== 1) continue;
    if (arc.from === selected || arc.to === selected) {
      if (tied.length < 200) tied.push({ ...arc, tied: true });
      continue;
    }
    const near = Math.min(nearness(arc.from), nearness(arc.to));
    if (near <= FRONT) continue;
    const length = Math.acos(Math.max(-1, Math.min(1, dot(placed(arc.from), placed(arc.to)))));
    others.push({ arc, score: near - PER_RADIAN * length + (arc.kind === 'fork' ? 0.2 : 0) });
  }
  others.sort((a, b) => b.score - a.score);
  return [...tied, ...others.slice(0, most).map(({ arc }) => ({ ...arc, tied: false }))];
}
