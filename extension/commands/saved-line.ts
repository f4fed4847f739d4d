/**
 * The line (1-based) at which a line of an unsaved document stands in the saved file: the companion reads
 * files, not editors. The nearest line with the same text; the same number where there is none.
 */
export function savedLine(saved: readonly string[], text: string, line: number): number {
  let best: number | null = null;
  for (const [index, candidate] of saved.entries()) {
    if (candidate !== text) continue;
    if (best === null || Math.abs(index + 1 - line) < Math.abs(best - line)) best = index + 1;
  }
  return best ?? Math.min(line, Math.max(saved.length, 1));
}
