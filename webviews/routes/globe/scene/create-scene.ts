import type {
  CreateGlobeScene,
  GlobeArc,
  GlobeColumns,
  GlobeScene,
  GlobeSceneOptions,
} from '../../../model/globe/globe-scene.ts';
import { annotations } from './annotations.ts';
import { bounded, eyeOf, HOME, radiansPerPixel } from './camera.ts';
import { colourReader, type Palette, paletteOf } from './colours.ts';
import { contextWatch } from './context-watch.ts';
import { frameLoop, type Next } from './frame-loop.ts';
import { listenTo } from './gestures.ts';
import { destination, type Motion, moved, towards } from './motion.ts';
import { createPainter, type Painter } from './painter.ts';
import { pick as pickIn } from './pick-index.ts';
import { pointIndex } from './point-index.ts';
import { FULL, LEVELS, nextQuality, type Quality, startQuality } from './quality.ts';
import { seaBackground } from './sea.ts';
import { viewReport } from './view-report.ts';

/** A pointer hits what is seen within so many CSS pixels. */
const REACH = 10;
const PULSE_MS = 2_400;
const NOTHING: GlobeColumns = {
  count: 0,
  ids: [],
  titles: [],
  longitudes: new Float32Array(),
  latitudes: new Float32Array(),
  sizes: new Float32Array(),
  glows: new Float32Array(),
  tones: new Uint8Array(),
  pulses: new Uint8Array(),
  shown: new Uint8Array(),
};

/** For benchmarks and pictures: quality stays at full whatever a frame takes. */
export interface SceneTuning {
  readonly fullQuality?: boolean;
}

/** A canvas serves one scene: disposing it gives its context up for good. */
export const createGlobeScene: CreateGlobeScene = (options) => tunedGlobeScene(options, {});

export function tunedGlobeScene(options: GlobeSceneOptions, tuning: SceneTuning): GlobeScene | null {
  const { canvas, reducedMotion } = options;
  const painter = createPainter(canvas);
  return painter && sceneOver(painter, options, tuning, reducedMotion);
}

