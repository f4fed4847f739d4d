import type { Tap, TapAnswer } from '../../companion/protocol/index.ts';

/** Every tap can be asked for its reasons. */
export const WHY = 'Why now?';

/** What the buttons of a tap say; the answer names the action behind the button. */
export function labels(tap: Tap): string[] {
  return [...tap.actions.map(({ label }) => label), WHY];
}

/** The answer to give for a pressed label; undefined means that the tap was closed. */
export function answerFor(tap: Tap, pressed: string | undefined): TapAnswer {
  const action = tap.actions.find(({ label }) => label === pressed);
  return action ? { outcome: 'engaged', action: action.id } : { outcome: 'dismissed', action: null };
}

/** Asked for its reasons and left at that: neither welcome nor waved away. */
export const ASKED: TapAnswer = { outcome: 'ignored', action: 'why' };
export const IGNORED: TapAnswer = { outcome: 'ignored', action: null };
