export type { Clones } from './clones.ts';
export { type FileIndex, indexFile } from './file-index.ts';
export type { FileSource } from './file-source.ts';
export { type Followed, follow, type Outcome } from './follow.ts';
export { type LineAnchor, makeAnchor } from './line-anchor.ts';
export { type Located, locate } from './locate.ts';
