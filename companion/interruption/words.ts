import type { Moment } from './moments.ts';
import type { Gate } from './policy-state.ts';

/** What kept something back, as the end of "because …". */
export const GATE_WORDS: Readonly<Record<Gate, string>> = {
  paused: 'taps were paused',
  quiet: 'it was in your quiet hours',
  day: 'the taps of the day were spent',
  refractory: 'the last tap was too recent',
  weekly: 'this was told within a week',
  unfocused: 'no window had the focus',
  workspace: 'another folder was in front',
  debugging: 'you were debugging',
  prompt: 'a question was open',
  typing: 'you had just been typing',
  boundary: 'you were in the middle of something',
  outranked: 'something else went first',
  undelivered: 'the window did not show it',
  expired: 'it was too old to tell',
  withdrawn: 'it was no longer so',
};

/** When something was told, as the end of "It came …". */
export const MOMENT_WORDS: Readonly<Record<Moment, string>> = {
  commit: 'right after a commit',
  tests_green: 'right after a green test run',
  debug_ended: 'after a debug session had ended',
  focus: 'when you came back to the window',
  save: 'after a save, when you typed no more',
  idle: 'when you paused',
};
