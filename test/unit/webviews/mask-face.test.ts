import assert from 'node:assert/strict';
import { newId, seededRandom } from '../../../companion/kernel/index.ts';
import type { Archetype, Tone } from '../../../companion/protocol/index.ts';
import { faceOf, faceSvg, featuresOf, PAIRS, TONE_RINGS } from '../../../webviews/model/mask-face/index.ts';
import { linear, oklab } from '../../support/face-distance.ts';

const ARCHETYPES: readonly Archetype[] = ['creator', 'sage', 'guardian', 'weaver', 'trickster'];
const TONES = Object.keys(TONE_RINGS) as Tone[];
const IDS = ids(7, 2000);

/** How people with one kind of cone missing see linear sRGB (Machado, Oliveira and Fernandes, 2009). */
const VISIONS = {
  all: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  'no red cones': [
    0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998,
  ],
  'no green cones': [
    0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881,
  ],
  'no blue cones': [
    1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039,
  ],
} as const;

describe('the face of a mask', () => {
  it('[W7] is the same from run to run, and another for another id', () => {
    const wearer = { id: 'mask_sage', archetype: 'sage', tone: 'calm' } as const;
    assert.equal(faceSvg(wearer, 48), faceSvg({ ...wearer }, 48));
    assert.deepEqual(featuresOf('mask_sage'), {
      pair: 11,
      crest: 6,
      sides: 6,
      split: 1,
      brow: 3,
      cheeks: 7,
      mouth: 1,
    });
    assert.notEqual(faceSvg({ ...wearer, id: 'mask_cal' }, 48), faceSvg(wearer, 48));
  });

  it('[W7] two of the same colours differ in two features at least, or in none', () => {
    const seen = IDS.map(featuresOf);
    for (const [i, a] of seen.entries())
      for (const b of seen.slice(0, i)) {
        if (a.pair !== b.pair) continue;
        const differ = (Object.keys(a) as (keyof typeof a)[]).filter((key) => a[key] !== b[key]).length;
        assert.ok(differ !== 1, `${JSON.stringify(a)} ${JSON.stringify(b)}`);
      }
  });

  it('forms are evenly spread over ids', () => {
    for (const key of ['crest', 'sides', 'split', 'brow', 'cheeks', 'mouth'] as const) {
      const counts = Array.from(
        { length: 8 },
        (_, form) => IDS.filter((id) => featuresOf(id)[key] === form).length,
      );
      assert.ok(Math.min(...counts) > 190 && Math.max(...counts) < 310, `${key}: ${counts}`);
    }
  });

  it('[W7] what is drawn or written on a face has a contrast of 4.5:1 at least', () => {
    for (const { name, ground, ink } of PAIRS)
      assert.ok(contrast(ground, ink) >= 4.5, `${name}: ${contrast(ground, ink).toFixed(2)}`);
  });

  it('is seen on a light and on a dark page', () => {
    for (const { name, ground } of PAIRS)
      for (const page of ['#ffffff', '#1f1f1f'])
        assert.ok(contrast(ground, page) >= 1.5, `${name} on ${page}`);
    for (const [tone, { colour }] of Object.entries(TONE_RINGS))
      for (const page of ['#ffffff', '#1f1f1f']) assert.ok(contrast(colour, page) >= 3, `${tone} on ${page}`);
  });

  it('the twelve pairs, and the six tones, are told apart whatever cones an eye has', () => {
    for (const [vision, matrix] of Object.entries(VISIONS)) {
      const apart = (a: string, b: string) => far(a, b, matrix);
      for (const [i, a] of PAIRS.entries())
        for (const b of PAIRS.slice(0, i))
          assert.ok(
            Math.hypot(apart(a.ground, b.ground), apart(a.ink, b.ink)) >= 0.1,
            `${a.name} and ${b.name} with ${vision}`,
          );
      for (const [i, a] of TONES.entries())
        for (const b of TONES.slice(0, i))
          assert.ok(apart(TONE_RINGS[a].colour, TONE_RINGS[b].colour) >= 0.1, `${a} and ${b} with ${vision}`);
    }
  });

  it('a tone is told by how its ring is drawn, too', () => {
    const styles = TONES.map((tone) => JSON.stringify({ ...TONE_RINGS[tone], colour: null }));
    assert.equal(new Set(styles).size, TONES.length);
  });

  it('stays in its square, at every size, and is drawn of numbers only', () => {
    for (const [i, id] of IDS.slice(0, 300).entries())
      for (const size of [20, 48, 400]) {
        const wearer = { id, archetype: ARCHETYPES[i % 5]!, tone: TONES[i % 6]! };
        const { body, ink, ornaments, ring } = faceOf(wearer, size);
        for (const [name, d] of Object.entries({ body, ink, ornaments, ring: ring.d })) {
          assert.match(d, /^(M[-\d. L]+Z)*$/, name);
          const numbers = (d.match(/-?[\d.]+/g) ?? []).map(Number);
          assert.ok(
            numbers.every((n) => n >= 0 && n <= 100),
            `${name} of ${JSON.stringify(wearer)} at ${size}`,
          );
        }
      }
  });

  it('holds nothing of what anybody wrote', () => {
    const hostile = `"><script>alert(1)</script>`;
    assert.doesNotMatch(faceSvg({ id: hostile, archetype: 'sage', tone: 'calm' }, 48), /script|alert/);
  });

  it('is drawn of fewer parts where it is small, and of more where it is large', () => {
    const parts = (size: number) =>
      faceSvg({ id: 'mask_arty', archetype: 'trickster', tone: 'curious' }, size).split('M').length;
    assert.ok(parts(20) < parts(48) && parts(48) < parts(400));
  });
});

function ids(seed: number, count: number): string[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, i) => newId('mask', Date.UTC(2025, 5, 1) + i * 1000, random));
}

function channels(colour: string): [number, number, number] {
  return [1, 3, 5].map((i) => linear(Number.parseInt(colour.slice(i, i + 2), 16))) as [
    number,
    number,
    number,
  ];
}

/** WCAG 2. */
function contrast(a: string, b: string): number {
  const [one, other] = [a, b].map((colour) => {
    const [red, green, blue] = channels(colour);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }) as [number, number];
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

function far(a: string, b: string, matrix: readonly number[]): number {
  const seen = (colour: string) => {
    const rgb = channels(colour);
    return oklab(
      [0, 3, 6].map((row) =>
        Math.max(
          0,
          rgb.reduce((sum, share, i) => sum + share * matrix[row + i]!, 0),
        ),
      ) as [number, number, number],
    );
  };
  const [one, other] = [seen(a), seen(b)];
  return Math.hypot(...one.map((value, i) => value - other[i]!));
}
