import { WRAPPED_LINES } from './anchor-config.ts';
import type { FileIndex } from './file-index.ts';
import type { LineAnchor } from './line-anchor.ts';

/**
 * Whether the anchor's line was broken over several that begin at `line`, or `line` is the anchor's joined with
 * those that followed it: what a formatter does when a call outgrows its line. Commas may come and go.
 */
export function isRewrapped(anchor: LineAnchor, index: FileIndex, line: number): boolean {
  const here = squeeze(index.lines[line]!);
  const text = squeeze(anchor.text);
  if (here === '' || text === '') return false;
  if (text.startsWith(here)) {
    let joined = here;
    for (let next = line + 1; next < line + WRAPPED_LINES && next < index.lines.length; next++) {
      joined += squeeze(index.lines[next]!);
      if (joined === text) return true;
      if (!text.startsWith(joined)) return false;
    }
    return false;
  }
  return anchor.after.length > 0 && here.startsWith(text + squeeze(anchor.after[0]!)) && /[([{]$/.test(text);
}

function squeeze(text: string): string {
  return text.replace(/[\s,;]+/g, '').replace(/["`]/g, "'");
}
