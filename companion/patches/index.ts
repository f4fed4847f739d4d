/** Patches of text: read, put into a text, written. One reading for all, so that what is checked is what is applied. */
export { type Applied, applyHunks, linesOf } from './apply-hunks.ts';
export { countLines } from './count-lines.ts';
export { type FilePatch, type Hunk, type HunkLine, PatchError, readPatch } from './read-patch.ts';
export { writePatch } from './write-patch.ts';
