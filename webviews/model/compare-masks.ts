import type { AdviserDetails, MaskPriorities } from '../../companion/protocol/index.ts';

export interface Disagreement {
  readonly proposal: string;
  readonly question: string;
  readonly at: number;
  /** What each chose; null: it abstained. */
  readonly choices: readonly [string | null, string | null];
  /** Which of the two was borne out; null while that is not known, and where neither was. */
  readonly right: 0 | 1 | null;
}

export interface Comparison {
  /** How far the second lies from the first, the greatest distance first. */
  readonly priorities: readonly {
    readonly name: keyof MaskPriorities;
    readonly values: readonly [number, number];
  }[];
  readonly together: number;
  readonly disagreed: readonly Disagreement[];
}

/** What sets two masks apart, of the last votes of both. Pure. */
export function compareMasks(a: AdviserDetails, b: AdviserDetails): Comparison {
  const names = Object.keys(a.mask.priorities) as (keyof MaskPriorities)[];
  const pairs = a.votes.flatMap((one) => {
    const other = b.votes.find(({ proposal }) => proposal === one.proposal);
    return other ? [{ one, other }] : [];
  });
  return {
    priorities: names
      .map((name) => ({ name, values: [a.mask.priorities[name], b.mask.priorities[name]] as const }))
      .sort((x, y) => Math.abs(y.values[0] - y.values[1]) - Math.abs(x.values[0] - x.values[1])),
    together: pairs.length,
    disagreed: pairs
      .filter(({ one, other }) => one.choice !== other.choice)
      .map(({ one, other }) => ({
        proposal: one.proposal,
        question: one.question,
        at: one.at,
        choices: [one.choice, other.choice],
        right: one.hit === true ? 0 : other.hit === true ? 1 : null,
      })),
  };
}
