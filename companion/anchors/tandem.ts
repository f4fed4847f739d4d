import { TRACE_LINES } from './anchor-config.ts';
import type { FileIndex } from './file-index.ts';
import type { LineAnchor } from './line-anchor.ts';
import { keyOf } from './line-text.ts';
import { readTrace } from './line-trace.ts';

/**
 * Where `line` stands in a passage that was pasted right behind itself (AB became ABAB), the same line of the
 * upper AB, else null. The text cannot say which of them is the original; git takes the upper, and so do we.
 */
export function upperTwin(anchor: LineAnchor, index: FileIndex, line: number): number | null {
  const { places, keys, above } = index;
  const same = places[keys[line]!]!;
  if (anchor.text === '' || same.length <= anchor.copies) return null;
  const rank = above[line]!;
  for (const other of same) {
    const period = rank - above[other]!;
    if (period <= 0 || period > TRACE_LINES || wasTwin(anchor, index, period)) continue;
    if (isTandem(index, rank - period, period)) return other;
  }
  return null;
}

/** Whether the text repeats after `period` lines around `rank`, and with a line that stands nowhere else. */
function isTandem({ solid, keys, places }: FileIndex, rank: number, period: number): boolean {
  const repeats = (at: number) => keys[solid[at]!] === keys[solid[at + period]!];
  let start = rank;
  while (start > 0 && repeats(start - 1)) start--;
  let end = rank;
  while (end + period < solid.length && repeats(end)) end++;
  if (end - start < period) return false;
  for (let at = start; at < end; at++) if (places[keys[solid[at]!]!]!.length === 2) return true;
  return false;
}

/** Whether the anchor's own line was a lower twin already. */
function wasTwin(anchor: LineAnchor, index: FileIndex, period: number): boolean {
  return readTrace(anchor.above, index)[period - 1] === index.keyNumber.get(keyOf(anchor.text));
}
