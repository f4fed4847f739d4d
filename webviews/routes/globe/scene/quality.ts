/** What each level of quality spends. Never on the number of pixels: a new buffer makes a page wait. */
export interface Spending {
  readonly labels: number;
  readonly arcs: number;
  readonly halos: boolean;
}

/** From the least to full. */
export const LEVELS: readonly Spending[] = [
  { labels: 3, arcs: 0, halos: false },
  { labels: 5, arcs: 10, halos: false },
  { labels: 8, arcs: 20, halos: true },
  { labels: 11, arcs: 32, halos: true },
  { labels: 14, arcs: 48, halos: true },
];
export const FULL = LEVELS.length - 1;

export interface Quality {
  readonly level: number;
  /** Since when the level is what it is. Milliseconds, as all below. */
  readonly since: number;
  /** The frames since then, as long as they are consecutive. */
  readonly frames: readonly number[];
  /** Whether the last step was one up. */
  readonly raised: boolean;
  /** How long it must go well before the next step up. */
  readonly patience: number;
  /** What a frame took at full quality when that was left. */
  readonly slowAtFull: number;
  /** Until when nothing is tried, because less was no help. */
  readonly restsUntil: number;
}

/** So many frames are looked at together, by their median. */
const WINDOW = 24;
/** Below 50 frames a second it is too slow; at 58 and more all is well. */
const SLOW = 20;
const WELL = 17.3;
/** Longer than this is a pause, not a frame. */
const PAUSE = 250;
const LEAST_PATIENCE = 3_000;
const MOST_PATIENCE = 60_000;
const REST = 60_000;
/** Frames at the least quality must take so much less than at full quality for it to be worth it. */
const WORTH = 0.9;

export function startQuality(now: number): Quality {
  return {
    level: FULL,
    since: now,
    frames: [],
    raised: false,
    patience: LEAST_PATIENCE,
    slowAtFull: 0,
    restsUntil: 0,
  };
}

/**
 * Quality after a frame that came `ms` after the one before. A step down when the median of 24 frames is above 20 ms;
 * a step up when it has been below 17.3 ms for as long as the patience, which doubles (3 to 60 s) with each step up
 * that had to be taken back. Where even the least quality brings less than a tenth, the cause is elsewhere (a screen
 * of 30 Hz, a busy machine): back to full for a minute.
 */
export function nextQuality(quality: Quality, ms: number, now: number): Quality {
  if (ms > PAUSE) return { ...quality, frames: [] };
  const frames = [...quality.frames, ms].slice(-WINDOW);
  if (frames.length < WINDOW) return { ...quality, frames };
  const typical = medianOf(frames);
  const { level, patience } = quality;
  const changed = { ...quality, since: now, frames: [] };
  if (typical > SLOW && now >= quality.restsUntil) {
    const slowAtFull = level === FULL ? typical : quality.slowAtFull;
    if (level > 0) {
      const longer = quality.raised ? Math.min(MOST_PATIENCE, patience * 2) : patience;
      return { ...changed, level: level - 1, slowAtFull, patience: longer, raised: false };
    }
    if (typical > slowAtFull * WORTH)
      return { ...changed, level: FULL, restsUntil: now + REST, raised: false };
  }
  if (typical < WELL && level < FULL && now - quality.since >= patience)
    return { ...changed, level: level + 1, raised: true };
  return { ...quality, frames };
}

function medianOf(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!;
}
