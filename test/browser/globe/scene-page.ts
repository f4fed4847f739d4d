import '../../../webviews/styles/index.css';
import type {
  GlobeColumns,
  GlobeScene,
  GlobeSceneOptions,
} from '../../../webviews/model/globe/globe-scene.ts';
import { type SceneTuning, tunedGlobeScene } from '../../../webviews/routes/globe/scene/create-scene.ts';
import { plausibleArcs, plausiblePoints } from './points.ts';
import { SCENE_COLOURS, type SceneTheme } from './theme-colours.ts';

/** What a test says to the page. */
export interface ScenePage {
  open(options: OpenScene): boolean;
  close(): void;
  scene: GlobeScene;
  points: GlobeColumns;
  readonly picked: number[];
  readonly hovered: ({ index: number; x: number; y: number } | null)[];
  readonly views: unknown[];
  /** Frames asked of the screen so far, by anybody on the page. */
  readonly frames: () => number;
}

export interface OpenScene {
  readonly count: number;
  readonly theme?: SceneTheme;
  readonly arcs?: number;
  readonly reducedMotion?: boolean;
  readonly view?: GlobeSceneOptions['view'];
  readonly tuning?: SceneTuning;
}

declare global {
  interface Window {
    page: ScenePage;
  }
}

let frames = 0;
const ask = window.requestAnimationFrame.bind(window);
window.requestAnimationFrame = (callback) => {
  frames++;
  return ask(callback);
};

let holder: HTMLElement | null = null;

window.page = {
  scene: undefined as unknown as GlobeScene,
  points: plausiblePoints(0, 1),
  picked: [],
  hovered: [],
  views: [],
  frames: () => frames,
  open({ count, theme = 'dark', arcs = 0, reducedMotion = true, view = null, tuning = {} }) {
    document.documentElement.dataset.theme = theme === 'contrast' ? 'hc-dark' : theme;
    document.body.style.background = 'var(--ground)';
    holder = document.createElement('div');
    Object.assign(holder.style, { position: 'fixed', inset: '0', overflow: 'hidden' });
    const canvas = document.createElement('canvas');
    Object.assign(canvas.style, { position: 'absolute', inset: '0', width: '100%', height: '100%' });
    const labels = document.createElement('div');
    Object.assign(labels.style, { position: 'absolute', inset: '0', pointerEvents: 'none' });
    holder.append(canvas, labels);
    document.body.append(holder);
    const scene = tunedGlobeScene(
      {
        canvas,
        labels,
        colours: SCENE_COLOURS[theme],
        reducedMotion,
        view,
        onHover: (hit) => void this.hovered.push(hit),
        onPick: (index) => void this.picked.push(index),
        onView: (seen) => void this.views.push(seen),
        onLost: () => void this.views.push('lost'),
      },
      tuning,
    );
    if (!scene) return false;
    this.scene = scene;
    this.points = plausiblePoints(count, 7);
    scene.resize(innerWidth, innerHeight, devicePixelRatio);
    scene.setPoints(this.points);
    scene.setArcs(plausibleArcs(this.points, arcs, 11));
    return true;
  },
  close() {
    this.scene.dispose();
    this.scene = undefined as unknown as GlobeScene;
    this.points = plausiblePoints(0, 1);
    this.picked.length = this.hovered.length = this.views.length = 0;
    holder?.remove();
    holder = null;
  },
};
