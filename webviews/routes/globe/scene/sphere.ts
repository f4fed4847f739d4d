export type Vec3 = readonly [x: number, y: number, z: number];

/** The point of the unit sphere at a longitude and latitude (radians): +z is at 0/0, +x at 90° east, +y the north. */
export function onSphere(longitude: number, latitude: number): Vec3 {
  const around = Math.cos(latitude);
  return [around * Math.sin(longitude), Math.sin(latitude), around * Math.cos(longitude)];
}

/** Longitude and latitude (radians) of a point of the unit sphere. */
export function placeOf([x, y, z]: Vec3): { readonly longitude: number; readonly latitude: number } {
  return { longitude: Math.atan2(x, z), latitude: Math.asin(Math.max(-1, Math.min(1, y))) };
}

export function dot(a: Vec3, b: Vec3): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/** The same angle within -π to π. */
export function wrapped(angle: number): number {
  const turn = 2 * Math.PI;
  return angle - turn * Math.round(angle / turn);
}
