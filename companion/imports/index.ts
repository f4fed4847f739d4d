/** Archives of other programs, taken up into memory; and memory, given out again. */
export { detectFormat } from './detect-format.ts';
export { exportRecords, type RecordSource } from './export-records.ts';
export { historyPart } from './history-part.ts';
export { Imports, type ImportsOptions } from './imports.ts';
export type { Draft, ImportedRecord } from './record.ts';
export { type ImportCheckpoint, type Keep, type Part, type RunOptions, runImport } from './run-import.ts';
export { writeExport } from './write-export.ts';
