/** The running story: what the event log tells, in one line each, by Cal or Arty. */
export { isFaithful } from './faithful.ts';
export { type CouncilKind, kindOf, SILENT_BELOW, type Speaker, type StoryKind, TELLINGS } from './kinds.ts';
export { type Facts, Narrator, type NarratorOptions } from './narrator.ts';
export { type Rephrase, type RephraseOptions, rephraseWith } from './rephrase.ts';
export type { Words } from './templates.ts';
