import { ProgenyError } from '../protocol/index.ts';

/** The disk is full, read-only, denied or gone, or the store says so: told, and tried again. All else is a defect. */
export function isTrouble(error: unknown): boolean {
  return error instanceof ProgenyError || (error instanceof Error && 'syscall' in error);
}

export function inWordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
