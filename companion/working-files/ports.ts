import type { Decision, Loop } from '../protocol/index.ts';
import type { Transaction } from '../store/index.ts';

/** The folder that the working files belong to. */
export interface AttachedWorkspace {
  id: string;
  /** Absolute, links resolved. */
  path: string;
  /** In a folder that the user does not trust nothing is read or written. */
  trusted: boolean;
}

export type NewLoop = Pick<Loop, 'title' | 'context' | 'priority'>;
/** As `loops.update` of the contract takes them: a `deferUntil` alone also defers, or opens again. */
export type LoopFields = Partial<Pick<Loop, 'title' | 'context' | 'status' | 'priority' | 'deferUntil'>>;
export type DecisionFields = Partial<
  Pick<Decision, 'question' | 'options' | 'decision' | 'why' | 'outcome' | 'reviewAt' | 'links'>
>;
export type NewDecision = Required<DecisionFields>;

/**
 * What this room needs of others. The writing ones work inside the given transaction and emit their events
 * with `by: 'user'`, so that all changes of one edit are made together or not at all.
 */
export interface WorkingFilesPorts {
  /** Loops that are still open or deferred, nearest first; private ones included. */
  loops(workspace: AttachedWorkspace): Loop[];
  /** A loop of whatever status and workspace. */
  loop(id: string): Loop | null;
  /** Newest first. */
  decisions(workspace: AttachedWorkspace): Decision[];
  /** Returns the id. */
  openLoop(tx: Transaction, workspace: AttachedWorkspace, loop: NewLoop): string;
  changeLoop(tx: Transaction, id: string, fields: LoopFields): void;
  /** Returns the id. */
  recordDecision(tx: Transaction, workspace: AttachedWorkspace, decision: NewDecision): string;
  changeDecision(tx: Transaction, id: string, fields: DecisionFields): void;
  /**
   * Whether git tracks anything in this folder of the workspace; false where there is no repository or no git.
   * Throws where it cannot be told now: then nothing is read or written until it can.
   */
  isTracked(workspacePath: string, folder: string): Promise<boolean>;
}
