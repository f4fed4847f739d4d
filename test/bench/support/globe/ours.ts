import { tunedGlobeScene } from '../../../../webviews/routes/globe/scene/create-scene.ts';
import { plausibleArcs } from '../../../browser/globe/points.ts';
import { SCENE_COLOURS } from '../../../browser/globe/theme-colours.ts';
import { type Enter, HEIGHT, STEP, WIDTH } from './contender.ts';

/** All that users get: sea, graticule, arcs, rings, labels, at full quality whatever it takes. */
export const ours: Enter = (points, holder, frames) => {
  const canvas = document.createElement('canvas');
  const labels = document.createElement('div');
  for (const element of [canvas, labels])
    Object.assign(element.style, { position: 'absolute', inset: '0', width: '100%', height: '100%' });
  holder.append(canvas, labels);
  const nothing = () => {};
  const scene = tunedGlobeScene(
    {
      canvas,
      labels,
      colours: SCENE_COLOURS.dark,
      reducedMotion: true,
      view: { longitude: 0, latitude: 0.3, distance: 3.2 },
      onHover: nothing,
      onPick: nothing,
      onView: nothing,
      onLost: nothing,
    },
    { fullQuality: true },
  );
  if (!scene) throw new Error('no WebGL 2');
  scene.resize(WIDTH, HEIGHT, 1);
  scene.setPoints(points);
  scene.setArcs(plausibleArcs(points, Math.min(2_000, points.count / 3), 11));
  frames.run();
  return {
    frame() {
      scene.turn(STEP, 0);
      frames.run();
    },
    context: canvas.getContext('webgl2')!,
    get quality() {
      return scene.stats.quality;
    },
    close: () => scene.dispose(),
  };
};
