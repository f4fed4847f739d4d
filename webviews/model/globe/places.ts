import type { GlobePoint } from '../../../companion/protocol/index.ts';
import { hashed } from './hash.ts';

const HOUR = 3_600_000;
const TURN = 2 * Math.PI;
/** How far a theme may be pushed from its own place, so that a new one moves no other far. Radians. */
const FARTHEST = 0.35;
const ROUNDS = 24;

/** Where a theme lies: the middle of its longitudes, and how far its points spread to each side. Radians. */
export interface Place {
  readonly middle: number;
  readonly spread: number;
}

/** The theme of a point; what has none stands with its kind. */
export function regionOf({ cluster, kind }: Pick<GlobePoint, 'cluster' | 'kind'>): string {
  return cluster ?? `kind:${kind}`;
}

/**
 * A place for each theme: the one that its id gives it, pushed apart from its neighbours where they would lie on one
 * another, and never far. `sizes`: how many points each has. Pure.
 */
export function placesOf(sizes: ReadonlyMap<string, number>): Map<string, Place> {
  const wanted = [...sizes].map(([id, size]) => {
    const home = hashed(id)[0] * TURN - Math.PI;
    return { id, home, middle: home, spread: Math.min(0.55, 0.08 + 0.05 * Math.log2(1 + size)) };
  });
  wanted.sort((a, b) => a.home - b.home || (a.id < b.id ? -1 : 1));
  const sum = wanted.reduce((total, { spread }) => total + spread, 0);
  const wider = Math.min(1.8, Math.max(0.5, (0.75 * Math.PI) / Math.max(sum, 0.01)));
  for (const each of wanted) each.spread *= wider;
  for (let round = 0; round < ROUNDS && wanted.length > 1; round++)
    for (const [at, left] of wanted.entries()) {
      const right = wanted[(at + 1) % wanted.length]!;
      const gap = around(right.home - left.home) + (right.middle - right.home) - (left.middle - left.home);
      const lack = left.spread + right.spread - gap;
      if (lack <= 0) continue;
      left.middle = Math.max(left.home - FARTHEST, left.middle - lack / 4);
      right.middle = Math.min(right.home + FARTHEST, right.middle + lack / 4);
    }
  return new Map(wanted.map(({ id, middle, spread }) => [id, { middle: turned(middle), spread }]));
}

/** From 0 to a whole turn. */
function around(angle: number): number {
  return angle < 0 ? angle + TURN : angle;
}

/** The same direction, from -π to π. Pure. */
export function turned(angle: number): number {
  const rest = (angle + Math.PI) % TURN;
  return (rest < 0 ? rest + TURN : rest) - Math.PI;
}

/** What is as old as this lies as far towards a pole as anything does. */
const LONG_AGO = 2 * 365 * 24 * HOUR;
const NEAREST = 0.04;
const POLEWARD = 1.22;

/** What of a point's place stays for good, by its id: what came at once does not lie on itself. */
export interface Seat {
  /** From -1 to 1: how far to a side of its theme. */
  readonly aside: number;
  /** To which pole it goes; five of eight go north, which one sees first. */
  readonly side: 1 | -1;
  /** How far beside the others of its age, in radians. */
  readonly beside: number;
}

export function seatOf(id: string): Seat {
  const [a, b] = hashed(id);
  const [c, d] = hashed(`${id}~`);
  return { aside: a + b - 1, side: c < 0.62 ? 1 : -1, beside: (d - 0.5) * 0.12 };
}

/** Near the middle of its theme. Pure. */
export function longitudeOf({ aside }: Seat, { middle, spread }: Place): number {
  return turned(middle + aside * spread * 1.25);
}

/** The belt is now; the older, the nearer to a pole, by the logarithm of its age. Pure. */
export function latitudeOf({ side, beside }: Omit<Seat, 'aside'>, touchedAt: number, now: number): number {
  const age = Math.max(0, now - touchedAt) / (8 * HOUR);
  const share = Math.min(1, Math.log1p(age) / Math.log1p(LONG_AGO / (8 * HOUR)));
  return Math.max(0.01, NEAREST + share * POLEWARD + beside) * side;
}
