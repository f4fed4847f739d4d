import type { Stats } from 'node:fs';

/** By what a file or folder is known to be the same, without reading it. */
export interface Facts {
  readonly ino: number;
  readonly mode: number;
  readonly size: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  /** False where it was changed so shortly before that another change could bear the same times. */
  readonly settled: boolean;
}

/** The coarsest time stamps of a file system that is still in use (FAT). */
const GRAIN_MS = 2000;

/** `stamp`: what the file system's clock showed before anything was looked at, in ms. */
export function factsOf({ ino, mode, size, mtimeMs, ctimeMs }: Stats, stamp: number): Facts {
  return { ino, mode, size, mtimeMs, ctimeMs, settled: ctimeMs < stamp - GRAIN_MS };
}

/** Whether it is surely as it was. */
export function unchanged(before: Facts | undefined, now: Facts): boolean {
  return before?.settled === true && alike(before, now);
}

/** Whether nothing tells it from what it was. */
export function alike(before: Facts, now: Facts): boolean {
  return (
    before.ino === now.ino &&
    before.mode === now.mode &&
    before.size === now.size &&
    before.mtimeMs === now.mtimeMs &&
    before.ctimeMs === now.ctimeMs
  );
}
