import {
  Clusterer,
  type ClustererState,
  type Subject,
  type Tuning,
} from '../../../companion/clusters/index.ts';
import { seededRandom } from '../../../companion/kernel/index.ts';

/** Words that the texts of one theme are made of. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  parser: ['parser', 'token', 'grammar', 'syntax', 'lexer', 'bracket'],
  database: ['sqlite', 'index', 'migration', 'query', 'schema', 'vacuum'],
  garden: ['tomato', 'compost', 'seedling', 'watering', 'greenhouse', 'pruning'],
};
export type ThemeName = 'parser' | 'database' | 'garden';

/** The same subject for the same theme and number, with a vector of 16 dimensions near that of its theme. */
export function subject(theme: ThemeName, n: number, more: Partial<Subject> = {}): Subject {
  const random = seededRandom(n * 7919 + theme.length * 104729);
  const words = WORDS[theme]!;
  const own = [0, 1, 2].map((i) => words[(n + i) % words.length]!);
  return {
    id: `memory_${theme}_${n}`,
    kind: 'memory',
    at: n,
    text: `${own.join(' ')} about thing${n}`,
    vector: vector(Object.keys(WORDS).indexOf(theme), random, 0.25),
    tone: null,
    branch: null,
    directory: null,
    ...more,
  };
}

/** A unit vector near an axis; the further, the more `noise`. */
export function vector(axis: number, random: { next(): number }, noise: number): Float32Array {
  const raw = Float32Array.from(
    { length: 16 },
    (_, i) => (i === axis ? 1 : 0) + noise * (2 * random.next() - 1),
  );
  const length = Math.hypot(...raw);
  return raw.map((value) => value / length);
}

export function newClusterer(tuning: Partial<Tuning> = {}, state?: ClustererState): Clusterer {
  let ids = 0;
  return new Clusterer({
    random: seededRandom(1),
    newId: () => `cluster_${++ids}`,
    tuning,
    ...(state && { state }),
  });
}

/** So many subjects of each theme, by turns. */
export function mixed(count: number, more: Partial<Subject> = {}): Subject[] {
  const names = Object.keys(WORDS) as ThemeName[];
  return Array.from({ length: count }, (_, n) => names.map((name) => subject(name, n, more))).flat();
}
