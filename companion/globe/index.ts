/** What the globe shows of loops and memories: their tone, how much goes on in them, and what ties them. Pure. */
export { type Active, loopActivity, recordActivity } from './activity.ts';
export { type Tied, tiesOf } from './ties.ts';
export { type LoopSigns, loopTone, type RecordSigns, recordTone, type ToneFound } from './tone.ts';
