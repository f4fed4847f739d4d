import { linesOf } from './apply-hunks.ts';

const CONTEXT = 3;
/** Beyond so many steps a change is written as one hunk over all that lies between its first and last line. */
const MOST_EDITS = 500;

interface Edit {
  /** Line of the old text, lines taken out there, lines put in. */
  readonly at: number;
  readonly out: number;
  readonly in: readonly string[];
  /** Line of the new text. */
  readonly to: number;
}

/** A git patch that turns one text of a file into another, exactly. Empty where they are the same. Pure. */
export function writeDiff(path: string, before: string, after: string): string {
  const [old, fresh] = [linesOf(before), linesOf(after)];
  const edits = editsOf(old, fresh);
  if (edits.length === 0) return '';
  const name = quoted(path);
  const hunks = groupsOf(edits).map((group) => hunkOf(old, group));
  return `diff --git ${name('a')} ${name('b')}\n--- ${name('a')}\n+++ ${name('b')}\n${hunks.join('')}`;
}

function quoted(path: string): (side: 'a' | 'b') => string {
  const plain = /^[\x20-\x7e]*$/.test(path) && !/["\\]/.test(path);
  const escaped = [...Buffer.from(path)]
    .map((byte) =>
      byte < 0x20 || byte > 0x7e || byte === 0x22 || byte === 0x5c
        ? `\\${byte.toString(8).padStart(3, '0')}`
        : String.fromCharCode(byte),
    )
    .join('');
  return (side) => (plain ? `${side}/${path}` : `"${side}/${escaped}"`);
}

function editsOf(old: readonly string[], fresh: readonly string[]): Edit[] {
  let head = 0;
  while (head < old.length && head < fresh.length && old[head] === fresh[head]) head++;
  let tail = 0;
  while (
    tail < old.length - head &&
    tail < fresh.length - head &&
    old[old.length - 1 - tail] === fresh[fresh.length - 1 - tail]
  )
    tail++;
  const [a, b] = [old.slice(head, old.length - tail), fresh.slice(head, fresh.length - tail)];
  if (a.length === 0 && b.length === 0) return [];
  const kept = commonLines(a, b);
  if (kept === null) return [{ at: head, out: a.length, in: b, to: head }];
  const edits: Edit[] = [];
  let [i, j] = [0, 0];
  for (const [x, y] of [...kept, [a.length, b.length] as const]) {
    if (x > i || y > j) edits.push({ at: head + i, out: x - i, in: b.slice(j, y), to: head + j });
    [i, j] = [x + 1, y + 1];
  }
  return edits;
}

/** Pairs of lines that stay, by Myers' algorithm; null where there are too many differences. */
function commonLines(a: readonly string[], b: readonly string[]): [number, number][] | null {
  const most = Math.min(a.length + b.length, MOST_EDITS);
  const trace: Map<number, number>[] = [];
  let reach = new Map([[1, 0]]);
  for (let d = 0; d <= most; d++) {
    trace.push(new Map(reach));
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && (reach.get(k - 1) ?? -1) < (reach.get(k + 1) ?? -1));
      let x = down ? (reach.get(k + 1) ?? 0) : (reach.get(k - 1) ?? 0) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      reach.set(k, x);
      if (x >= a.length && x - k >= b.length) return pairsOf(trace, a.length, b.length);
    }
    reach = new Map(reach);
  }
  return null;
}

function pairsOf(trace: readonly Map<number, number>[], endX: number, endY: number): [number, number][] {
  const pairs: [number, number][] = [];
  let [x, y] = [endX, endY];
  for (let d = trace.length - 1; d >= 0; d--) {
    const reach = trace[d]!;
    const k = x - y;
    const down = k === -d || (k !== d && (reach.get(k - 1) ?? -1) < (reach.get(k + 1) ?? -1));
    const [fromX, fromK] = down ? [reach.get(k + 1) ?? 0, k + 1] : [reach.get(k - 1) ?? 0, k - 1];
    const fromY = fromX - fromK;
    // At the root of all there is nothing that came before.
    const isRoot = d === 0;
    while (isRoot ? x > 0 && y > 0 : x > fromX && y > fromY) pairs.push([--x, --y]);
    [x, y] = [fromX, fromY];
  }
  return pairs.reverse();
}

function groupsOf(edits: readonly Edit[]): Edit[][] {
  const groups: Edit[][] = [];
  for (const edit of edits) {
    const last = groups.at(-1)?.at(-1);
    if (last && edit.at - (last.at + last.out) <= 2 * CONTEXT) groups.at(-1)!.push(edit);
    else groups.push([edit]);
  }
  return groups;
}

function hunkOf(old: readonly string[], edits: readonly Edit[]): string {
  const [first, last] = [edits[0]!, edits.at(-1)!];
  const from = Math.max(0, first.at - CONTEXT);
  const to = Math.min(old.length, last.at + last.out + CONTEXT);
  const rows: string[] = [];
  const put = (kind: string, lines: readonly string[]): void => {
    for (const line of lines)
      rows.push(line.endsWith('\n') ? `${kind}${line}` : `${kind}${line}\n\\ No newline at end of file\n`);
  };
  let at = from;
  let added = 0;
  let removed = 0;
  for (const edit of edits) {
    put(' ', old.slice(at, edit.at));
    put('-', old.slice(edit.at, edit.at + edit.out));
    put('+', edit.in);
    at = edit.at + edit.out;
    added += edit.in.length;
    removed += edit.out;
  }
  put(' ', old.slice(at, to));
  const before = to - from;
  const after = before - removed + added;
  const start = from + (first.to - first.at);
  const side = (line: number, length: number): string => `${length === 0 ? line : line + 1},${length}`;
  return `@@ -${side(from, before)} +${side(start, after)} @@\n${rows.join('')}`;
}
