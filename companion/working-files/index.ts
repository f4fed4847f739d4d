/** The human-readable working files of a workspace: written from the store, and read back when edited by hand. */
export type { Applied } from './apply.ts';
export type { LaidOut } from './lay-out.ts';
export { isMarkedFolder, markerLine } from './marker.ts';
export { ARCHIVE, FOLDER, isWorkingFile } from './names.ts';
export { dataFolder } from './place.ts';
export type {
  AttachedWorkspace,
  DecisionFields,
  LoopFields,
  NewDecision,
  NewLoop,
  WorkingFilesPorts,
} from './ports.ts';
export { type ReviewProposal, reviewProposals } from './review.ts';
export type { SyncReport, Told } from './sync-report.ts';
export { WorkingFiles, type WorkingFilesOptions } from './working-files.ts';
export { systemZone, type Zone } from './zone.ts';
