import { forget } from './lives.ts';
import type { Moment } from './moments.ts';
import { emptyPolicy, type Gate, type Pending, type PolicyState } from './policy-state.ts';

/** A row of the log as the policy remembers by it. */
export interface LoggedDecision {
  readonly at: number;
  readonly candidate: string;
  readonly subject: string;
  readonly moment: Moment | 'none';
  /** Null: it was shown. */
  readonly gate: Gate | null;
}

/** What the log tells that outlives the process. */
export interface Memory {
  /** Decisions of the last `TOLD_KEPT_MS`, oldest first. */
  readonly decisions: readonly LoggedDecision[];
  /** Dismissals since the last engagement. */
  readonly dismissals: number;
  readonly pausedUntil: number;
}

/**
 * The state after a restart. The windows tell of themselves anew; a candidate goes on with the life it had once it
 * is proposed again. Pure.
 */
export function restore({ decisions, dismissals, pausedUntil }: Memory, now: number): PolicyState {
  const lives = new Map<string, Pending>();
  const told = new Map<string, PolicyState['told'][string]>();
  for (const { at, candidate: id, subject, moment, gate } of decisions) {
    if (gate === null || gate === 'expired') told.set(id, { at, why: gate ?? 'shown' });
    if (gate === null || gate === 'expired' || gate === 'withdrawn') {
      lives.delete(id);
      continue;
    }
    // A silence after the end is the beginning of another life.
    told.delete(id);
    const bornAt = lives.get(id)?.bornAt ?? at;
    lives.set(id, {
      id,
      subject,
      workspace: null,
      bypass: false,
      bornAt,
      last: { gate, moment },
      present: false,
    });
  }
  const shown = decisions
    .filter(({ gate }) => gate === null)
    .map(({ candidate, subject, at }) => ({ candidate, subject, at }));
  return {
    ...emptyPolicy,
    pausedUntil,
    dismissals,
    pending: [...lives.values()],
    ...forget({ shown, told: Object.fromEntries(told) }, now),
  };
}
