import type { Clock } from './clock.ts';

/** A purse of processor time for work that nobody waits for, such as reading a repository again after a change. */
export interface CpuBudget {
  /** How long (ms) until work of this cost (CPU ms) may begin; 0 when it may now. */
  delayUntilAffordable(costMs: number): number;
  /** Takes what was used. It may go below zero: then the next work waits longer. */
  spend(costMs: number): void;
}

/**
 * Of the 1 % of a core that sensing may cost in all (systems.md, section 1), what reading again may: 0.3 %, and
 * half a second at once after quiet. Shared by all open workspaces.
 */
export const CPU_BUDGET = { capacityMs: 500, refillPerSecondMs: 3 };

/**
 * A token bucket in CPU milliseconds. It starts full: a change after quiet is served at once, only a run of
 * costly ones is spread out. Work dearer than the purse may begin when the purse is full.
 */
export function createCpuBudget(clock: Pick<Clock, 'now'>, limits = CPU_BUDGET): CpuBudget {
  const { capacityMs, refillPerSecondMs } = limits;
  let tokens = capacityMs;
  let at = clock.now();
  const refill = () => {
    const now = clock.now();
    tokens = Math.min(capacityMs, tokens + (Math.max(0, now - at) / 1000) * refillPerSecondMs);
    at = now;
  };
  return {
    delayUntilAffordable(costMs) {
      refill();
      const missing = Math.min(Math.max(costMs, 0), capacityMs) - tokens;
      return missing <= 0 ? 0 : Math.ceil((missing / refillPerSecondMs) * 1000);
    },
    spend(costMs) {
      refill();
      tokens -= Math.max(costMs, 0);
    },
  };
}
