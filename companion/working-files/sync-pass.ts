import type { FileSync } from './file-sync.ts';
import type { SyncedFile } from './names.ts';
import { type SyncReport, tell } from './sync-report.ts';
import { inWordsOf, isTrouble } from './trouble.ts';

const MOST_PASSES = 3;

/**
 * Brings files and store in step: reads all edits back before anything is written, since an edit of one file
 * shows in the others. Returns the files that must not be touched now.
 */
export async function syncFiles(files: readonly FileSync[], report: SyncReport): Promise<Set<SyncedFile>> {
  const blocked = new Set<SyncedFile>();
  let open = files;
  // A file that somebody saved between being read and being written has another edit to be read.
  for (let pass = 0; open.length > 0 && pass < MOST_PASSES; pass++) {
    const ready = await readBackAll(open, report);
    for (const { name } of open) if (!ready.some(({ file }) => file.name === name)) blocked.add(name);
    const again: FileSync[] = [];
    for (const { file, seen } of ready) {
      const done = await guarded(report, file.name, 'written', () => file.write(seen, report));
      if (done === null) blocked.add(file.name);
      else if (!done) again.push(file);
    }
    open = again;
  }
  for (const { name } of open) blocked.add(name);
  return blocked;
}

/** The files whose edits were dealt with, and what was seen there. */
export async function readBackAll(
  files: readonly FileSync[],
  report: SyncReport,
): Promise<{ file: FileSync; seen: Buffer | null }[]> {
  const ready: { file: FileSync; seen: Buffer | null }[] = [];
  for (const file of files) {
    const result = await guarded(report, file.name, 'read back', () => file.readBack(report));
    if (result?.kind === 'ready') ready.push({ file, seen: result.seen });
  }
  return ready;
}

/** Trouble with the disk concerns one file and passes (null); anything else is a defect. */
async function guarded<T>(
  report: SyncReport,
  name: SyncedFile,
  verb: string,
  work: () => Promise<T>,
): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (!isTrouble(error)) throw error;
    tell(report.failed, name, `\`${name}\` could not be ${verb}; it is tried again. ${inWordsOf(error)}`);
    return null;
  }
}
