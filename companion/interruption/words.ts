import type { Moment } from './moments.ts';
import type { Gate } from './policy-state.ts';

const MOMENTS: Readonly<Record<Moment, string>> = {
  commit: 'after a commit',
  tests_green: 'after a green test run',
  debug_ended: 'after debugging',
  focus: 'as you came back to the window',
  save: 'in the quiet after a save',
  idle: 'while you were idle',
};

const GATES: Readonly<Record<Gate, string>> = {
  paused: 'you had paused taps',
  quiet: 'it was in your quiet hours',
  day: 'the taps of the day were used up',
  refractory: 'the pause after the tap before was not over',
  weekly: 'work at risk was told of within the week',
  unfocused: 'no window of the editor had the focus',
  workspace: 'the window in front had another folder open',
  debugging: 'you were debugging',
  prompt: 'another question was open',
  typing: 'you had just typed',
  boundary: 'you were in the middle of something',
  early: 'taps at this moment were mostly dismissed, so it waits a little longer',
  outranked: 'something else took the moment',
  undelivered: 'the window could not show it',
  expired: 'its time was over before a good moment came',
  withdrawn: 'it was settled meanwhile',
};

/** "after a commit". What is no moment of ours is given back as it is. */
export function momentWords(moment: string): string {
  return MOMENTS[moment as Moment] ?? moment;
}

/** Why something stayed silent, as the rest of a sentence: "you were debugging". */
export function gateWords(gate: string): string {
  return GATES[gate as Gate] ?? gate;
}
