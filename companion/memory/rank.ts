import type { ScoreParts } from '../protocol/index.ts';
import { type Gives, placesOf, spread } from './neighbours.ts';
import { aboveLowest, deviation } from './standardise.ts';

/** A record that may speak to the query, or stands near one that does. */
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
  /** Cosine of its vector and the query's, -1 to 1; null where there is none. */
  readonly meaning: number | null;
  /** It happened within the time that the query speaks of. */
  readonly inTime: boolean;
  /** 1 now, half of it for each half-life since; 0 where decay is off. */
  readonly freshness: number;
  /** 0 to 1. */
  readonly salience: number;
  /** Archived, or a fact that has ceased to hold. */
  readonly past: boolean;
}

export interface Ranked {
  readonly rowid: number;
  readonly score: number;
  readonly parts: ScoreParts;
}

/**
 * What everything beside a record's own words is worth. From `meaning` on in units of the deviation of the scores of
 * words among the candidates, so that they mean the same in a small store and in a large one.
 */
export interface Weights {
  /** What a record gives to those around it in its session of its own words' score. */
  readonly words: Gives;
  /** Of what the loudest records of a session score, the share that each of its records gets. */
  readonly session: number;
  /** What being said by somebody named is worth, as a share of the best score of words. */
  readonly author: number;
  readonly meaning: number;
  readonly meaningGives: Gives;
  readonly tokens: number;
  readonly time: number;
  readonly freshness: number;
  readonly salience: number;
  /** What being past takes away. */
  readonly past: number;
  /** What being nearly the same as one ranked before takes away. */
  readonly repeated: number;
}

const NOTHING: Gives = { shares: [], question: 0 };

/** As docs/MEMORY.md gives them, with the reasons. */
export const WEIGHTS: Weights = {
  words: {
    shares: [
      [1, 0.5],
      [2, 0.25],
      [-1, 0.3],
      [-2, 0.15],
    ],
    question: 0.5,
  },
  session: 0.2,
  author: 0.25,
  meaning: 0.7,
  meaningGives: {
    shares: [
      [1, 0.3],
      [-1, 0.2],
      [2, 0.1],
      [-2, 0.1],
    ],
    question: 0.2,
  },
  tokens: 1.5,
  time: 1,
  freshness: 0.1,
  salience: 0.2,
  past: 1,
  repeated: 1,
};

/** Without the comparison of tokens. */
export const WITHOUT_TOKENS: Weights = { ...WEIGHTS, tokens: 0 };
/** Without a sentence model. */
export const WITHOUT_MODEL: Weights = { ...WITHOUT_TOKENS, meaning: 0 };
/** Nothing but a record's own words. */
export const WORDS_ALONE: Weights = {
  ...WITHOUT_MODEL,
  words: NOTHING,
  session: 0,
  author: 0,
  time: 0,
  freshness: 0,
  salience: 0,
  past: 0,
  repeated: 0,
};

/** Neighbours further away than this give nothing. */
export const REACH = 2;
/** The comparison of tokens is for the best of the others; more change nothing among the first ten. */
export const MOST_RERANKED = 100;
/** So many records speak for their session. */
const SESSION_VOICES = 2;

/**
 * Orders candidates, best first. A turn of a conversation rarely says by itself what it is about: what was said
 * around it does, and above all the question that it answers. Pure.
 */
export function rank(
  candidates: readonly Candidate[],
  weights: Weights = WEIGHTS,
): { ranked: Ranked[]; unit: number } {
  const places = placesOf(candidates);
  const voices = sessionVoices(candidates);
  const best = Math.max(0, ...candidates.map(({ words }) => words));
  const lexical = candidates.map((candidate) => ({
    words: candidate.words,
    neighbours: spread(candidate, places, ({ words }) => words, weights.words),
    session: candidate.session === null ? 0 : weights.session * (voices.get(candidate.session) ?? 0),
    author: candidate.named ? weights.author * best : 0,
  }));
  const unit = deviation(lexical.map(sum)) || 1;
  const meanings = candidates.map((candidate) =>
    candidate.meaning === null
      ? null
      : candidate.meaning + spread(candidate, places, ({ meaning }) => meaning ?? 0, weights.meaningGives),
  );
  const meaning = aboveLowest(meanings);
  const ranked = candidates.map((candidate, i) => {
    const parts = {
      ...lexical[i]!,
      meaning: unit * weights.meaning * meaning[i]!,
      tokens: 0,
      time: candidate.inTime ? unit * weights.time : 0,
      freshness: unit * weights.freshness * candidate.freshness,
      salience: unit * (weights.salience * candidate.salience - (candidate.past ? weights.past : 0)),
      repeated: 0,
    };
    return { rowid: candidate.rowid, score: sum(parts), parts };
  });
  return { ranked: ranked.sort(byScore), unit };
}

/**
 * Orders the first of what was ranked anew by how well their tokens match the query's (0 to 1; missing where nobody
 * looked), and leaves the rest behind them. `unit` as `rank` gave it. Pure.
 */
export function rerank(
  ranked: readonly Ranked[],
  { unit, weight, tokens }: { unit: number; weight: number; tokens: ReadonlyMap<number, number> },
): Ranked[] {
  const first = ranked.slice(0, MOST_RERANKED);
  const above = aboveLowest(first.map(({ rowid }) => tokens.get(rowid) ?? null));
  const anew = first.map(({ rowid, parts: before }, i) => {
    const parts = { ...before, tokens: unit * weight * above[i]! };
    return { rowid, score: sum(parts), parts };
  });
  return [...anew.sort(byScore), ...ranked.slice(MOST_RERANKED)];
}

/** Best first; among equals more own words, then the newest. */
function byScore(a: Ranked, b: Ranked): number {
  return b.score - a.score || b.parts.words - a.parts.words || b.rowid - a.rowid;
}

function sum(parts: Readonly<Record<string, number>>): number {
  return Object.values(parts).reduce((total, part) => total + part, 0);
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
    return [session, loudest.reduce((total, score) => total + score, 0)] as const;
  });
  return new Map(voices);
}
