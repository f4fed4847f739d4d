import { BufferAttribute, BufferGeometry, Mesh, Vector4 } from 'three';
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
/** Vertices of one arc. */
const EACH = 2 * (STEPS + 1);
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
  const geometry = new BufferGeometry();
  const from = new BufferAttribute(new Float32Array(ROOM * EACH * 3), 3);
  const to = new BufferAttribute(new Float32Array(ROOM * EACH * 4), 4);
  geometry.setAttribute('corner', new BufferAttribute(corners(), 2));
  geometry.setAttribute('from', from);
  geometry.setAttribute('to', to);
  geometry.setIndex(new BufferAttribute(faces(), 1));
  geometry.setDrawRange(0, 0);
  const mesh = new Mesh(geometry, material);
  mesh.frustumCulled = false;
  mesh.visible = false;
  return {
    mesh,
    setArcs(arcs, columns) {
      const count = Math.min(ROOM, arcs.length);
      for (let i = 0; i < count; i++) {
        const arc = arcs[i]!;
        const strength = (arc.kind === 'fork' ? 1 : 0.6) * (arc.tied ? -1 : 1);
        const start = onSphere(columns.longitudes[arc.from]!, columns.latitudes[arc.from]!);
        const end = onSphere(columns.longitudes[arc.to]!, columns.latitudes[arc.to]!);
        for (let vertex = i * EACH; vertex < (i + 1) * EACH; vertex++) {
          from.array.set(start, vertex * 3);
          to.array.set(end, vertex * 4);
          to.array[vertex * 4 + 3] = strength;
        }
      }
      for (const attribute of [from, to]) {
        attribute.clearUpdateRanges();
        attribute.addUpdateRange(0, count * EACH * attribute.itemSize);
        attribute.needsUpdate = true;
      }
      geometry.setDrawRange(0, count * STEPS * 6);
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

/** How far along, and on which side: the same for each arc. */
function corners(): Float32Array {
  const one = Array.from({ length: STEPS + 1 }, (_, step) => [step / STEPS, -1, step / STEPS, 1]).flat();
  return Float32Array.from({ length: ROOM * EACH * 2 }, (_, i) => one[i % (EACH * 2)]!);
}

function faces(): Uint16Array {
  const one = Array.from({ length: STEPS }, (_, step) => [0, 2, 1, 1, 2, 3].map((i) => i + 2 * step)).flat();
  return Uint16Array.from(
    { length: ROOM * one.length },
    (_, i) => Math.floor(i / one.length) * EACH + one[i % one.length]!,
  );
}
