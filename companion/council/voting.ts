import type { Mask } from '../protocol/index.ts';
import { argue, type Speech } from './argue.ts';
import type { Case, Opinion } from './case.ts';
import type { Panel } from './guilds.ts';
import type { Argument } from './opinions.ts';
import type { StoredBallot } from './proposal-rows.ts';
import { scoreOf } from './tally.ts';

/** What a voter brings with it: its weight at the time, and how much it has to do with the subject. */
export interface Standing {
  readonly weight: number;
  readonly stake: number;
}

/** A person among the voters. They ask, and theirs is the last word, so they are there and abstain. */
export interface Person {
  readonly id: string;
  readonly weight: number;
}

export interface Round {
  readonly opinions: ReadonlyMap<string, Opinion>;
  readonly ballots: readonly StoredBallot[];
}

/**
 * Holds one round: every mask votes by itself, at the same time, on the same evidence. In a correction round (`before`
 * given) each sees the arguments of the others without their names. Rejects only with the reason of the signal.
 */
export async function holdRound(
  masks: Panel['masks'],
  people: readonly Person[],
  matter: Case,
  {
    speech,
    standing,
    before,
  }: { speech: Speech | null; standing(mask: Mask): Standing; before: Round | null },
): Promise<Round> {
  const said = await Promise.all(
    masks.map(async (mask) => {
      const others = before && argumentsBut(before, mask.id);
      const opinion = await argue(mask, matter, speech, others, before?.opinions.get(mask.id) ?? null);
      return [mask, opinion] as const;
    }),
  );
  const ballots = said.map(([mask, opinion]) => ballotOf(mask, opinion, standing(mask), matter));
  return {
    opinions: new Map(said.map(([{ id }, opinion]) => [id, opinion])),
    ballots: [...ballots, ...people.map(present)],
  };
}

/** In an order that tells nothing of who said what. */
export function argumentsBut({ opinions }: Pick<Round, 'opinions'>, voter: string): Argument[] {
  return [...opinions]
    .filter(([id, { choice }]) => id !== voter && choice !== null)
    .map(([, { choice, logic, reason }]) => ({ choice, logic, reason }))
    .sort((a, b) => (a.reason < b.reason ? -1 : 1));
}

function ballotOf(
  { id, name, archetype, priorities }: Mask,
  { choice, logic, reason, cites, answeredBy }: Opinion,
  { weight, stake }: Standing,
  { evidence }: Case,
): StoredBallot {
  return {
    ...{ voter: id, name, archetype, priorities, choice, logic, stake, weight, reason, answeredBy },
    score: choice === null ? 0 : scoreOf(logic, stake),
    evidence: cites.flatMap((n) => evidence[n - 1]?.evidence ?? []),
  };
}

function present({ id, weight }: Person): StoredBallot {
  return {
    ...{
      voter: id,
      name: 'You',
      archetype: null,
      priorities: null,
      choice: null,
      logic: 0,
      stake: 0,
      score: 0,
    },
    ...{ weight, reason: 'Yours is the last word.', evidence: [], answeredBy: null },
  };
}
