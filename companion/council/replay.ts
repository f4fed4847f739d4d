import type { Round as ToldRound } from '../protocol/index.ts';
import type { Opinion } from './case.ts';
import { corrected, opinionOf } from './opinions.ts';
import type { Stored, StoredBallot } from './proposal-rows.ts';
import { type Count, scoreOf, tally } from './tally.ts';
import { argumentsBut } from './voting.ts';

/** A stored question held again. */
export interface Replay {
  readonly rounds: readonly Count[];
  /** Every count, and every vote that was made by rules, came out as it is stored. */
  readonly same: boolean;
  /** What did not, in words. */
  readonly differences: readonly string[];
}

/**
 * Counts the stored ballots again, and forms again from the stored measures what was voted by rules. What a model
 * said is taken as it was said. Pure.
 */
export function replay(proposal: Stored, ballots: readonly (readonly StoredBallot[])[]): Replay {
  const differences: string[] = [];
  const rounds = proposal.rounds.map((round, i) => {
    const votes = ballots[i]!;
    const count = tally(votes, proposal.voters, { late: round.outcome === 'expired' });
    if (!sameCount(count, round)) differences.push(`round ${round.number}: another count`);
    for (const vote of votes) {
      if (vote.choice !== null && vote.score !== scoreOf(vote.logic, vote.stake))
        differences.push(`round ${round.number}, ${vote.name}: another score`);
      const opinion = opinionAgain(proposal, ballots, i, vote);
      if (opinion && (opinion.choice !== vote.choice || opinion.logic !== vote.logic))
        differences.push(`round ${round.number}, ${vote.name}: another vote`);
    }
    return count;
  });
  return { rounds, same: differences.length === 0, differences };
}

function sameCount(count: Count, round: ToldRound): boolean {
  return (
    count.outcome === round.outcome &&
    count.choice === round.choice &&
    count.cast === round.cast &&
    count.quorum === round.quorum &&
    JSON.stringify(count.shares) === JSON.stringify(round.shares)
  );
}

/** Null for a vote that a model or a person made, or that follows from one. */
function opinionAgain(
  proposal: Stored,
  ballots: readonly (readonly StoredBallot[])[],
  round: number,
  { voter, archetype, priorities, answeredBy }: StoredBallot,
): Opinion | null {
  if (archetype === null || priorities === null || answeredBy !== null) return null;
  const first = opinionOf({ archetype, priorities }, proposal);
  if (round === 0) return first;
  const before = ballots[0]!.filter((each) => each.archetype !== null);
  const own = before.find((each) => each.voter === voter);
  if (!own || own.answeredBy !== null) return null;
  const opinions = new Map(before.map((each) => [each.voter, { ...each, cites: [] }]));
  return corrected(first, argumentsBut({ opinions }, voter));
}
