export { AnchorKeeper, type AnchorSource } from './anchor-keeper.ts';
export { type BriefInput, composeBrief } from './brief.ts';
export { LoopHistory } from './loop-history.ts';
export { LoopStore, STILL_OPEN, type StandingLoop } from './loop-store.ts';
export { Notes, type NotesOptions, type Writer, type WrittenNote } from './notes.ts';
export { type Git, type ReadScanOptions, readEdits, readScan } from './read-scan.ts';
export { readTodos } from './read-todos.ts';
export type { Scan } from './scan.ts';
