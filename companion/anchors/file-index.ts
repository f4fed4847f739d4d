import { TAB_WIDTH } from './anchor-config.ts';
import { hashOf } from './line-hash.ts';
import { keptText, keyOf, splitLines } from './line-text.ts';
import { type Profile, profileOf } from './similarity.ts';

/** One file, read once for all anchors that may be in it. Lines are counted from 0 here. */
export interface FileIndex {
  /** The lines joined by LF, and where each begins in that. */
  readonly text: string;
  readonly starts: Int32Array;
  /** Kept text of each line. */
  readonly lines: readonly string[];
  /** Number of each line's key; equal keys have equal numbers. Blank lines have the number of ''. */
  readonly keys: Int32Array;
  readonly keyNumber: ReadonlyMap<string, number>;
  /** Hash of each key, by its number, and back. */
  readonly hashes: readonly string[];
  readonly hashNumber: ReadonlyMap<string, number>;
  /** The lines that have a key, by the key's number, ascending. */
  readonly places: readonly (readonly number[])[];
  /** The lines that are not blank, ascending. */
  readonly solid: Int32Array;
  /** For each line, how many solid lines stand above it. */
  readonly above: Int32Array;
  /** For each line, the nearest line above that is indented less, or -1. */
  readonly parent: Int32Array;
  /** What a line is compared by; made when first asked for. */
  profileAt(line: number): Profile;
}

export function indexFile(text: string): FileIndex {
  const raw = splitLines(text);
  const count = raw.length;
  const lines = new Array<string>(count);
  const keys = new Int32Array(count);
  const solid = new Int32Array(count);
  const above = new Int32Array(count);
  const parent = new Int32Array(count);
  const keyNumber = new Map<string, number>();
  const hashes: string[] = [];
  const hashNumber = new Map<string, number>();
  const places: number[][] = [];
  const starts = new Int32Array(count);
  let start = 0;
  const open: { line: number; indent: number }[] = [];
  let solidCount = 0;
  for (let i = 0; i < count; i++) {
    const kept = keptText(raw[i]!);
    lines[i] = kept;
    starts[i] = start;
    start += kept.length + 1;
    const key = keyOf(kept);
    let number = keyNumber.get(key);
    if (number === undefined) {
      number = places.length;
      keyNumber.set(key, number);
      places.push([]);
      const hash = hashOf(key);
      hashes.push(hash);
      hashNumber.set(hash, number);
    }
    keys[i] = number;
    places[number]!.push(i);
    above[i] = solidCount;
    if (kept === '') {
      parent[i] = open.at(-1)?.line ?? -1;
      continue;
    }
    // A closing line belongs to the line that opened its block, not beside it.
    const indent = indentOf(raw[i]!);
    const closes = /^(?:[}\])]|<\/|end\b)/.test(kept);
    while (open.length > 0 && open.at(-1)!.indent > indent) open.pop();
    if (closes) parent[i] = open.at(-1)?.line ?? -1;
    if (open.at(-1)?.indent === indent) open.pop();
    if (!closes) parent[i] = open.at(-1)?.line ?? -1;
    open.push({ line: i, indent });
    solid[solidCount++] = i;
  }
  const profiles = new Map<number, Profile>();
  const profileAt = (line: number) => {
    const number = keys[line]!;
    let profile = profiles.get(number);
    if (profile === undefined) {
      profile = profileOf(lines[line]!);
      profiles.set(number, profile);
    }
    return profile;
  };
  return {
    profileAt,
    text: lines.join('\n'),
    starts,
    lines,
    keys,
    keyNumber,
    hashes,
    hashNumber,
    places,
    solid: solid.subarray(0, solidCount),
    above,
    parent,
  };
}

/** The solid line `distance` (1, 2, ...) above (`-1`) or below (`1`) `line`, or -1 at the file's end. */
export function neighbour(index: FileIndex, line: number, side: -1 | 1, distance: number): number {
  const own = index.above[line]!;
  // A blank line is not among the solid ones: the next one below stands at its own rank.
  const below = index.lines[line] === '' ? own - 1 : own;
  const at = side < 0 ? own - distance : below + distance;
  return index.solid[at] ?? -1;
}

/** Kept texts of up to `limit` solid lines on one side of `line`, nearest first. */
export function neighbours(index: FileIndex, line: number, side: -1 | 1, limit: number): string[] {
  const found: string[] = [];
  for (let distance = 1; distance <= limit; distance++) {
    const at = neighbour(index, line, side, distance);
    if (at < 0) break;
    found.push(index.lines[at]!);
  }
  return found;
}

/** The lines that enclose `line` by indentation, nearest first. */
export function enclosingLines(index: FileIndex, line: number, limit: number): number[] {
  const found: number[] = [];
  for (let at = index.parent[line]!; at >= 0 && found.length < limit; at = index.parent[at]!) found.push(at);
  return found;
}

/** Up to `limit` lines that contain `word`, ascending. */
export function linesWith(index: FileIndex, word: string, limit: number): number[] {
  const found: number[] = [];
  for (let at = index.text.indexOf(word); at >= 0 && found.length < limit; ) {
    const line = lineAt(index.starts, at);
    found.push(line);
    at = line + 1 < index.starts.length ? index.text.indexOf(word, index.starts[line + 1]!) : -1;
  }
  return found;
}

/** The last line that starts at or before `offset`. */
function lineAt(starts: Int32Array, offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function indentOf(line: string): number {
  let width = 0;
  for (let i = 0; i < line.length; i++) {
    const char = line.charCodeAt(i);
    if (char === 32) width++;
    else if (char === 9) width += TAB_WIDTH;
    else if (char !== 0xfeff) break;
  }
  return width;
}