function sceneOver(
  painter: Painter,
  options: GlobeSceneOptions,
  tuning: SceneTuning,
  still: boolean,
): GlobeScene {
  const { canvas, labels, onHover, onPick, onView, onLost } = options;
  const read = colourReader();
  let columns = NOTHING;
  let motion: Motion = {
    view: bounded(options.view ?? HOME),
    flight: null,
    spin: null,
    drifts: !still && options.view === null,
  };
  let size = { width: Math.max(1, canvas.clientWidth), height: Math.max(1, canvas.clientHeight), ratio: 1 };
  let palette: Palette = paletteOf(options.colours, read);
  let quality: Quality = startQuality(performance.now());
  let selected: { index: number; id: string } | null = null;
  let pointer: { x: number; y: number } | null = null;
  let hovered: number | null = null;
  let frameMs = 0;
  let disposed = false;
  const index = pointIndex();
  const notes = annotations(labels, painter);
  const report = viewReport(onView);

  const eye = () => eyeOf(motion.view, size.width, size.height);
  const spending = () => LEVELS[quality.level]!;
  const sized = () => {
    painter.resize(size.width, size.height, Math.min(2, size.ratio));
    coat();
  };
  let coated = '';
  const coat = () => {
    const { distance } = motion.view;
    const key = `${size.width} ${size.height} ${distance}`;
    if (key === coated) return;
    coated = key;
    canvas.style.background = seaBackground(eye(), palette);
  };
  const dressed = () => {
    painter.setPalette(palette);
    coated = '';
    coat();
  };

  const hitAt = (at: { x: number; y: number }) =>
    pickIn(index.of(columns), columns, eye(), at, REACH, index.moved);
  const hover = () => {
    const now = pointer && hitAt(pointer);
    if (now === hovered) return;
    hovered = now;
    canvas.style.cursor = now === null ? '' : 'pointer';
    onHover(now === null ? null : { index: now, ...notes.placeOf(columns, now, eye()) });
  };

  const draw = (now: number, ms: number): Next => {
    const began = performance.now();
    const before = motion.view;
    motion = moved(motion, ms);
    coat();
    if (pointer || hovered !== null) hover();
    const seen = eye();
    const { labels: most, arcs, halos } = spending();
    const pulses = notes.write({
      columns,
      index,
      eye: seen,
      selected: selected?.index ?? null,
      hovered,
      now,
      most,
      arcs,
    });
    const phase = still ? null : (now % PULSE_MS) / PULSE_MS;
    painter.paint(seen, columns.count, halos, phase);
    frameMs = performance.now() - began;
    if (motion.flight || motion.spin) return 'quick';
    if (motion.view !== before && !motion.drifts) report.changed(motion.view);
    return motion.drifts || (pulses && !still) || notes.due ? 'calm' : 'rest';
  };

  const measure = (ms: number, now: number) => {
    if (tuning.fullQuality) return;
    quality = nextQuality(quality, ms, now);
  };
  const loop = frameLoop(draw, measure);

  const turnedBy = (longitude: number, latitude: number) => {
    const { view } = motion;
    motion = {
      view: bounded({ ...view, longitude: view.longitude + longitude, latitude: view.latitude + latitude }),
      flight: null,
      spin: null,
      drifts: false,
    };
    report.changed(motion.view);
    loop.ask();
  };
  const flyTo = (longitude: number, latitude: number, distance: number) => {
    motion = towards(motion, { longitude, latitude, distance }, still);
    report.changed(destination(motion));
    loop.ask();
  };
  const perPixel = () => {
    const across = radiansPerPixel(eye());
    return { longitude: across / Math.max(0.35, Math.cos(motion.view.latitude)), latitude: across };
  };
  const unlisten = listenTo(canvas, {
    touch() {
      motion = { ...motion, spin: null, flight: null, drifts: false };
    },
    drag(right, down) {
      const { longitude, latitude } = perPixel();
      turnedBy(-right * longitude, down * latitude);
    },
    release(right, down) {
      if (still) return;
      const { longitude, latitude } = perPixel();
      motion = { ...motion, spin: { longitude: -right * longitude, latitude: down * latitude } };
      loop.ask();
    },
    zoom(factor) {
      const { view } = motion;
      // The height above the ground, not the distance from the centre, is what one sees change.
      motion = {
        ...motion,
        view: bounded({ ...view, distance: 1 + (view.distance - 1) / factor }),
        flight: null,
        drifts: false,
      };
      report.changed(motion.view);
      loop.ask();
    },
    point(at) {
      pointer = at;
      loop.ask();
    },
    click(at) {
      const hit = hitAt(at);
      if (hit !== null) onPick(hit);
    },
  });
  const watch = contextWatch(canvas, {
    lost: () => loop.setRunning(false),
    back() {
      painter.setPoints(columns);
      notes.forget();
      sized();
      loop.setRunning(true);
    },
    gone: onLost,
  });

  canvas.style.touchAction = 'none';
  canvas.style.forcedColorAdjust = 'none';
  labels.setAttribute('aria-hidden', 'true');
  labels.style.setProperty('--globe-sea', options.colours.sea);
  sized();
  dressed();
  loop.ask();

  return {
    setPoints(next) {
      columns = next;
      index.forget();
      const at = selected ? next.ids.indexOf(selected.id) : -1;
      selected = selected && at >= 0 ? { index: at, id: selected.id } : null;
      hovered = null;
      painter.setPoints(next);
      notes.forget();
      loop.ask();
    },
    touch(indexes) {
      index.touched(indexes);
      painter.touch(columns, indexes);
      notes.touched();
      loop.askSoon();
    },
    setArcs(arcs: readonly GlobeArc[]) {
      notes.setArcs(arcs);
      loop.ask();
    },
    setColours(colours) {
      palette = paletteOf(colours, read);
      labels.style.setProperty('--globe-sea', colours.sea);
      dressed();
      loop.ask();
    },
    select(at) {
      const id = at === null ? undefined : columns.ids[at];
      selected = at === null || id === undefined ? null : { index: at, id };
      notes.touched();
      if (selected) {
        const { index: i } = selected;
        flyTo(columns.longitudes[i]!, columns.latitudes[i]!, motion.view.distance);
      } else loop.ask();
    },
    turn(longitude, latitude) {
      const to = destination(motion);
      flyTo(to.longitude + longitude, to.latitude + latitude, to.distance);
    },
    zoom(factor) {
      const to = destination(motion);
      flyTo(to.longitude, to.latitude, 1 + (to.distance - 1) / factor);
    },
    resize(width, height, ratio) {
      if (width < 1 || height < 1) return;
      size = { width, height, ratio };
      notes.touched();
      sized();
      loop.ask();
    },
    setVisible(visible) {
      quality = startQuality(performance.now());
      if (visible) sized();
      loop.setRunning(visible && !watch.isLost);
    },
    stats: {
      get frameMs() {
        return frameMs;
      },
      get quality() {
        return quality.level / FULL;
      },
      get geometries() {
        return painter.memory.geometries;
      },
      get textures() {
        return painter.memory.textures;
      },
    },
    dispose() {
      if (disposed) return;
      disposed = true;
      loop.dispose();
      unlisten();
      watch.dispose();
      report.dispose();
      notes.dispose();
      painter.dispose();
      columns = NOTHING;
      index.forget();
    },
  };
}
