import { Camera, Scene, WebGLRenderer } from 'three';
import type { GlobeColumns } from '../../../model/globe/globe-scene.ts';
import type { ChosenArc } from './arc-choice.ts';
import type { Eye } from './camera.ts';
import type { Palette } from './colours.ts';
import { arcsLayer } from './layers/arcs.ts';
import { eyeUniforms, setEye } from './layers/eye-uniforms.ts';
import { graticuleLayer } from './layers/graticule.ts';
import { pointsLayer } from './layers/points.ts';
import { type Ring, ringsLayer } from './layers/rings.ts';
import { pointRadius } from './point-radius.ts';

/** All that is drawn with WebGL: four draw calls at most. It knows no time, no pointer and no labels. */
export interface Painter {
  setPoints(columns: GlobeColumns): void;
  touch(columns: GlobeColumns, indexes: readonly number[]): void;
  setArcs(arcs: readonly ChosenArc[], columns: GlobeColumns): void;
  setRings(rings: readonly Ring[]): void;
  setPalette(palette: Palette): void;
  /** Size in CSS pixels, and device pixels for each. */
  resize(width: number, height: number, sharpness: number): void;
  /** `phase`: of the pulse, 0-1, or null where it stands. */
  paint(eye: Eye, count: number, halos: boolean, phase: number | null): void;
  readonly memory: { readonly geometries: number; readonly textures: number };
  dispose(): void;
}

/** Null where there is no WebGL 2. */
export function createPainter(canvas: HTMLCanvasElement): Painter | null {
  // The shaders soften their own edges, and what is behind the globe is told without a depth buffer.
  const wishes: WebGLContextAttributes = {
    alpha: true,
    antialias: false,
    depth: false,
    stencil: false,
    premultipliedAlpha: true,
  };
  const context = canvas.getContext('webgl2', wishes);
  if (!context || context.isContextLost()) return null;
  const renderer = new WebGLRenderer({ canvas, context, ...wishes });
  renderer.setClearColor(0x000000, 0);
  renderer.sortObjects = false;
  const scene = new Scene();
  scene.matrixWorldAutoUpdate = false;
  const camera = new Camera();
  const eyes = eyeUniforms();
  const [graticule, arcs, points, rings] = [
    graticuleLayer(eyes),
    arcsLayer(eyes),
    pointsLayer(eyes),
    ringsLayer(eyes),
  ];
  const layers = [graticule, arcs, points, rings];
  for (const { mesh } of layers) scene.add(mesh);
  let sharpness = 1;

  return {
    setPoints: points.setPoints,
    touch: points.touch,
    setArcs: arcs.setArcs,
    setRings: rings.setRings,
    setPalette(palette) {
      for (const layer of layers) layer.setPalette(palette);
    },
    resize(width, height, ratio) {
      sharpness = ratio;
      const [across, down] = [width, height].map((side) => Math.max(1, Math.round(side * ratio)));
      // A new buffer makes a page wait.
      if (across !== canvas.width || down !== canvas.height) renderer.setSize(across!, down!, false);
    },
    paint(eye, count, halos, phase) {
      setEye(eyes, eye, sharpness);
      points.setLook(pointRadius(count, eye), halos);
      rings.setPhase(phase);
      renderer.render(scene, camera);
    },
    get memory() {
      const { geometries, textures } = renderer.info.memory;
      return { geometries, textures };
    },
    dispose() {
      for (const layer of layers) {
        scene.remove(layer.mesh);
        layer.dispose();
      }
      renderer.dispose();
      renderer.forceContextLoss();
    },
  };
}
