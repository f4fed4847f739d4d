import { BufferAttribute, BufferGeometry, Points, Vector4 } from 'three';
import type { Palette } from '../colours.ts';
import type { Vec3 } from '../sphere.ts';
import type { EyeUniforms } from './eye-uniforms.ts';
import { layerMaterial } from './layer-material.ts';

export interface Ring {
  readonly place: Vec3;
  /** CSS pixels. */
  readonly radius: number;
  readonly kind: 'selected' | 'hovered' | 'pulse';
}

export interface RingsLayer {
  readonly mesh: Points;
  /** At most 64; the first ones. */
  setRings(rings: readonly Ring[]): void;
  setPalette(palette: Palette): void;
  /** 0-1 within a pulse; null: they stand. */
  setPhase(phase: number | null): void;
  dispose(): void;
}

const ROOM = 64;
const KINDS = { selected: 0, hovered: 1, pulse: 2 } as const;

const VERTEX = `
in vec3 place;
in vec2 ring;
uniform float phase;
flat out vec3 band;
flat out float reach;
flat out int kind;
void main() {
  float front = frontOf(place);
  if (front <= 0.0) { gl_Position = NOWHERE; gl_PointSize = 1.0; return; }
  kind = int(ring.y + 0.5);
  float radius = ring.x * sharpness;
  float strength = smoothstep(0.0, 0.15, front);
  float wide = (kind == 0 ? 1.0 : 0.6) * sharpness;
  if (kind == 2) {
    bool stands = phase < 0.0;
    float grown = 1.0 - (1.0 - phase) * (1.0 - phase);
    radius += stands ? 3.0 * sharpness : (grown * 16.0) * sharpness;
    strength *= stands ? 0.9 : (1.0 - phase) * (1.0 - phase);
    wide = 0.75 * sharpness;
  }
  band = vec3(radius, wide, strength);
  reach = radius + wide + 1.0;
  gl_PointSize = 2.0 * reach;
  gl_Position = clipAt(place, vec2(0.0));
}
`;

const FRAGMENT = `
uniform vec4 focus;
uniform vec4 text;
flat in vec3 band;
flat in float reach;
flat in int kind;
out vec4 drawn;
void main() {
  float cover = clamp(band.y + 0.5 - abs(length(gl_PointCoord - 0.5) * 2.0 * reach - band.x), 0.0, 1.0);
  vec4 colour = kind == 1 ? text : focus;
  drawn = vec4(colour.rgb, 1.0) * colour.a * cover * band.z;
}
`;

/** What is selected, what the pointer is on, and what pulses. */
export function ringsLayer(eye: EyeUniforms): RingsLayer {
  const focus = { value: new Vector4() };
  const text = { value: new Vector4() };
  const phase = { value: -1 };
  const material = layerMaterial(eye, { focus, text, phase }, VERTEX, FRAGMENT);
  const geometry = new BufferGeometry();
  const place = new BufferAttribute(new Float32Array(ROOM * 3), 3);
  const ring = new BufferAttribute(new Float32Array(ROOM * 2), 2);
  geometry.setAttribute('place', place);
  geometry.setAttribute('ring', ring);
  geometry.setDrawRange(0, 0);
  const mesh = new Points(geometry, material);
  mesh.frustumCulled = false;
  mesh.visible = false;
  return {
    mesh,
    setRings(rings) {
      const count = Math.min(ROOM, rings.length);
      for (let i = 0; i < count; i++) {
        const { place: at, radius, kind } = rings[i]!;
        place.array.set(at, i * 3);
        ring.array.set([radius, KINDS[kind]], i * 2);
      }
      place.needsUpdate = ring.needsUpdate = true;
      geometry.setDrawRange(0, count);
      mesh.visible = count > 0;
    },
    setPalette(palette) {
      focus.value.set(...palette.focus);
      text.value.set(...palette.text);
    },
    setPhase(now) {
      phase.value = now ?? -1;
    },
    dispose() {
      geometry.dispose();
      material.dispose();
    },
  };
}
