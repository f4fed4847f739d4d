import type { Tap, TapAnswer } from '../../companion/protocol/index.ts';

/** What the buttons of a tap say; the answer names the action behind the button. */
export function labels(tap: Tap): string[] {
  return tap.actions.map(({ label }) => label);
}

/** The answer to give for a pressed label; undefined means that the tap was closed. */
export function answerFor(tap: Tap, pressed: string | undefined): TapAnswer {
  const action = tap.actions.find(({ label }) => label === pressed);
  return action ? { outcome: 'engaged', action: action.id } : { outcome: 'dismissed', action: null };
}

export const IGNORED: TapAnswer = { outcome: 'ignored', action: null };
