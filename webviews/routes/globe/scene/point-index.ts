import type { GlobeColumns } from '../../../model/globe/globe-scene.ts';
import { type PickIndex, pickIndex } from './pick-index.ts';

/** The index of the points that are there, made when it is first asked for and kept while few have moved. */
export interface PointIndex {
  of(columns: GlobeColumns): PickIndex;
  /** Points that may have left their cell since. */
  readonly moved: ReadonlySet<number>;
  touched(indexes: readonly number[]): void;
  forget(): void;
}

/** More than this, and the index is made anew: about what a cell's neighbourhood holds. */
const MOST_MOVED = 256;

export function pointIndex(): PointIndex {
  let index: PickIndex | null = null;
  const moved = new Set<number>();
  return {
    moved,
    of(columns) {
      if (moved.size > MOST_MOVED) index = null;
      if (!index) moved.clear();
      index ??= pickIndex(columns);
      return index;
    },
    touched(indexes) {
      if (index) for (const i of indexes) moved.add(i);
    },
    forget() {
      index = null;
      moved.clear();
    },
  };
}
