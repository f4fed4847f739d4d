import type { ScoreParts } from '../protocol/index.ts';

/** A record that has words of the query, or stands near one that has. */
export interface Candidate {
  readonly rowid: number;
  readonly session: string | null;
  readonly position: number | null;
  /** It ends with a question: what follows answers it. */
  readonly asks: boolean;
  /** Said by somebody whom the query names. */
  readonly named: boolean;
  /** BM25 of its own words, higher is better; 0 for a neighbour without any. */
  readonly words: number;
}

export interface Ranked {
  readonly rowid: number;
  readonly score: number;
  readonly parts: ScoreParts;
}

/** What everything beside a record's own words is worth. */
export interface Weights {
  /** What a record gives to those around it in its session, as a share of its own words' score, by distance. */
  readonly gives: readonly (readonly [distance: number, share: number])[];
  /** What a question gives to the record right after it, besides. */
  readonly questionGives: number;
  /** Of what the loudest records of a session score, the share that each of its records gets. */
  readonly session: number;
  /** What being said by somebody named is worth, as a share of the best score of words. */
  readonly author: number;
}

/** Nothing but a record's own words. */
export const WORDS_ALONE: Weights = { gives: [], questionGives: 0, session: 0, author: 0 };

/** As docs/MEMORY.md gives them, with the reasons. */
export const WEIGHTS: Weights = {
  gives: [
    [1, 0.5],
    [2, 0.25],
    [-1, 0.3],
    [-2, 0.15],
  ],
  questionGives: 0.5,
  session: 0.2,
  author: 0.25,
};

/** Neighbours further away than this give nothing. */
export const REACH = Math.max(...WEIGHTS.gives.map(([distance]) => Math.abs(distance)));

/** So many records speak for their session. */
const SESSION_VOICES = 2;

/**
 * Orders candidates, best first. A turn of a conversation rarely says by itself what it is about: what was said
 * around it does, and above all the question that it answers. Pure.
 */
export function rank(candidates: readonly Candidate[], weights: Weights = WEIGHTS): Ranked[] {
  const places = new Map(candidates.map((candidate) => [placeOf(candidate, 0), candidate]));
  const voices = sessionVoices(candidates);
  const best = Math.max(0, ...candidates.map(({ words }) => words));
  const ranked = candidates.map((candidate) => {
    const { rowid, session, words, named } = candidate;
    const parts = {
      words,
      neighbours: session === null ? 0 : fromNeighbours(candidate, places, weights),
      session: session === null ? 0 : weights.session * (voices.get(session) ?? 0),
      author: named ? weights.author * best : 0,
    };
    const score = parts.words + parts.neighbours + parts.session + parts.author;
    return { rowid, score, parts };
  });
  return ranked.sort((a, b) => b.score - a.score || b.parts.words - a.parts.words || b.rowid - a.rowid);
}

function fromNeighbours(
  candidate: Candidate,
  places: ReadonlyMap<string, Candidate>,
  { gives, questionGives }: Weights,
): number {
  let sum = 0;
  for (const [distance, share] of gives) {
    const giver = places.get(placeOf(candidate, -distance));
    if (!giver) continue;
    sum += share * giver.words;
    if (distance === 1 && giver.asks) sum += questionGives * giver.words;
  }
  return sum;
}

function sessionVoices(candidates: readonly Candidate[]): Map<string, number> {
  const bySession = new Map<string, number[]>();
  for (const { session, words } of candidates) {
    if (session === null) continue;
    const scores = bySession.get(session);
    if (scores) scores.push(words);
    else bySession.set(session, [words]);
  }
  const voices = [...bySession].map(([session, scores]) => {
    const loudest = scores.sort((a, b) => b - a).slice(0, SESSION_VOICES);
    return [session, loudest.reduce((sum, score) => sum + score, 0)] as const;
  });
  return new Map(voices);
}

function placeOf({ session, position, rowid }: Candidate, distance: number): string {
  return session === null || position === null ? `row ${rowid}` : `${position + distance} ${session}`;
}
