import '../../../../webviews/styles/index.css';
import { plausiblePoints } from '../../../browser/globe/points.ts';
import { bareInstanced, barePoints } from './bare.ts';
import { type Contender, type Enter, Frames, HEIGHT, WIDTH } from './contender.ts';
import { ours } from './ours.ts';
import { forceGraph, threeGlobeParticles, threeGlobePoints } from './peers.ts';

const ENTER = {
  progeny: ours,
  'three.js InstancedMesh': bareInstanced,
  'three.js Points': barePoints,
  'three-globe points': threeGlobePoints,
  'three-globe particles': threeGlobeParticles,
  '3d-force-graph': forceGraph,
} as const satisfies Record<string, Enter>;
export type Renderer = keyof typeof ENTER;

/** What the benchmark says to its page. */
export interface BenchPage {
  /** Lets a renderer in with so many points; how long that took, in milliseconds. */
  enter(renderer: Renderer, count: number): Promise<number>;
  /** So many frames; what each took, in milliseconds, the work of the graphics included. */
  frames(renderer: Renderer, many: number): number[];
  /** How many colours, coarsely, are on its canvas: one is an empty picture. */
  colours(renderer: Renderer): number;
  quality(renderer: Renderer): number;
  leave(renderer: Renderer): void;
}

declare global {
  interface Window {
    bench: BenchPage;
  }
}

interface Entered {
  readonly contender: Contender;
  readonly holder: HTMLElement;
  readonly frames: Frames;
}

const entered = new Map<Renderer, Entered>();
let running: Frames | null = null;
const ask = window.requestAnimationFrame.bind(window);
window.requestAnimationFrame = (callback) => running?.ask(callback) ?? ask(callback);
const pixel = new Uint8Array(4);

function one(renderer: Renderer): Entered {
  const found = entered.get(renderer);
  if (!found) throw new Error(`${renderer} is not in`);
  return found;
}

window.bench = {
  async enter(renderer, count) {
    const points = plausiblePoints(count, 7);
    const holder = document.createElement('div');
    Object.assign(holder.style, { position: 'fixed', width: `${WIDTH}px`, height: `${HEIGHT}px` });
    document.body.append(holder);
    const frames = new Frames();
    running = frames;
    const began = performance.now();
    const contender = await ENTER[renderer](points, holder, frames);
    running = null;
    entered.set(renderer, { contender, holder, frames });
    return performance.now() - began;
  },
  frames(renderer, many) {
    const { contender, holder, frames } = one(renderer);
    const { context } = contender;
    running = frames;
    const taken = Array.from({ length: many }, () => {
      const began = performance.now();
      contender.frame();
      // Reading a pixel waits until all of the picture is drawn; the size, until what was written over it is laid out.
      context.readPixels(0, 0, 1, 1, context.RGBA, context.UNSIGNED_BYTE, pixel);
      holder.getBoundingClientRect();
      return performance.now() - began;
    });
    running = null;
    return taken;
  },
  colours(renderer) {
    const { contender, frames } = one(renderer);
    const { context } = contender;
    running = frames;
    contender.frame();
    running = null;
    const all = new Uint8Array(WIDTH * HEIGHT * 4);
    context.readPixels(0, 0, WIDTH, HEIGHT, context.RGBA, context.UNSIGNED_BYTE, all);
    const seen = new Set<number>();
    for (let i = 0; i < all.length; i += 4)
      seen.add(((all[i]! >> 5) << 6) | ((all[i + 1]! >> 5) << 3) | (all[i + 2]! >> 5));
    return seen.size;
  },
  quality: (renderer) => one(renderer).contender.quality,
  leave(renderer) {
    const { contender, holder } = one(renderer);
    contender.close();
    holder.remove();
    entered.delete(renderer);
  },
};
