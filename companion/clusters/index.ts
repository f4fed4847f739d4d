/** Recurring themes across loops, whispers, memories and masks. */
export {
  Clusterer,
  type ClustererOptions,
  type ClustererState,
  type ClusterState,
} from './clusterer.ts';
export { type PastChange, readHistory } from './history.ts';
export { ClusterKeeper, type ClusterKeeperOptions } from './keeper.ts';
export { type Redrawing, type Redrawn, redraw } from './redraw.ts';
export { readState, storeRedrawn } from './rows.ts';
export type { ClusterChange, Subject, SubjectKind } from './subject.ts';
export { TUNING, type Tuning } from './tuning.ts';
