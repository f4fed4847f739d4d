import ForceGraph3D from '3d-force-graph';
import { AmbientLight, DirectionalLight } from 'three';
import ThreeGlobe from 'three-globe';
import type { GlobeColumns } from '../../../../webviews/model/globe/globe-scene.ts';
import { onSphere } from '../../../../webviews/routes/globe/scene/sphere.ts';
import { SCENE_COLOURS } from '../../../browser/globe/theme-colours.ts';
import { diameter, drawn } from './bare.ts';
import { type Enter, HEIGHT, STEP, WIDTH } from './contender.ts';

/** three-globe's radius. */
const RADIUS = 100;
const DEGREES = 180 / Math.PI;

const places = (points: GlobeColumns) =>
  Array.from({ length: points.count }, (_, i) => ({
    id: i,
    lat: points.latitudes[i]! * DEGREES,
    lng: points.longitudes[i]! * DEGREES,
    color: SCENE_COLOURS.dark.tones[points.tones[i]!]!,
  }));

function globe(): ThreeGlobe {
  return new ThreeGlobe({ waitForGlobeReady: false, animateIn: false }).showGlobe(true).showAtmosphere(true);
}

function lit(object: ThreeGlobe, holder: HTMLElement) {
  return drawn(object, holder, RADIUS, [new AmbientLight(0xcccccc, Math.PI), new DirectionalLight()]);
}

/** Its points layer, all merged into one mesh, as its documentation advises for speed, with the fewest sides. */
export const threeGlobePoints: Enter = async (points, holder) => {
  const object = globe()
    .pointsData(places(points))
    .pointLat('lat')
    .pointLng('lng')
    .pointColor('color')
    .pointAltitude(0.005)
    .pointRadius(0.25)
    .pointResolution(4)
    .pointsMerge(true)
    .pointsTransitionDuration(0);
  await settled();
  return lit(object, holder);
};

/** Its particles layer: squares of one colour each set, the lightest that it offers. */
export const threeGlobeParticles: Enter = async (points, holder) => {
  const all = places(points);
  const sets = SCENE_COLOURS.dark.tones.map((tone) => all.filter(({ color }) => color === tone));
  const object = globe()
    .particlesData(sets)
    .particleLat('lat')
    .particleLng('lng')
    .particleAltitude(0.005)
    .particlesColor((set: object) => (set as { color: string }[])[0]?.color ?? '#ffffff')
    .particlesSize(diameter(points))
    .particlesSizeAttenuation(false);
  await settled();
  return lit(object, holder);
};

/** Fixed places and no ticks of the layout, no pointer, the coarsest balls. */
export const forceGraph: Enter = async (points, holder, frames) => {
  const nodes = Array.from({ length: points.count }, (_, i) => {
    const [x, y, z] = onSphere(points.longitudes[i]!, points.latitudes[i]!).map((v) => v * RADIUS);
    return { id: i, fx: x!, fy: y!, fz: z!, color: SCENE_COLOURS.dark.tones[points.tones[i]!]! };
  });
  const graph = new ForceGraph3D(holder, {
    controlType: 'orbit',
    rendererConfig: { antialias: false, alpha: false },
  })
    .width(WIDTH)
    .height(HEIGHT)
    .warmupTicks(0)
    .cooldownTicks(0)
    .enablePointerInteraction(false)
    .showNavInfo(false)
    .nodeResolution(4)
    .nodeRelSize(0.6)
    .nodeColor('color')
    .graphData({ nodes, links: [] });
  graph.renderer().setPixelRatio(1);
  await settled();
  for (let i = 0; i < 5; i++) frames.run();
  let turned = 0;
  return {
    frame() {
      turned += STEP;
      const away = 320;
      graph.cameraPosition({ x: Math.sin(turned) * away, y: 95, z: Math.cos(turned) * away }, undefined, 0);
      frames.run();
    },
    context: graph.renderer().getContext() as WebGL2RenderingContext,
    quality: 1,
    close() {
      const renderer = graph.renderer();
      graph._destructor();
      renderer.forceContextLoss();
    },
  };
};

/** Both put their points in a later task. */
function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 300));
}
