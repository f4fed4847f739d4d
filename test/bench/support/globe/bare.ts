import {
  BufferAttribute,
  BufferGeometry,
  Color,
  InstancedMesh,
  MeshBasicMaterial,
  Object3D,
  PerspectiveCamera,
  PlaneGeometry,
  Points,
  PointsMaterial,
  Scene,
  WebGLRenderer,
} from 'three';
import type { GlobeColumns } from '../../../../webviews/model/globe/globe-scene.ts';
import { eyeOf, HOME } from '../../../../webviews/routes/globe/scene/camera.ts';
import { pointRadius, radiusOf } from '../../../../webviews/routes/globe/scene/point-radius.ts';
import { onSphere } from '../../../../webviews/routes/globe/scene/sphere.ts';
import { SCENE_COLOURS } from '../../../browser/globe/theme-colours.ts';
import { type Enter, HEIGHT, STEP, WIDTH } from './contender.ts';

/** Plain squares in one draw call, as instances of a mesh: nothing else on the canvas, no labels, no picking. */
export const bareInstanced: Enter = (points, holder) => {
  const mesh = new InstancedMesh(new PlaneGeometry(), new MeshBasicMaterial(), points.count);
  const each = new Object3D();
  const side = (diameter(points) / eye.focal) * (HOME.distance - 1);
  for (let i = 0; i < points.count; i++) {
    each.position.set(...onSphere(points.longitudes[i]!, points.latitudes[i]!));
    each.lookAt(each.position.clone().multiplyScalar(2));
    each.scale.setScalar(side);
    each.updateMatrix();
    mesh.setMatrixAt(i, each.matrix);
    mesh.setColorAt(i, colourOf(points, i));
  }
  return drawn(mesh, holder);
};

/** The same as WebGL's own points: one corner for each instead of four. */
export const barePoints: Enter = (points, holder) => {
  const geometry = new BufferGeometry();
  const places = new Float32Array(points.count * 3);
  const colours = new Float32Array(points.count * 3);
  for (let i = 0; i < points.count; i++) {
    places.set(onSphere(points.longitudes[i]!, points.latitudes[i]!), i * 3);
    colourOf(points, i).toArray(colours, i * 3);
  }
  geometry.setAttribute('position', new BufferAttribute(places, 3));
  geometry.setAttribute('color', new BufferAttribute(colours, 3));
  const look = { size: diameter(points), sizeAttenuation: false, vertexColors: true };
  return drawn(new Points(geometry, new PointsMaterial(look)), holder);
};

const eye = eyeOf(HOME, WIDTH, HEIGHT);

/** Pixels that a point of average size has in ours, without its rim and halo. */
export function diameter(points: GlobeColumns): number {
  const size = points.sizes.reduce((sum, each) => sum + each, 0) / points.count;
  return 2 * radiusOf(size, pointRadius(points.count, eye));
}

export function colourOf(points: GlobeColumns, i: number): Color {
  return new Color(SCENE_COLOURS.dark.tones[points.tones[i]!]);
}

/** The camera of our globe, for those that bring none. */
export function sameCamera(radius = 1): PerspectiveCamera {
  const angle = (2 * Math.atan(HEIGHT / 2 / eye.focal) * 180) / Math.PI;
  const camera = new PerspectiveCamera(angle, WIDTH / HEIGHT, 0.1 * radius, 10 * radius);
  camera.position.set(0, Math.sin(0.3) * HOME.distance * radius, Math.cos(0.3) * HOME.distance * radius);
  camera.lookAt(0, 0, 0);
  return camera;
}

/** Renders one object that turns, with a renderer as three.js makes it by default. */
export function drawn(object: Object3D, holder: HTMLElement, radius = 1, others: readonly Object3D[] = []) {
  const renderer = new WebGLRenderer();
  renderer.setPixelRatio(1);
  renderer.setSize(WIDTH, HEIGHT);
  holder.append(renderer.domElement);
  const scene = new Scene();
  scene.add(object, ...others);
  const camera = sameCamera(radius);
  return {
    frame() {
      object.rotation.y -= STEP;
      renderer.render(scene, camera);
    },
    context: renderer.getContext() as WebGL2RenderingContext,
    quality: 1,
    close() {
      renderer.dispose();
      renderer.forceContextLoss();
    },
  };
}
