import { count } from '../kernel/index.ts';
import type { Drift } from '../protocol/index.ts';
import { bandOf, type DriftParts, WEIGHTS, weigh } from './weights.ts';

/** One vote of a mask, and what later came of it. */
export interface CastVote {
  /** ms since the epoch. */
  readonly at: number;
  /** The kind of question, whose options are always the same; null where each has options of its own. */
  readonly of: string | null;
  /** Null: it abstained. */
  readonly choice: string | null;
  /** Whether what happened later proved it right; null: not known yet. */
  readonly right: boolean | null;
  /** Whether the round decided as it voted; null: nothing was decided. */
  readonly decided: boolean | null;
}

/** The newest so many votes are held against those before them. */
const RECENT = 10;
const FEWEST_RECENT = 5;
const FEWEST_BEFORE = 10;
const QUARTER_MS = 90 * 24 * 60 * 60 * 1000;
/** As good as always right before and always wrong now is as far as one can go; half of that is a whole part. */
const FAR = 0.5;
/** Beta(2, 2) is worth so many votes. */
const PRIOR = 4;

/**
 * How far a mask's voting has moved: against outcomes (right less often than before), against its own history (other
 * choices than before), against the rounds (decided otherwise more often). Null while it voted too seldom to have a
 * history. Being right, being decided with and choosing as before never raise it. Pure; feed it all votes, oldest first.
 */
export function maskDrift(mask: string, votes: readonly CastVote[], now: number): Drift | null {
  const cast = votes.filter(({ choice }) => choice !== null);
  const recent = cast.slice(-RECENT);
  const before = cast.slice(0, -RECENT);
  if (recent.length < FEWEST_RECENT || before.length < FEWEST_BEFORE) return null;
  const newest = recent.slice(-FEWEST_RECENT);
  const parts: DriftParts = {
    magnitude: rise(before, recent, wrong),
    conflict: rise(before, recent, overruled),
    forecast: highest(rise(before, recent, wrong), rise(before, newest, wrong)),
    volatility: moved(before, recent),
    age: Math.min(1, Math.max(0, now - recent.at(-1)!.at) / QUARTER_MS),
  };
  const { rating, measured } = weigh(parts);
  return {
    subject: mask,
    kind: 'mask',
    at: recent.at(-1)!.at,
    rating,
    band: bandOf(rating),
    parts,
    reasons: reasonsOf(parts, before, recent),
    confidence:
      (before.length / (before.length + 2 * RECENT)) * (recent.length / RECENT) * Math.sqrt(measured),
    alert: false,
    baselineAt: before[0]!.at,
  };
}

/** Of a vote: whether it speaks against the mask; null: not known. */
type Against = (vote: CastVote) => boolean | null;
const wrong: Against = ({ right }) => (right === null ? null : !right);
const overruled: Against = ({ decided }) => (decided === null ? null : !decided);

/**
 * How much more often votes speak against it than before. The rate before is the posterior mean under Beta(2, 2); that of
 * the few recent votes is drawn towards it, so that some votes more or less move nothing.
 */
function rise(before: readonly CastVote[], recent: readonly CastVote[], against: Against): number | null {
  const [then, now] = [tally(before, against), tally(recent, against)];
  if (then.n === 0 || now.n === 0) return null;
  const usual = (then.against + PRIOR / 2) / (then.n + PRIOR);
  const rate = (now.against + PRIOR * usual) / (now.n + PRIOR);
  return Math.min(1, Math.max(0, rate - usual) / FAR);
}

function tally(votes: readonly CastVote[], against: Against): { n: number; against: number } {
  const known = votes.map(against).filter((each) => each !== null);
  return { n: known.length, against: known.filter(Boolean).length };
}

function highest(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}

/**
 * How much of the choices would have to be others to be as before (total variation), kind by kind of question: what one
 * is asked for is not what it wants. Null where no kind was voted on often enough then and now.
 */
function moved(before: readonly CastVote[], recent: readonly CastVote[]): number | null {
  let [sum, counted] = [0, 0];
  for (const kind of new Set(recent.map((vote) => vote.of))) {
    const [then, now] = [before, recent].map((votes) => votes.filter((vote) => vote.of === kind)) as [
      CastVote[],
      CastVote[],
    ];
    if (kind === null || now.length < FEWEST_RECENT || then.length < FEWEST_BEFORE) continue;
    sum += now.length * variation(then, now);
    counted += now.length;
  }
  return counted === 0 ? null : sum / counted;
}

function variation(before: readonly CastVote[], recent: readonly CastVote[]): number {
  const share = (votes: readonly CastVote[], choice: string | null) =>
    votes.filter((vote) => vote.choice === choice).length / votes.length;
  const choices = new Set([...before, ...recent].map(({ choice }) => choice));
  return (
    [...choices].reduce((sum, choice) => sum + Math.abs(share(before, choice) - share(recent, choice)), 0) / 2
  );
}

function reasonsOf(parts: DriftParts, before: readonly CastVote[], recent: readonly CastVote[]): string[] {
  const right = (votes: readonly CastVote[]) => {
    const known = votes.filter((vote) => vote.right !== null);
    return `${known.filter((vote) => vote.right).length} of ${known.length}`;
  };
  const said: Record<keyof DriftParts, string> = {
    magnitude: `Right in ${right(recent)} of its last votes, in ${right(before)} before`,
    conflict: 'The rounds decide against it more often than before',
    forecast: 'The newest of its votes were wrong more often still',
    volatility: `It chooses otherwise than in the ${count(before.length, 'vote')} before`,
    age: 'It has not voted for long',
  };
  return (Object.keys(WEIGHTS) as (keyof DriftParts)[])
    .filter((part) => (parts[part] ?? 0) >= 0.1)
    .sort((a, b) => WEIGHTS[b] * parts[b]! - WEIGHTS[a] * parts[a]!)
    .map((part) => said[part])
    .concat(parts.magnitude === null ? ['Too little is known of what came of its votes'] : []);
}
