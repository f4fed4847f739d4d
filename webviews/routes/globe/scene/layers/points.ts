import { BufferAttribute, BufferGeometry, DynamicDrawUsage, Points, Vector3, Vector4 } from 'three';
import type { GlobeColumns } from '../../../../model/globe/globe-scene.ts';
import type { Palette } from '../colours.ts';
import { mixed, type Rgba } from '../colours.ts';
import { onSphere } from '../sphere.ts';
import type { EyeUniforms } from './eye-uniforms.ts';
import { layerMaterial } from './layer-material.ts';
import { POINT_FRAGMENT, POINT_VERTEX } from './point-shaders.ts';
import { runsOf } from './runs.ts';

export interface PointsLayer {
  readonly mesh: Points;
  setPoints(columns: GlobeColumns): void;
  touch(columns: GlobeColumns, indexes: readonly number[]): void;
  setPalette(palette: Palette): void;
  /** Radius in CSS pixels of a point of middling size; halos or none. */
  setLook(radius: number, halos: boolean): void;
  dispose(): void;
}

/**
 * One vertex of 16 bytes for each point, in one draw call. Not instances of a quad: those are four vertices each, and
 * where there is no graphics card, a software renderer takes them one instance at a time (twelve times slower).
 */
export function pointsLayer(eye: EyeUniforms): PointsLayer {
  const tones = { value: Array.from({ length: 6 }, () => new Vector3()) };
  const rim = { value: new Vector4() };
  const look = { value: new Vector3(4, 1, 1) };
  const material = layerMaterial(eye, { tones, rim, look }, POINT_VERTEX, POINT_FRAGMENT);
  let geometry = emptyGeometry(0);
  const mesh = new Points(geometry, material);
  mesh.frustumCulled = false;

  return {
    mesh,
    setPoints(columns) {
      if (room(geometry) < columns.count || room(geometry) > 4 * columns.count + 1024) {
        geometry.dispose();
        // Some room for what comes next, so that one more point is not one more buffer.
        geometry = emptyGeometry(Math.ceil(columns.count * 1.25) + 64);
        mesh.geometry = geometry;
      }
      geometry.setDrawRange(0, columns.count);
      const { place, shape } = attributesOf(geometry);
      for (let i = 0; i < columns.count; i++) write(place, shape, columns, i);
      whole(columns.count, place, shape);
      place.needsUpdate = shape.needsUpdate = true;
    },
    touch(columns, indexes) {
      const { place, shape } = attributesOf(geometry);
      for (const i of indexes) write(place, shape, columns, i);
      for (const { from, count } of runsOf(indexes)) {
        place.addUpdateRange(from * 3, count * 3);
        shape.addUpdateRange(from * 4, count * 4);
      }
      // Nothing is uploaded while nothing is drawn: a hidden globe would gather them without end.
      if (place.updateRanges.length > MOST_RUNS) whole(columns.count, place, shape);
      place.needsUpdate = shape.needsUpdate = true;
    },
    setPalette(palette) {
      palette.tones.forEach(([red, green, blue], i) => {
        tones.value[i]?.set(red, green, blue);
      });
      const around: Rgba = palette.outlined
        ? palette.text
        : palette.dark
          ? mixed(palette.sea, BLACK, 0.5)
          : WHITE;
      rim.value.set(around[0], around[1], around[2], palette.outlined ? 1 : palette.dark ? 0.75 : 0.95);
      look.value.z = palette.outlined ? 0 : palette.dark ? 1 : 0.55;
    },
    setLook(radius, halos) {
      look.value.x = radius;
      look.value.y = halos ? 1 : 0;
    },
    dispose() {
      geometry.dispose();
      material.dispose();
    },
  };
}

const MOST_RUNS = 64;
const BLACK: Rgba = [0, 0, 0, 1];
const WHITE: Rgba = [1, 1, 1, 1];

function emptyGeometry(count: number): BufferGeometry {
  const geometry = new BufferGeometry();
  const place = new BufferAttribute(new Float32Array(count * 3), 3);
  const shape = new BufferAttribute(new Uint8Array(count * 4), 4, true);
  geometry.setAttribute('place', place.setUsage(DynamicDrawUsage));
  geometry.setAttribute('shape', shape.setUsage(DynamicDrawUsage));
  geometry.setDrawRange(0, 0);
  return geometry;
}

function whole(count: number, ...attributes: readonly BufferAttribute[]): void {
  for (const attribute of attributes) {
    attribute.clearUpdateRanges();
    attribute.addUpdateRange(0, count * attribute.itemSize);
  }
}

function attributesOf(geometry: BufferGeometry) {
  return {
    place: geometry.getAttribute('place') as BufferAttribute,
    shape: geometry.getAttribute('shape') as BufferAttribute,
  };
}

function room(geometry: BufferGeometry): number {
  return attributesOf(geometry).place.count;
}

function write(place: BufferAttribute, shape: BufferAttribute, columns: GlobeColumns, i: number): void {
  const [x, y, z] = onSphere(columns.longitudes[i]!, columns.latitudes[i]!);
  place.array[i * 3] = x;
  place.array[i * 3 + 1] = y;
  place.array[i * 3 + 2] = z;
  shape.array[i * 4] = Math.round(columns.sizes[i]! * 255);
  shape.array[i * 4 + 1] = Math.round(columns.glows[i]! * 255);
  shape.array[i * 4 + 2] = columns.tones[i]!;
  shape.array[i * 4 + 3] = columns.shown[i] === 0 ? 0 : 255;
}
