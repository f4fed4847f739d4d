import type { Eye } from './camera.ts';

/**
 * Radius in CSS pixels of a point of middling size: the more points, the smaller each, and a little larger when near.
 * About 9 for 300 points and 3 for 10,000 on a globe of 330 pixels.
 */
export function pointRadius(count: number, eye: Eye): number {
  const crowded = (300 / Math.max(60, count)) ** 0.31;
  return Math.max(1.1, Math.min(11, Math.sqrt(eye.outline * 330) * 0.0235 * crowded));
}

/** What the size of a point (0-1) makes of it; the shader says the same. */
export function radiusOf(size: number, middling: number): number {
  return middling * (0.62 + 0.95 * size);
}
