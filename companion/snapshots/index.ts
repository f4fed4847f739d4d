/** Folders as they stood, kept in bare repositories of our own, so that what was done can be taken back. */
export type { FileChange, TreeChanges } from './compare.ts';
export type { ExpiryLimits } from './expiry.ts';
export type { Kept } from './manifests.ts';
export { FolderRehearsals, type FolderRehearsalsOptions } from './rehearsals.ts';
export {
  type Conflict,
  type Restored,
  SNAPSHOT_LIMITS,
  type Snapshot,
  type SnapshotLimits,
  shown,
  type Uncovered,
} from './snapshot.ts';
export { type Expired, type RestoreWhat, Snapshots, type SnapshotsOptions } from './snapshots.ts';
export { inWords, uncoveredInWords } from './uncovered-words.ts';
