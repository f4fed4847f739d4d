import type { Loop, LoopStatus } from '../protocol/index.ts';

const OPEN: readonly LoopStatus[] = ['proposed', 'open', 'stale'];

/** Still open, and not put off. */
export function isOpen({ status }: Pick<Loop, 'status'>): boolean {
  return OPEN.includes(status);
}

/** Has a place in `open_loops.json`, unless it is private. */
export function isListed(loop: Pick<Loop, 'status'>): boolean {
  return isOpen(loop) || loop.status === 'deferred';
}
