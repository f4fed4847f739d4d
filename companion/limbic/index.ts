/** How the companion stands to its user: four levels that follow the event log, and what follows from them. */
export { CAUSES, type Cause, isCause, move } from './causes.ts';
export { type DayOf, loadOf, type Move, newSelf, type Self, take } from './fold.ts';
export { begin, type LimbicState, read } from './levels.ts';
export { type Downgrade, Limbic, type LimbicOptions } from './limbic.ts';
export { isSign, type Meaning, meaningOf } from './read-event.ts';
export { type Circumstances, MODE_WORDS, modeOf, POSTURE_WORDS, postureOf, quieten } from './stance.ts';
export { TIER_WORDS, tierOf } from './tier.ts';
