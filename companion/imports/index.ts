/** Archives of other programs, taken up into memory; and memory, given out again. */
export { detectFormat } from './detect-format.ts';
export { Imports, type ImportsOptions } from './imports.ts';
export type { Draft, ImportedRecord } from './record.ts';
export { type ImportCheckpoint, type Keep, type Part, runImport } from './run-import.ts';
