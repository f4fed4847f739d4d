import type { AnsweredBy, Archetype, MaskPriorities, Proposal, ProposalKind } from '../protocol/index.ts';
import type { FateMeasures } from './fate-measures.ts';

/** What is remembered of one option of a question. */
export interface OptionMeasures {
  /** Records that speak of it; agents' are none. */
  readonly mentions: number;
  /** Days since the newest of them; null where there is none. */
  readonly newestDays: number | null;
  /** Decisions that chose it. */
  readonly chosen: number;
  /** Decisions that had it among their options and chose another. */
  readonly refused: number;
  /** Records that tell of something that went wrong with it, */
  readonly trouble: number;
  /** or well. */
  readonly success: number;
  /** Numbers of the evidence about it, from 1. */
  readonly cites: readonly number[];
}

/** What speaks for and against one thing: an action, a belief, a blessing. */
export interface StanceMeasures {
  readonly support: number;
  readonly against: number;
  /** What stands in the way now, such as a failing test. */
  readonly blockers: number;
  readonly supportCites: readonly number[];
  readonly againstCites: readonly number[];
}

/** What opinions are formed from. Stored with the question, so that the same round can be held again. */
export type Measures =
  | { readonly of: 'fate'; readonly fate: FateMeasures; readonly cites: readonly number[] }
  | { readonly of: 'options'; readonly options: readonly OptionMeasures[] }
  | { readonly of: 'stance'; readonly stance: StanceMeasures };

/** All that a voter sees of a question. Everybody sees the same. */
export interface Case {
  readonly kind: ProposalKind;
  readonly question: string;
  readonly options: readonly string[];
  readonly measures: Measures;
  readonly measured: Proposal['measured'];
  readonly evidence: Proposal['evidence'];
}

/** One voter's word before it becomes a ballot. */
export interface Opinion {
  /** Null: it abstains. */
  readonly choice: string | null;
  /** How well its reason is borne out by the evidence, 0-1. */
  readonly logic: number;
  readonly reason: string;
  /** Numbers of the evidence that it rests on, from 1. */
  readonly cites: readonly number[];
  readonly answeredBy: AnsweredBy;
}

/** Who has the opinion, as far as it matters to it. */
export interface Persona {
  readonly archetype: Archetype;
  readonly priorities: MaskPriorities;
}

/** The choices of each kind whose choices are fixed; the first is the one for going on. */
export const CHOICES = {
  loop_fate: ['preserve', 'fork', 'discard'],
  action: ['approve', 'revise', 'reject'],
  hypothesis: ['confirm', 'deny'],
  blessing: ['bless', 'wait'],
} as const;
