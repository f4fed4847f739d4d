import { structuredPatch } from 'diff';

/** A line of a comparison. `before`/`after`: its number on that side, null where it is not there. */
export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed';
  readonly before: number | null;
  readonly after: number | null;
  readonly text: string;
  /** No line feed follows: the end of the file. */
  readonly last?: true;
}
export interface Hunk {
  /** Lines that stand between it and what is shown before it. */
  readonly skipped: number;
  readonly lines: readonly DiffLine[];
}
/** Two lines beside each other; null where a side has nothing to say. */
export interface Pair {
  readonly before: DiffLine | null;
  readonly after: DiffLine | null;
}
export interface Comparison {
  readonly hunks: readonly Hunk[];
  /** They were too different to compare in time: all of one, then all of the other. */
  readonly whole: boolean;
}

const CONTEXT = 3;
const LONGEST_MS = 1500;

/** Compares two texts line by line; null is no file on that side. */
export function compare(before: string | null, after: string | null): Comparison {
  const options = { context: CONTEXT, timeout: LONGEST_MS };
  const plain = hasOneEnding(`${before ?? ''}${after ?? ''}`);
  const textOf = (line: string) => (plain ? line.replace(/\r$/, '') : line);
  const patch = structuredPatch('a', 'b', before ?? '', after ?? '', '', '', options);
  if (!patch) return { hunks: [all(before ?? '', after ?? '')], whole: true };
  let shown = 0;
  const hunks = patch.hunks.map((hunk): Hunk => {
    let [left, right] = [hunk.oldStart, hunk.newStart];
    const skipped = hunk.oldLines === 0 ? 0 : hunk.oldStart - 1 - shown;
    const lines: DiffLine[] = [];
    for (const line of hunk.lines) {
      const text = textOf(line.slice(1));
      if (line.startsWith('\\')) lines.push({ ...(lines.pop() as DiffLine), last: true });
      else if (line.startsWith('+')) lines.push({ kind: 'added', before: null, after: right++, text });
      else if (line.startsWith('-')) lines.push({ kind: 'removed', before: left++, after: null, text });
      else lines.push({ kind: 'same', before: left++, after: right++, text });
    }
    shown = hunk.oldStart - 1 + hunk.oldLines;
    return { skipped, lines };
  });
  return { hunks, whole: false };
}

/** Where all lines end alike, how they end is not worth a word. */
function hasOneEnding(text: string): boolean {
  return !text.includes('\r\n') || !/(^|[^\r])\n/.test(text);
}

function all(before: string, after: string): Hunk {
  const linesOf = (text: string) => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));
  return {
    skipped: 0,
    lines: [
      ...linesOf(before).map((text, i): DiffLine => ({ kind: 'removed', before: i + 1, after: null, text })),
      ...linesOf(after).map((text, i): DiffLine => ({ kind: 'added', before: null, after: i + 1, text })),
    ],
  };
}

/** The lines of a hunk side by side: what was removed stands beside what was added in its place. Pure. */
export function pairsOf(lines: readonly DiffLine[]): Pair[] {
  const pairs: Pair[] = [];
  for (let i = 0; i < lines.length; ) {
    const line = lines[i] as DiffLine;
    if (line.kind === 'same') {
      pairs.push({ before: line, after: line });
      i++;
      continue;
    }
    const run = (kind: DiffLine['kind']) => {
      const from = i;
      while (lines[i]?.kind === kind) i++;
      return lines.slice(from, i);
    };
    const removed = run('removed');
    const added = run('added');
    for (let row = 0; row < Math.max(removed.length, added.length); row++)
      pairs.push({ before: removed[row] ?? null, after: added[row] ?? null });
  }
  return pairs;
}

const PART = /[\p{L}\p{N}_$\ud800-\udfff]/v;

/** What of a line is its own, between what it shares with the other at its start and end. Null: all of it. Pure. */
export function ownPart(text: string, other: string): readonly [from: number, to: number] | null {
  const shortest = Math.min(text.length, other.length);
  let start = 0;
  while (start < shortest && text[start] === other[start]) start++;
  let end = 0;
  while (end < shortest - start && text.at(-1 - end) === other.at(-1 - end)) end++;
  // Whole words, and never half of a surrogate pair.
  while (start > 0 && PART.test(text[start - 1] ?? '')) start--;
  while (end > 0 && PART.test(text[text.length - end] ?? '')) end--;
  const own = text.slice(start, text.length - end).trim().length;
  return own > text.trim().length / 2 ? null : [start, text.length - end];
}
