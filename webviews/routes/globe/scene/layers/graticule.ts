import { BufferAttribute, InstancedBufferAttribute, InstancedBufferGeometry, Mesh, Vector4 } from 'three';
import type { Palette } from '../colours.ts';
import { onSphere, type Vec3 } from '../sphere.ts';
import type { EyeUniforms } from './eye-uniforms.ts';
import { layerMaterial } from './layer-material.ts';

export interface GraticuleLayer {
  readonly mesh: Mesh;
  setPalette(palette: Palette): void;
  dispose(): void;
}

const DEGREE = Math.PI / 180;

const VERTEX = `
in vec2 corner;
in vec3 from;
in vec4 to;
out float across;
flat out float half_;
out float front;
flat out float weight;
void main() {
  if (frontOf(from) < -0.02 && frontOf(to.xyz) < -0.02) { gl_Position = NOWHERE; return; }
  vec2 along = pixelAt(to.xyz) - pixelAt(from);
  vec2 aside = vec2(-along.y, along.x) / max(length(along), 0.001);
  half_ = 0.5 * sharpness;
  weight = to.w;
  vec3 point = corner.x < 0.0 ? from : to.xyz;
  front = frontOf(point);
  across = corner.y * (half_ + 0.75);
  gl_Position = clipAt(point, aside * across);
}
`;

const FRAGMENT = `
uniform vec4 line;
in float across;
flat in float half_;
in float front;
flat in float weight;
out vec4 drawn;
void main() {
  float cover = clamp(half_ + 0.5 - abs(across), 0.0, 1.0) * smoothstep(0.0, 0.3, front) * weight;
  drawn = vec4(line.rgb, 1.0) * line.a * cover;
}
`;

/** Meridians and parallels each thirty degrees, as soft ribbons of one CSS pixel; the equator a little stronger. */
export function graticuleLayer(eye: EyeUniforms): GraticuleLayer {
  const line = { value: new Vector4() };
  const material = layerMaterial(eye, { line }, VERTEX, FRAGMENT);
  const geometry = new InstancedBufferGeometry();
  const { from, to } = segments();
  geometry.setAttribute('corner', new BufferAttribute(new Int8Array([-1, -1, 1, -1, -1, 1, 1, 1]), 2));
  geometry.setIndex([0, 1, 2, 2, 1, 3]);
  geometry.setAttribute('from', new InstancedBufferAttribute(from, 3));
  geometry.setAttribute('to', new InstancedBufferAttribute(to, 4));
  geometry.instanceCount = from.length / 3;
  const mesh = new Mesh(geometry, material);
  mesh.frustumCulled = false;
  return {
    mesh,
    setPalette({ graticule }) {
      line.value.set(...graticule);
    },
    dispose() {
      geometry.dispose();
      material.dispose();
    },
  };
}

function segments(): { from: Float32Array; to: Float32Array } {
  const from: number[] = [];
  const to: number[] = [];
  const walk = (steps: number, weight: number, at: (step: number) => Vec3) => {
    for (let step = 0; step < steps; step++) {
      from.push(...at(step));
      to.push(...at(step + 1), weight);
    }
  };
  for (let east = 0; east < 360; east += 30)
    walk(20, 0.8, (step) => onSphere(east * DEGREE, (-75 + 7.5 * step) * DEGREE));
  for (const north of [-60, -30, 0, 30, 60])
    walk(72, north === 0 ? 1 : 0.8, (step) => onSphere(5 * step * DEGREE, north * DEGREE));
  return { from: new Float32Array(from), to: new Float32Array(to) };
}
