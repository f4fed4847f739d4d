import { seededRandom } from '../../../companion/kernel/random.ts';
import type { GlobeArc, GlobeColumns } from '../../../webviews/model/globe/globe-scene.ts';

const VERBS = ['fix', 'parse', 'cache', 'drop', 'rename', 'measure', 'split', 'retry', 'index', 'freeze'];
const THINGS = ['the clock', 'CRLF input', 'session tokens', 'flaky import', 'query planner', 'lint rules'];
const PLACES = ['scheduler.ts', 'parser.ts', 'feature/import', 'release 2.4', 'docs/grammar.md', 'CI'];

/** Points as half a year of work would leave them: themes as bands of longitude, new work rarer than old. Seeded. */
export function plausiblePoints(count: number, seed: number): GlobeColumns {
  const { next: random } = seededRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const themes = Array.from({ length: 13 }, (_, i) => ({
    longitude: -Math.PI + ((i + 0.5) * 2 * Math.PI) / 13,
    width: 0.08 + 0.12 * random(),
    tone: Math.floor(random() * 6),
    weight: 0.3 + random() ** 2 * 3,
  }));
  const all = themes.reduce((sum, { weight }) => sum + weight, 0);
  const themeAt = (share: number) => {
    let left = share * all;
    return themes.find(({ weight }) => {
      left -= weight;
      return left <= 0;
    })!;
  };
  const columns: GlobeColumns = {
    count,
    ids: Array.from({ length: count }, (_, i) => `loop_${i}`),
    titles: Array.from({ length: count }, () => {
      const word = (words: readonly string[]) => words[Math.floor(random() * words.length)]!;
      return `${word(VERBS)} ${word(THINGS)} · ${word(PLACES)}`;
    }),
    longitudes: new Float32Array(count),
    latitudes: new Float32Array(count),
    sizes: new Float32Array(count),
    glows: new Float32Array(count),
    tones: new Uint8Array(count),
    pulses: new Uint8Array(count),
    shown: new Uint8Array(count).fill(1),
  };
  for (let i = 0; i < count; i++) {
    const theme = themeAt(random());
    const recency = random() ** 1.15;
    columns.longitudes[i] = theme.longitude + normal() * theme.width;
    columns.latitudes[i] = (recency - 0.5) * 2.6 + normal() * 0.03;
    columns.sizes[i] = random() ** 2.5;
    columns.glows[i] = recency ** 5;
    columns.tones[i] = random() < 0.6 ? theme.tone : Math.floor(random() * 6);
    columns.pulses[i] = i < 40 && random() < 0.08 ? 1 : 0;
  }
  return columns;
}

/** Arcs between points that lie near each other by theme, and some farther ones. Seeded. */
export function plausibleArcs(points: GlobeColumns, many: number, seed: number): GlobeArc[] {
  const { next: random } = seededRandom(seed);
  return Array.from({ length: many }, () => {
    const from = Math.floor(random() * points.count);
    const tries = Array.from({ length: 12 }, () => Math.floor(random() * points.count));
    const near = (i: number) => Math.abs(points.longitudes[i]! - points.longitudes[from]!);
    const to = tries.sort((a, b) => near(a) - near(b))[random() < 0.8 ? 1 : 6]!;
    return { from, to, kind: random() < 0.5 ? ('fork' as const) : ('files' as const) };
  }).filter(({ from, to }) => from !== to);
}
