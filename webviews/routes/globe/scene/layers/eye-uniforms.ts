import { Vector3, Vector4 } from 'three';
import type { Eye } from '../camera.ts';

/** Shared by all layers, so that a turn of the globe is a handful of numbers and no buffer. */
export interface EyeUniforms {
  readonly right: { readonly value: Vector3 };
  readonly up: { readonly value: Vector3 };
  readonly towards: { readonly value: Vector3 };
  /** Focal length in device pixels, distance, 2 / width, 2 / height. */
  readonly lens: { readonly value: Vector4 };
  /** Device pixels a CSS pixel. */
  readonly sharpness: { value: number };
}

export function eyeUniforms(): EyeUniforms {
  return {
    right: { value: new Vector3(1, 0, 0) },
    up: { value: new Vector3(0, 1, 0) },
    towards: { value: new Vector3(0, 0, 1) },
    lens: { value: new Vector4(1, 3, 1, 1) },
    sharpness: { value: 1 },
  };
}

export function setEye(uniforms: EyeUniforms, eye: Eye, sharpness: number): void {
  uniforms.right.value.set(...eye.right);
  uniforms.up.value.set(...eye.up);
  uniforms.towards.value.set(...eye.towards);
  const [width, height] = [eye.width * sharpness, eye.height * sharpness];
  uniforms.lens.value.set(eye.focal * sharpness, eye.distance, 2 / width, 2 / height);
  uniforms.sharpness.value = sharpness;
}

/** `clipAt`: where a point is drawn, moved by device pixels; the same arithmetic as `project` of the camera. */
export const EYE_GLSL = `precision highp float;
uniform vec3 right, up, towards;
uniform vec4 lens;
uniform float sharpness;
const vec4 NOWHERE = vec4(2.0, 2.0, 2.0, 1.0);
vec4 clipAt(vec3 point, vec2 offset) {
  float depth = lens.y - dot(point, towards);
  return vec4((vec2(dot(point, right), dot(point, up)) * lens.x + offset * depth) * lens.zw, 0.0, depth);
}
vec2 pixelAt(vec3 point) {
  return vec2(dot(point, right), dot(point, up)) * lens.x / (lens.y - dot(point, towards));
}
// 0 at the outline, 1 in the middle, below 0 behind.
float frontOf(vec3 point) {
  float horizon = 1.0 / lens.y;
  return (dot(point, towards) - horizon) / (1.0 - horizon);
}
`;
