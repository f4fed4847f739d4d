import type { NowDocument, NowLine } from './now-parse.ts';

/**
 * Gives lines that lost the comment with their id the id back: those that read as a line did whose id is not
 * among the lines any more.
 */
export function restoreIds(disk: NowDocument, base: NowDocument): void {
  for (const section of ['top', 'close'] as const) restore(disk[section] ?? [], base[section] ?? []);
}

function restore(lines: readonly NowLine[], before: readonly NowLine[]): void {
  const present = new Set(lines.map(({ id }) => id));
  for (const line of lines) {
    if (line.id !== null) continue;
    const lost = before.find(({ id, title }) => id !== null && !present.has(id) && title === line.title);
    if (!lost) continue;
    line.id = lost.id;
    present.add(lost.id);
  }
}

/** Whether a part is missing that was there: the end of a file that is still being written, or a choice. */
export function isCut(disk: NowDocument, base: NowDocument): boolean {
  return (
    (base.top !== null && !disk.top) ||
    (base.close !== null && !disk.close) ||
    (base.hasNotes && !disk.hasNotes)
  );
}
