import type { Finding } from '../kernel/node.ts';
import type { Decision, Loop } from '../protocol/index.ts';
import type { Day } from './day-state.ts';
import type { DecisionFields, LoopFields, NewDecision, NewLoop } from './ports.ts';
import type { Times } from './times.ts';

/** A change that an edit asks for. A new loop has a `key`, by which `day` may name it before it has an id. */
export type Change =
  | { kind: 'open-loop'; key: string; loop: NewLoop; afterwards: LoopFields | null }
  | { kind: 'change-loop'; id: string; fields: LoopFields }
  | { kind: 'record-decision'; decision: NewDecision }
  | { kind: 'change-decision'; id: string; fields: DecisionFields }
  | { kind: 'day'; day: Day };

/** What is to become of an edit. */
export interface Plan {
  /** All of them or none are made. */
  changes: Change[];
  /** With any of these the edit is refused as a whole. */
  findings: Finding[];
  /** Parts that lost against the user's own newer change; the rest is applied. */
  conflicts: Finding[];
  /** What its author should know; nothing is lost by it. */
  notes: Finding[];
  /** The edit holds something (a comment) that the rewritten file will not. */
  losesText: boolean;
  /** It may be half of a file that is still being written. */
  doubtful: boolean;
}

/** What a plan is made from: the texts, and the store as it is now. */
export interface PlanInput {
  /** What stands on disk. */
  disk: string;
  /** What was last written there. */
  base: string;
  times: Times;
  /** A loop of this workspace, of whatever status. */
  loop(id: string): Loop | null;
  decision(id: string): Decision | null;
  day: Day;
  /** The fields of a loop or decision that the user changed elsewhere since the file was written. */
  changedByHand(id: string): ReadonlySet<string>;
}

export function emptyPlan(): Plan {
  return { changes: [], findings: [], conflicts: [], notes: [], losesText: false, doubtful: false };
}

export function refused(findings: Finding[]): Plan {
  return { ...emptyPlan(), findings };
}
