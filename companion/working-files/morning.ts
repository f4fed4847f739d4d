import path from 'node:path';
import type { Disk } from '../kernel/node.ts';
import { type Day, newDay } from './day-state.ts';
import { ARCHIVE } from './names.ts';
import type { NowView } from './now-view.ts';

/**
 * The day after the one that `view` shows: what is unfinished of the top three is carried over, everything else
 * begins anew. Null where the day goes on, or where the calendar went back (a journey west). Pure.
 */
export function nextDay(view: NowView, today: string): Day | null {
  if (today <= view.day) return null;
  return newDay(
    today,
    view.top.map(({ id }) => id),
  );
}

const MOST = 100;

/**
 * Keeps the text of a day in the archive: once, however often it is asked, and never over another text. False
 * where the archive cannot be used.
 */
export async function archiveDay(disk: Disk, folder: string, day: string, text: string): Promise<boolean> {
  const archive = path.join(folder, ARCHIVE);
  if (!(await disk.makeFolder(archive)) && (await disk.kindOf(archive)) !== 'folder') return false;
  const bytes = Buffer.from(text);
  for (let n = 1; n <= MOST; n++) {
    const file = path.join(archive, n === 1 ? `now-${day}.md` : `now-${day}-${n}.md`);
    const found = await disk.read(file);
    if (found.kind === 'file' && found.bytes.equals(bytes)) return true;
    if (found.kind === 'missing' && (await disk.replace(file, text, null))) return true;
  }
  return false;
}
