import type { AdaptedNumber } from './adaptation.ts';
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
  early: 'taps at such a moment were mostly dismissed, and it had only just begun',
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

/** Why a row of the log stayed silent; a gate that this version does not know is given as it is. */
export function gateWords(gate: string): string {
  return GATE_WORDS[gate as Gate] ?? gate;
}

/** When a row of the log was told, or might have been. */
export function momentWords(moment: string): string {
  return MOMENT_WORDS[moment as Moment] ?? moment;
}

/** A number that the answers to taps have adapted, as a sentence. */
export function adaptedWords({ name, moment, from, to, unit, why }: AdaptedNumber): string {
  const when = moment === null ? '' : momentWords(moment);
  const change = {
    refractoryMinutes: `Taps come at least ${to} min apart, not ${from}`,
    idleSeconds: `A pause counts after ${to} s, not ${from}`,
    saveQuietSeconds: `A save counts after ${to} s without typing, not ${from}`,
    wait: `A tap ${when} waits ${to} ${unit} more`,
  }[name];
  return `${change}: ${why}.`;
}
