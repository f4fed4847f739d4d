/** Folders as they stood, kept in bare repositories of our own, so that what was done can be taken back. */
export type { FileChange, TreeChanges } from './compare.ts';
export {
  type Conflict,
  type Restored,
  SNAPSHOT_LIMITS,
  type Snapshot,
  type SnapshotLimits,
  shown,
  type Uncovered,
} from './snapshot.ts';
export { Snapshots, type SnapshotsOptions } from './snapshots.ts';
