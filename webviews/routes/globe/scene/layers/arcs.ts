import { BufferAttribute, InstancedBufferAttribute, InstancedBufferGeometry, Mesh, Vector4 } from 'three';
import type { GlobeColumns } from '../../../../model/globe/globe-scene.ts';
import type { ChosenArc } from '../arc-choice.ts';
import type { Palette } from '../colours.ts';
import { onSphere } from '../sphere.ts';
import type { EyeUniforms } from './eye-uniforms.ts';
import { layerMaterial } from './layer-material.ts';

export interface ArcsLayer {
  readonly mesh: Mesh;
  setArcs(arcs: readonly ChosenArc[], columns: GlobeColumns): void;
  setPalette(palette: Palette): void;
  dispose(): void;
}

const STEPS = 18;
/** At most so many are drawn at once: 200 tied to the selection and 48 others. */
const ROOM = 256;

/** A great circle between two points, lifted in its middle by a part of its length. `to.w`: strength; below 0: tied. */
const VERTEX = `
in vec2 corner;
in vec3 from;
in vec4 to;
out float across;
out float fade;
flat out float tied;
vec3 at(float t, float angle) {
  vec3 point = angle < 0.001 ? mix(from, to.xyz, t)
    : (sin((1.0 - t) * angle) * from + sin(t * angle) * to.xyz) / sin(angle);
  return point * (1.0 + 0.16 * angle * t * (1.0 - t));
}
void main() {
  float angle = acos(clamp(dot(from, to.xyz), -1.0, 1.0));
  tied = to.w < 0.0 ? 1.0 : 0.0;
  float ends = min(frontOf(from), frontOf(to.xyz));
  if (angle > 3.1 || (tied < 0.5 && ends <= 0.0)) { gl_Position = NOWHERE; return; }
  float t = corner.x;
  vec3 point = at(t, angle);
  vec2 along = pixelAt(at(t + 0.02, angle)) - pixelAt(at(t - 0.02, angle));
  vec2 aside = vec2(-along.y, along.x) / max(length(along), 0.001);
  float wide = (0.5 + 0.35 * tied) * sharpness;
  across = corner.y * (wide + 0.75);
  // Comes up as it turns to the front: what is chosen anew is not seen to appear.
  float shown = tied > 0.5 ? smoothstep(-0.02, 0.06, frontOf(point)) : smoothstep(0.05, 0.4, ends);
  fade = shown * abs(to.w) * (0.55 + 0.45 * smoothstep(0.0, 0.25, min(t, 1.0 - t)));
  gl_Position = clipAt(point, aside * across);
}
`;

const FRAGMENT = `
uniform vec4 line;
uniform vec4 strong;
uniform float sharp;
in float across;
in float fade;
flat in float tied;
out vec4 drawn;
void main() {
  float wide = (0.5 + 0.35 * tied) * sharp;
  float cover = clamp(wide + 0.5 - abs(across), 0.0, 1.0);
  vec4 colour = tied > 0.5 ? strong : line;
  drawn = vec4(colour.rgb, 1.0) * colour.a * cover * fade;
}
`;

export function arcsLayer(eye: EyeUniforms): ArcsLayer {
  const line = { value: new Vector4() };
  const strong = { value: new Vector4() };
  const material = layerMaterial(eye, { line, strong, sharp: eye.sharpness }, VERTEX, FRAGMENT);
  const geometry = new InstancedBufferGeometry();
  const corners = Array.from({ length: STEPS + 1 }, (_, step) => [step / STEPS, -1, step / STEPS, 1]);
  geometry.setAttribute('corner', new BufferAttribute(new Float32Array(corners.flat()), 2));
  const faces = Array.from({ length: STEPS }, (_, step) => [0, 2, 1, 1, 2, 3].map((i) => i + 2 * step));
  geometry.setIndex(faces.flat());
  const from = new InstancedBufferAttribute(new Float32Array(ROOM * 3), 3);
  const to = new InstancedBufferAttribute(new Float32Array(ROOM * 4), 4);
  geometry.setAttribute('from', from);
  geometry.setAttribute('to', to);
  geometry.instanceCount = 0;
  const mesh = new Mesh(geometry, material);
  mesh.frustumCulled = false;
  mesh.visible = false;
  return {
    mesh,
    setArcs(arcs, columns) {
      const count = Math.min(ROOM, arcs.length);
      for (let i = 0; i < count; i++) {
        const arc = arcs[i]!;
        from.array.set(onSphere(columns.longitudes[arc.from]!, columns.latitudes[arc.from]!), i * 3);
        to.array.set(onSphere(columns.longitudes[arc.to]!, columns.latitudes[arc.to]!), i * 4);
        const strength = arc.kind === 'fork' ? 1 : 0.6;
        to.array[i * 4 + 3] = arc.tied ? -strength : strength;
      }
      from.needsUpdate = to.needsUpdate = true;
      geometry.instanceCount = count;
      mesh.visible = count > 0;
    },
    setPalette({ arc, focus, outlined }) {
      line.value.set(arc[0], arc[1], arc[2], arc[3] * (outlined ? 0.9 : 0.38));
      strong.value.set(...focus);
    },
    dispose() {
      geometry.dispose();
      material.dispose();
    },
  };
}
