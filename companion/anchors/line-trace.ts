import { TRACE_LINES } from './anchor-config.ts';
import { type FileIndex, neighbour } from './file-index.ts';
import { HASH_WIDTH } from './line-hash.ts';

/** Hashes of the solid lines on one side of `line`, nearest first, as text to keep. */
export function traceOf(index: FileIndex, line: number, side: -1 | 1): string {
  let trace = '';
  for (let distance = 1; distance <= TRACE_LINES; distance++) {
    const at = neighbour(index, line, side, distance);
    if (at < 0) break;
    trace += index.hashes[index.keys[at]!]!;
  }
  return trace;
}

/** The key numbers that a trace means in `index`, nearest first; -1 for a line that it does not have. */
export function readTrace(trace: string, index: FileIndex): number[] {
  const numbers: number[] = [];
  for (let i = 0; i + HASH_WIDTH <= trace.length; i += HASH_WIDTH) {
    numbers.push(index.hashNumber.get(trace.slice(i, i + HASH_WIDTH)) ?? -1);
  }
  return numbers;
}
