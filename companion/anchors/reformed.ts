import { WRAPPED_LINES } from './anchor-config.ts';
import type { FileIndex } from './file-index.ts';
import type { LineAnchor } from './line-anchor.ts';
import { keyOf } from './line-text.ts';

/** Whether `line` says what the anchor says in another form: wrapped, joined, or commented out or in. */
export function isReformed(anchor: LineAnchor, index: FileIndex, line: number): boolean {
  const text = index.lines[line]!;
  if (withoutComment(anchor.text) === withoutComment(text)) return true;
  const here = squeeze(text);
  const whole = squeeze(anchor.text);
  if (here === '' || whole === '') return false;
  return whole.startsWith(here) ? isWrapped(whole, here, index, line) : isJoined(anchor, whole, here);
}

/** A formatter broke the line: its parts stand one below the other. Commas may have come and gone. */
function isWrapped(whole: string, here: string, index: FileIndex, line: number): boolean {
  let joined = here;
  for (let next = line + 1; next < line + WRAPPED_LINES && next < index.lines.length; next++) {
    joined += squeeze(index.lines[next]!);
    if (joined === whole) return true;
    if (!whole.startsWith(joined)) return false;
  }
  return false;
}

/** A formatter joined an opening line with what followed it. */
function isJoined(anchor: LineAnchor, whole: string, here: string): boolean {
  const next = anchor.after[0];
  return next !== undefined && /[([{]$/.test(whole) && here.startsWith(whole + squeeze(next));
}

function squeeze(text: string): string {
  return text.replace(/[\s,;]+/g, '').replace(/["`]/g, "'");
}

function withoutComment(text: string): string {
  const bare = text.replace(/^(?:\/\/|#|--|\/\*|<!--)\s*/, '').replace(/\s*(?:\*\/|-->)$/, '');
  return bare === '' ? text : keyOf(bare);
}
