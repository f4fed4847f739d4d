import type { GlobeColumns } from '../../../../webviews/model/globe/globe-scene.ts';

/** CSS pixels, of which a device pixel is one. */
export const WIDTH = 800;
export const HEIGHT = 600;
/** Each frame turns by so much, so that each frame is another picture. Radians. */
export const STEP = 0.01;

/** One renderer with the points in it. */
export interface Contender {
  /** Draws the next picture, a little turned; all of its script is done when this returns. */
  frame(): void;
  readonly context: WebGL2RenderingContext;
  /** Of its own setting of quality, 0-1; those that have none always draw all. */
  readonly quality: number;
  close(): void;
}

export type Enter = (
  points: GlobeColumns,
  holder: HTMLElement,
  frames: Frames,
) => Contender | Promise<Contender>;

/** Stands in for `requestAnimationFrame`, so that each contender's own loop is driven one frame at a time. */
export class Frames {
  #waiting: FrameRequestCallback[] = [];
  #handle = 0;

  ask(callback: FrameRequestCallback): number {
    this.#waiting.push(callback);
    return ++this.#handle;
  }

  /** Runs what has been asked for so far. */
  run(): void {
    const now = performance.now();
    for (const callback of this.#waiting.splice(0)) callback(now);
  }
}
