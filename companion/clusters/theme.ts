import type { Centroid } from './centroid.ts';

/** A recurring theme: who belongs to it. */
export interface Theme {
  readonly id: string;
  /** Rows of members that are held one by one, with how strongly each is bound. */
  readonly live: Map<number, number>;
  /** Members that made room, by id. */
  readonly retired: Set<string>;
  /** What stands for the retired; null where there are none, or where it was dropped to forget one. */
  centroid: Centroid | null;
  /** The row under which the centroid is compared. */
  centroidRow: number | null;
  name: readonly string[];
}

export function emptyTheme(id: string): Theme {
  return { id, live: new Map(), retired: new Set(), centroid: null, centroidRow: null, name: [] };
}

export function sizeOf(theme: Theme): number {
  return theme.live.size + theme.retired.size;
}
