import { TRACE_LINES } from './anchor-config.ts';
import { type FileIndex, neighbour } from './file-index.ts';

/** Characters of one line's hash in a trace: 24 bits, of which a file of 20,000 lines takes a thousandth. */
const WIDTH = 4;

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
  for (let i = 0; i + WIDTH <= trace.length; i += WIDTH) {
    numbers.push(index.hashNumber.get(trace.slice(i, i + WIDTH)) ?? -1);
  }
  return numbers;
}

/** FNV-1a, folded to 24 bits, in four letters. */
export function hashOf(key: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  const folded = ((hash >>> 24) ^ hash) & 0xffffff;
  let text = '';
  for (let shift = 18; shift >= 0; shift -= 6) text += LETTERS[(folded >> shift) & 63];
  return text;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
