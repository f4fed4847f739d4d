import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CPU_BUDGET, createCpuBudget, VirtualClock } from '../../../companion/kernel/index.ts';

const NOON = Date.UTC(2026, 2, 2, 12);
const HOUR = 3_600_000;

describe('kernel/CPU budget', () => {
  it('serves a single piece of work after quiet at once', () => {
    const budget = createCpuBudget(new VirtualClock(NOON));
    assert.equal(budget.delayUntilAffordable(400), 0);
  });

  it('makes the next one wait until it is affordable, and not longer', () => {
    const clock = new VirtualClock(NOON);
    const budget = createCpuBudget(clock);
    budget.spend(500);
    assert.equal(budget.delayUntilAffordable(90), 30_000);
    clock.advance(30_000);
    assert.equal(budget.delayUntilAffordable(90), 0);
  });

  it('lets work that is dearer than the purse begin when it is full', () => {
    const clock = new VirtualClock(NOON);
    const budget = createCpuBudget(clock);
    assert.equal(budget.delayUntilAffordable(60_000), 0);
    budget.spend(60_000);
    assert.equal(budget.delayUntilAffordable(60_000), 20_000_000);
  });

  it('does not mind a clock that goes back', () => {
    let now = NOON;
    const budget = createCpuBudget({ now: () => now });
    budget.spend(500);
    now -= HOUR;
    assert.equal(budget.delayUntilAffordable(9), 3_000);
  });

  it('[F6] keeps any greedy work below 1 % of a core over an hour', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1 }), (costs) => {
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
