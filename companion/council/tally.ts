import type { Round } from '../protocol/index.ts';

/** What a tally needs to know of a ballot. */
export interface Vote {
  readonly voter: string;
  /** Null: it abstains. */
  readonly choice: string | null;
  readonly score: number;
  readonly weight: number;
}

export type Count = Pick<Round, 'shares' | 'cast' | 'quorum' | 'outcome' | 'choice'>;

const LOGIC = 0.7;
const STAKE = 0.3;
/** This share of the cast votes decides, in hundredths. */
const DECIDES = 66;
const LEAST_QUORUM = 3;
/** Scores and weights count in millionths, so that sums are exact and no order of voters can matter. */
const UNIT = 1_000_000;

/** What a vote is worth by itself: how well its reason is borne out, and how much the voter has to do with it (systems.md, section 7). */
export function scoreOf(logic: number, stake: number): number {
  return Math.min(1, LOGIC * logic + STAKE * stake);
}

/** How many of `voters` must be present: all of two, three of three to six, from then on half. */
export function quorumOf(voters: number): number {
  return Math.min(voters, Math.max(LEAST_QUORUM, Math.ceil(voters / 2)));
}

/**
 * Counts a round. The share of a choice is the sum of weight x score of its votes over that of all votes cast; .66
 * decides, exactly .66 too. Who abstains counts for the quorum only. `voters`: how many might have voted. Pure.
 */
export function tally(votes: readonly Vote[], voters: number, { late = false } = {}): Count {
  const once = eachOnce(votes);
  const cast = once.filter(({ choice }) => choice !== null);
  const quorum = Math.max(1, quorumOf(voters));
  const sums = new Map<string, number>();
  for (const { choice, ...vote } of cast) sums.set(choice!, (sums.get(choice!) ?? 0) + worth(vote));
  const total = [...sums.values()].reduce((sum, each) => sum + each, 0);
  const ranked = [...sums].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const shares = ranked.map(([choice, sum]) => ({ choice, share: total === 0 ? 0 : sum / total }));
  const of = { shares, cast: cast.length, quorum };
  if (late) return { ...of, outcome: 'expired', choice: null };
  if (once.length < quorum) return { ...of, outcome: 'no_quorum', choice: null };
  const [first] = ranked;
  const decided = first !== undefined && total > 0 && first[1] * 100 >= total * DECIDES;
  return { ...of, outcome: decided ? 'decided' : 'contested', choice: decided ? first[0] : null };
}

/** Of several votes of one voter the least counts, so that nobody gains by voting twice. */
function eachOnce(votes: readonly Vote[]): Vote[] {
  const kept = new Map<string, Vote>();
  for (const vote of votes) {
    const other = kept.get(vote.voter);
    if (!other || before(vote, other)) kept.set(vote.voter, vote);
  }
  return [...kept.values()];
}

function before(a: Vote, b: Vote): boolean {
  const [x, y] = [a, b].map((vote) => (vote.choice === null ? 0 : worth(vote)));
  return x !== y ? x! < y! : (a.choice ?? '') < (b.choice ?? '');
}

/** In units of 1e-12: twelve voters stay far below 2^53, even a hundredfold. */
function worth({ score, weight }: Pick<Vote, 'score' | 'weight'>): number {
  return Math.round(score * UNIT) * Math.round(weight * UNIT);
}
