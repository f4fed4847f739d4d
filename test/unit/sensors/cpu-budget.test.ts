import assert from 'node:assert/strict';
import fc from 'fast-check';
import { VirtualClock } from '../../../companion/kernel/index.ts';
import { CPU_BUDGET, createCpuBudget } from '../../../companion/sensors/cpu-budget.ts';
import { NOON } from './support.ts';

const HOUR = 3_600_000;

describe('sensors: CPU budget', () => {
  it('serves a single piece of work after quiet at once', () => {
    const budget = createCpuBudget(new VirtualClock(NOON));
    assert.equal(budget.delayUntilAffordable(1_500), 0);
  });

  it('makes the next one wait until it is affordable, and not longer', () => {
    const clock = new VirtualClock(NOON);
    const budget = createCpuBudget(clock);
    budget.spend(2_000);
    assert.equal(budget.delayUntilAffordable(100), 20_000);
    clock.advance(20_000);
    assert.equal(budget.delayUntilAffordable(100), 0);
  });

  it('lets work that is dearer than the purse begin when it is full', () => {
    const clock = new VirtualClock(NOON);
    const budget = createCpuBudget(clock);
    assert.equal(budget.delayUntilAffordable(60_000), 0);
    budget.spend(60_000);
    assert.equal(budget.delayUntilAffordable(60_000), 12_000_000);
  });

  it('does not mind a clock that goes back', () => {
    let now = NOON;
    const budget = createCpuBudget({ now: () => now });
    budget.spend(2_000);
    now -= HOUR;
    assert.equal(budget.delayUntilAffordable(10), 2_000);
  });

  it('[F6] keeps any greedy work below 1 % of a core over an hour', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 2_000 }), { minLength: 1 }), (costs) => {
        const clock = new VirtualClock(NOON);
        const budget = createCpuBudget(clock);
        let spent = 0;
        for (let i = 0; ; i++) {
          const cost = costs[i % costs.length]!;
          clock.advance(budget.delayUntilAffordable(cost));
          if (clock.now() >= NOON + HOUR) break;
          budget.spend(cost);
          spent += cost;
        }
        assert.ok(spent <= HOUR * 0.01, `${spent} ms`);
        assert.ok(spent <= CPU_BUDGET.capacityMs + (HOUR / 1000) * CPU_BUDGET.refillPerSecondMs);
      }),
    );
  });
});
