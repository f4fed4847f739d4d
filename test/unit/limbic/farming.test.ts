import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Event } from '../../../companion/protocol/index.ts';
import { DAY, days, fold, HOUR, run, START } from './happenings.ts';

const RECIPES = ['fix-lint', 'apply-patch', 'plan'];

/** Runs that somebody settles as they please: any outcome, any clock, the same run again. */
const settled = fc.array(
  fc.record({
    recipe: fc.constantFrom(...RECIPES),
    outcome: fc.constantFrom('success', 'success', 'success', 'vetoed', 'expired'),
    verified: fc.constantFrom<unknown>(true, true, false, null, 'true', 1),
    changedFiles: fc.constantFrom<unknown>(0, 1, 40, -1, null, '3'),
    run: fc.nat(40),
    /** The clock goes wherever it likes. */
    at: fc.integer({ min: START - 3 * DAY, max: START + 3 * DAY }),
  }),
  { maxLength: 120 },
);

function events(given: typeof settled extends fc.Arbitrary<infer T> ? T : never): Event[] {
  return given.map(({ recipe, outcome, verified, changedFiles, run: id, at }, i) => ({
    ...run(outcome, { recipe, verified, changedFiles } as Event['data']),
    seq: i + 1,
    at,
    subject: `run_${id}`,
  }));
}

describe('limbic/farming of trust', () => {
  it('[A6] whatever is settled, and wherever the clock goes: three a day of a recipe, each run once, nothing empty or unverified', () => {
    fc.assert(
      fc.property(settled, (given) => {
        const log = events(given);
        const counted = fold(log).moves.map(({ seq }) => log[seq - 1] as Event);
        assert.equal(new Set(counted.map(({ subject }) => subject)).size, counted.length, 'a run twice');
        const perDay = Map.groupBy(counted, ({ at, data }) => `${days(at)} ${data.recipe}`);
        for (const [of, some] of perDay) assert.ok(some.length <= 3, `${some.length} for ${of}`);
        for (const { data } of counted) {
          assert.equal(data.verified, true);
          assert.ok(typeof data.changedFiles === 'number' && data.changedFiles > 0);
          assert.equal(data.outcome, 'success');
        }
      }),
      { numRuns: 500, seed: 20260607 },
    );
  });

  it('[A6] a clock that is set to and fro between two days begins no day anew', () => {
    const log = Array.from({ length: 40 }, (_, i) => ({
      ...run('success'),
      seq: i + 1,
      at: START + (i % 2) * DAY + i * 1000,
      subject: `run_${i}`,
    }));
    assert.equal(fold(log).moves.length, 6);
  });

  it('[A6] a day of nothing but trivial runs of one recipe is worth three, and reaches no tier', () => {
    const log = Array.from({ length: 500 }, (_, i) => ({
      ...run('success', { changedFiles: 1 }),
      seq: i + 1,
      at: START + i * 60_000,
      subject: `run_${i}`,
    })).filter(({ at }) => at < START + 8 * HOUR);
    const { moves, self } = fold(log);
    assert.equal(moves.length, 3);
    assert.ok(self.state.levels.trust < 0.6);
  });
});
