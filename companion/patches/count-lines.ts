import { diffLines } from 'diff';
import { linesOf } from './apply-hunks.ts';

/** Lines of larger files are not counted one by one. */
const COUNTED = 2_000_000;
/** Files of which more than this changes are counted roughly. */
const MOST_EDITS = 1000;

/** Lines that come and go between two texts; roughly where they are large or have little in common. Pure. */
export function countLines(before: string, after: string): { additions: number; deletions: number } {
  const small = before.length + after.length <= COUNTED;
  const parts = small ? diffLines(before, after, { maxEditLength: MOST_EDITS }) : undefined;
  if (!parts) return countRoughly(before, after);
  const sum = (which: 'added' | 'removed') =>
    parts.filter((part) => part[which]).reduce((lines, part) => lines + part.count, 0);
  return { additions: sum('added'), deletions: sum('removed') };
}

/** Without regard to where lines stand. */
function countRoughly(before: string, after: string): { additions: number; deletions: number } {
  const counts = new Map<string, number>();
  for (const line of linesOf(before)) counts.set(line, (counts.get(line) ?? 0) - 1);
  for (const line of linesOf(after)) counts.set(line, (counts.get(line) ?? 0) + 1);
  let [additions, deletions] = [0, 0];
  for (const n of counts.values()) {
    additions += Math.max(0, n);
    deletions += Math.max(0, -n);
  }
  return { additions, deletions };
}
