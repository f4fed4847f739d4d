import { visibleLine } from '../../../companion/protocol/visible-text.ts';
import { clipped } from '../clipped.ts';

/** What others wrote, on one line that can be looked at: nothing hidden in it, and no longer than about `most`. Pure. */
export function shown(text: string, most = 240): string {
  return visibleLine(clipped(text, most).text);
}
