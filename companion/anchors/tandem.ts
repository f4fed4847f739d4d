import { TRACE_LINES } from './anchor-config.ts';
import type { FileIndex } from './file-index.ts';
import type { LineAnchor } from './line-anchor.ts';
import { keyOf } from './line-text.ts';
import { readTrace } from './line-trace.ts';

/**
 * Where `line` stands in a passage that was pasted right behind itself (AB -> ABAB), the same line of the first
 * of the two, else null. The text cannot say which is the original; git calls the upper one that, and so do we.
 */
export function upperTwin(anchor: LineAnchor, index: FileIndex, line: number): number | null {
  const { solid, keys, above } = index;
  const rank = above[line]!;
  const same = index.places[keys[line]!]!;
  if (anchor.text === '' || same.length <= anchor.copies) return null;
  for (const other of same) {
    const period = rank - above[other]!;
    if (period <= 0 || period > TRACE_LINES) continue;
    let start = rank - period;
    while (start > 0 && keys[solid[start - 1]!] === keys[solid[start - 1 + period]!]) start--;
    let end = rank - period;
    while (end + period < solid.length && keys[solid[end]!] === keys[solid[end + period]!]) end++;
    if (end - start < period || wasTandem(anchor, index, period)) continue;
    for (let at = start; at < end; at++) if (index.places[keys[solid[at]!]!]!.length === 2) return other;
  }
  return null;
}

/** Whether the line stood in a second repetition before. */
function wasTandem(anchor: LineAnchor, index: FileIndex, period: number): boolean {
  return readTrace(anchor.above, index)[period - 1] === index.keyNumber.get(keyOf(anchor.text));
}
