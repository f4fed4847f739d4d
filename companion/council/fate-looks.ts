import type { Archetype } from '../protocol/index.ts';
import type { SignalName } from './fate-signals.ts';

export type FateChoice = 'preserve' | 'fork' | 'discard';

/** What each archetype looks at, and how much it counts to it. The rest is nothing to it. */
export const LOOKS: Readonly<Record<Archetype, Readonly<Partial<Record<SignalName, number>>>>> = {
  // Builds: is it a piece of work that somebody who is at it could do now?
  creator: {
    ...{ concrete: 1, lately: 1, authorHere: 1, pace: 0.7, folder: 0.7, short: 0.5, asks: 0.5 },
    ...{ ahead: 1, current: 1, wanted: 1, uncommitted: 0.5 },
  },
  // Analyses: how often do threads of this age, size and kind get done here?
  sage: {
    ...{ young: 1, pace: 1, single: 1, short: 0.7, waits: 0.7, concrete: 0.7, asks: 0.5 },
    ...{ doneInFolder: 0.4, doneLately: 0.4 },
    ...{ ahead: 0.7, behind: 1, scoped: 0.7, wanted: 0.7 },
  },
  // Guards: is it in code that moves, is somebody there who knows it, what would be lost?
  guardian: {
    ...{
      changed: 1,
      pace: 1,
      author: 0.7,
      waits: 0.7,
      alone: 0.5,
      single: 0.5,
      hands: 0.3,
      doneInFolder: 0.3,
    },
    ...{ uncommitted: 1, unpushed: 1, clean: 0.5, failing: 1, wanted: 1 },
  },
  // Connects: who and what else is tied to it?
  weaver: {
    ...{
      hands: 1,
      linked: 1,
      folder: 1,
      doneInFolder: 1,
      doneByAuthor: 0.7,
      around: 0.7,
      alone: 0.5,
      waits: 0.5,
    },
    ...{ ahead: 0.7, behind: 0.7, scoped: 0.5, wanted: 0.5 },
  },
  // Experiments: is it new and moving, or has everybody learned to look past it?
  trickster: {
    ...{ young: 1, around: 1, lately: 0.8, warm: 0.6, changed: 0.5, asks: 0.5, concrete: 0.5, waits: 0.5 },
    ...{ current: 1, ahead: 0.5, behind: 0.5, wanted: 0.4 },
  },
};

/** How far a thread must have spread before an archetype would rather split it than keep it whole, 0-1. */
export const SPLITS: Readonly<Record<Archetype, number>> = {
  weaver: 0.5,
  trickster: 0.5,
  creator: 0.6,
  sage: 0.6,
  guardian: 0.75,
};

/** How it begins what it says. */
export const OPENS: Readonly<Record<Archetype, Readonly<Record<FateChoice, string>>>> = {
  creator: {
    preserve: 'This can be built on:',
    fork: 'Build it in two parts:',
    discard: 'Nobody is building this:',
  },
  sage: {
    preserve: 'Threads like this get done:',
    fork: 'This is more than one thing:',
    discard: 'Threads like this stay undone:',
  },
  guardian: {
    preserve: 'Keep it safe:',
    fork: 'Split it before it breaks:',
    discard: 'It guards nothing any more:',
  },
  weaver: {
    preserve: 'It is tied to living work:',
    fork: 'It pulls in two directions:',
    discard: 'Little holds it:',
  },
  trickster: {
    preserve: 'This is still moving:',
    fork: 'Let half of it run:',
    discard: 'Everybody walks past it:',
  },
};
