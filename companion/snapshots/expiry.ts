import type { Kept } from './manifests.ts';

export interface ExpiryLimits {
  /** All vaults together, in bytes. */
  readonly bytes: number;
  /** What was taken before this time goes, in ms. */
  readonly before: number;
}

/** Once over the limit it comes down to this part of it, so that the next take is not over it again. */
const DOWN_TO = 0.9;
/** Nobody knows what letting one go frees before it is gone: as many at a time. */
const SHARE = 8;

/** Those whose time is over. `open`: what a run could still be taken back with. Pure. */
export function expired(
  all: readonly Kept[],
  { before }: ExpiryLimits,
  open: (kept: Kept) => boolean,
): Kept[] {
  return all.filter((kept) => kept.at < before && !open(kept));
}

/** Which go next for want of room, the oldest first; none where there is room, or nothing may go. Pure. */
export function nextToGo(
  all: readonly Kept[],
  { bytes }: ExpiryLimits,
  held: number,
  { open, over }: { readonly open: (kept: Kept) => boolean; readonly over: boolean },
): Kept[] {
  if (held <= (over ? DOWN_TO : 1) * bytes) return [];
  const candidates = all.filter((kept) => !open(kept)).sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  return candidates.slice(0, Math.max(1, Math.ceil(candidates.length / SHARE)));
}
