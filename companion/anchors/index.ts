export { type FileSource, type Followed, follow, type Outcome } from './follow.ts';
export { type LineAnchor, makeAnchor } from './line-anchor.ts';
export { type Located, locate } from './locate.ts';
