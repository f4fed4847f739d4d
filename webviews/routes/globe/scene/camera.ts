import type { GlobeView } from '../../../model/globe/globe-scene.ts';
import { dot, onSphere, type Vec3, wrapped } from './sphere.ts';

/** Where everybody starts: the whole globe, the equator a little below the middle. */
export const HOME: GlobeView = { longitude: 0, latitude: 0.42, distance: 3.2 };
/** In radii of the globe from its centre. */
export const NEAREST = 1.25;
export const FARTHEST = 6;
/** Nearer to a pole than this, turning would swing the whole picture. */
const HIGHEST = 1.45;
/** At home, the globe's outline takes this part of the half of the shorter side. */
const FILLED = 0.86;

/** A pinhole camera that looks at the globe's centre, north up. Lengths on the canvas are CSS pixels, y downwards. */
export interface Eye {
  readonly width: number;
  readonly height: number;
  readonly distance: number;
  /** Pixels that a length of one takes at a depth of one. */
  readonly focal: number;
  readonly right: Vec3;
  readonly up: Vec3;
  /** From the centre towards the viewer. */
  readonly towards: Vec3;
  /** Radius of the globe's outline. */
  readonly outline: number;
}

export interface Projected {
  readonly x: number;
  readonly y: number;
  /** 0 at the outline or behind it, 1 in the middle. */
  readonly front: number;
}

/** The nearest view that may be. */
export function bounded({ longitude, latitude, distance }: GlobeView): GlobeView {
  return {
    longitude: wrapped(longitude),
    latitude: Math.max(-HIGHEST, Math.min(HIGHEST, latitude)),
    distance: Math.max(NEAREST, Math.min(FARTHEST, distance)),
  };
}

export function eyeOf(view: GlobeView, width: number, height: number): Eye {
  const { longitude, latitude, distance } = bounded(view);
  const focal = (Math.min(width, height) / 2) * FILLED * Math.sqrt(HOME.distance ** 2 - 1);
  return {
    width,
    height,
    distance,
    focal,
    right: [Math.cos(longitude), 0, -Math.sin(longitude)],
    up: [
      -Math.sin(latitude) * Math.sin(longitude),
      Math.cos(latitude),
      -Math.sin(latitude) * Math.cos(longitude),
    ],
    towards: onSphere(longitude, latitude),
    outline: focal / Math.sqrt(distance ** 2 - 1),
  };
}

/** Where a point of the unit sphere is seen. */
export function project(eye: Eye, point: Vec3): Projected {
  const near = dot(point, eye.towards);
  const scale = eye.focal / (eye.distance - near);
  const horizon = 1 / eye.distance;
  return {
    x: eye.width / 2 + dot(point, eye.right) * scale,
    y: eye.height / 2 - dot(point, eye.up) * scale,
    front: Math.max(0, (near - horizon) / (1 - horizon)),
  };
}

/**
 * The point of the sphere under a place of the canvas; for a place up to `slack` pixels outside the outline the
 * nearest point of it, else null.
 */
export function unproject(eye: Eye, x: number, y: number, slack = 0): Vec3 | null {
  let [u, v] = [x - eye.width / 2, eye.height / 2 - y];
  const off = Math.hypot(u, v);
  if (off > eye.outline + slack) return null;
  if (off >= eye.outline) {
    const inside = (eye.outline * (1 - 1e-9)) / off;
    [u, v] = [u * inside, v * inside];
  }
  // The ray (u, v, -focal) from (0, 0, distance) meets the sphere where a t² + 2 b t + c = 0.
  const a = u * u + v * v + eye.focal * eye.focal;
  const b = -eye.distance * eye.focal;
  const c = eye.distance ** 2 - 1;
  const t = (-b - Math.sqrt(Math.max(0, b * b - a * c))) / a;
  const [across, above, near] = [u * t, v * t, eye.distance - eye.focal * t];
  const along = (axis: 0 | 1 | 2) =>
    across * eye.right[axis] + above * eye.up[axis] + near * eye.towards[axis];
  return [along(0), along(1), along(2)];
}

/** Radians of the globe that a pixel takes in the middle of the picture: what is held stays under the hand. */
export function radiansPerPixel(eye: Eye): number {
  return (eye.distance - 1) / eye.focal;
}
