/**
 * How much of two texts is the same, 0 to 1: lines that both have (as often as both have them, white space at
 * the ends aside), weighed by length, against the longer text. The measure of git's rename detection in lines.
 */
export function similarity(a: string, b: string): number {
  const [linesA, linesB] = [countLines(a), countLines(b)];
  const longer = Math.max(linesA.weight, linesB.weight);
  if (longer === 0) return a === b ? 1 : 0;
  let shared = 0;
  for (const [line, count] of linesA.counts)
    shared += Math.min(count, linesB.counts.get(line) ?? 0) * line.length;
  return shared / longer;
}

function countLines(text: string): { counts: Map<string, number>; weight: number } {
  const counts = new Map<string, number>();
  let weight = 0;
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    if (line === '') continue;
    counts.set(line, (counts.get(line) ?? 0) + 1);
    weight += line.length;
  }
  return { counts, weight };
}
