/** How the companion stands to its user: four levels that follow the event log, and what follows from them. */
export { CAUSES, type Cause, move } from './causes.ts';
export { type DayOf, type Downgrade, loadOf, type Move, newSelf, type Self, take } from './fold.ts';
export { begin, type LimbicState, read } from './levels.ts';
export { Limbic, type LimbicOptions } from './limbic.ts';
export { isSign, type Meaning, meaningOf } from './read-event.ts';
export { type Circumstances, modeOf, postureOf, quieten } from './stance.ts';
export { tierOf } from './tier.ts';
