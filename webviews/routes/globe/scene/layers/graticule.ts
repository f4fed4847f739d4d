import { BufferAttribute, BufferGeometry, Mesh, Vector4 } from 'three';
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
  const geometry = new BufferGeometry();
  const { corners, from, to, faces } = segments();
  geometry.setAttribute('corner', new BufferAttribute(new Int8Array(corners), 2));
  geometry.setAttribute('from', new BufferAttribute(new Float32Array(from), 3));
  geometry.setAttribute('to', new BufferAttribute(new Float32Array(to), 4));
  geometry.setIndex(faces);
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

/** Four corners a segment, each with both of its ends. */
function segments() {
  const corners: number[] = [];
  const from: number[] = [];
  const to: number[] = [];
  const faces: number[] = [];
  const walk = (steps: number, weight: number, at: (step: number) => Vec3) => {
    for (let step = 0; step < steps; step++) {
      const first = from.length / 3;
      for (const corner of [-1, -1, 1, -1, -1, 1, 1, 1]) corners.push(corner);
      for (let corner = 0; corner < 4; corner++) {
        from.push(...at(step));
        to.push(...at(step + 1), weight);
      }
      faces.push(...[0, 1, 2, 2, 1, 3].map((corner) => first + corner));
    }
  };
  for (let east = 0; east < 360; east += 30)
    walk(20, 0.8, (step) => onSphere(east * DEGREE, (-75 + 7.5 * step) * DEGREE));
  for (const north of [-60, -30, 0, 30, 60])
    walk(72, north === 0 ? 1 : 0.8, (step) => onSphere(5 * step * DEGREE, north * DEGREE));
  return { corners, from, to, faces };
}
