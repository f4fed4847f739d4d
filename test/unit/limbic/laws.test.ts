import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CAUSES, type Cause, move } from '../../../companion/limbic/causes.ts';
import { begin, type LimbicState, RULES, read, rebase, seen } from '../../../companion/limbic/levels.ts';
import { tierOf } from '../../../companion/limbic/tier.ts';
import { type Levels, levels as levelsSchema } from '../../../companion/protocol/index.ts';
import { anything, asEvents, DAY, days, fold, HOUR, run, START, success, talk } from './happenings.ts';

const RUNS = { numRuns: 500, seed: 20260302 };
const AXES = ['trust', 'warmth', 'arousal', 'valence'] as const;

const level = fc.double({ min: 0, max: 1, noNaN: true });
const state: fc.Arbitrary<LimbicState> = fc
  .record({
    levels: fc.record({
      trust: level,
      warmth: level,
      arousal: fc.double({ min: 0.2, max: 1, noNaN: true }),
      valence: level,
    }),
    before: fc.nat(5 * DAY),
  })
  // Plain data, as the store gives it.
  .map((given) => structuredClone(given))
  .map(({ levels, before }) => ({ levels, at: START, signAt: START - before }));
const span = fc.nat(40 * DAY);
const cause = fc.constantFrom(...(Object.keys(CAUSES) as Cause[]));

function near(a: Levels, b: Levels): void {
  for (const axis of AXES) assert.ok(Math.abs(a[axis] - b[axis]) < 1e-9, `${axis}: ${a[axis]}, ${b[axis]}`);
}

/** A day passes after each third success, as more of one recipe do not count. */
function straight(n: number) {
  return asEvents(
    Array.from({ length: n }, (_, i) => ({ happening: success, after: i % 3 === 0 ? DAY : 60_000 })),
  );
}

describe('limbic/laws', () => {
  it('[S4] bounds: whatever happens, whenever it is read, every level is between 0 and 1, and arousal never below its floor', () => {
    fc.assert(
      fc.property(anything, span, (happenings, later) => {
        const { self } = fold(asEvents(happenings));
        const now = read(self.state, self.state.at + later);
        for (const axis of AXES) assert.ok(now[axis] >= 0 && now[axis] <= 1, `${axis} ${now[axis]}`);
        assert.ok(now.arousal >= RULES.arousalFloor);
        levelsSchema.parse(now);
      }),
      RUNS,
    );
  });

  it('[S4] no event moves a level by more than .1, but for a return, which sets arousal', () => {
    fc.assert(
      fc.property(state, cause, (before, name) => {
        const after = move(before, name, before.at).levels;
        for (const axis of AXES) {
          if (name === 'reunion' && axis === 'arousal')
            assert.equal(after.arousal, Math.max(before.levels.arousal, 0.9));
          else assert.ok(Math.abs(after[axis] - before.levels[axis]) <= 0.1 + 1e-12);
        }
      }),
      RUNS,
    );
  });

  it('[S4] reading never changes: a state is the same before and after, twice is as once, and two reads in either order agree', () => {
    fc.assert(
      fc.property(state, span, span, (given, a, b) => {
        const copy = structuredClone(given);
        const [first, second] = [read(given, START + a), read(given, START + b)];
        assert.deepEqual([read(given, START + b), read(given, START + a)], [second, first]);
        assert.deepEqual(given, copy);
      }),
      RUNS,
    );
  });

  it('[S4] decay has no memory of being looked at: in steps, or at once, it comes to the same', () => {
    fc.assert(
      fc.property(state, fc.array(span, { maxLength: 8 }), (given, stops) => {
        const sorted = [...stops].sort((a, b) => a - b);
        let stepped = given;
        for (const stop of sorted) stepped = rebase(stepped, START + stop);
        near(read(stepped, START + 50 * DAY), read(given, START + 50 * DAY));
      }),
      RUNS,
    );
  });

  it('[S4] a clock that goes back decays nothing and brings nothing back', () => {
    fc.assert(
      fc.property(state, span, (given, back) => assert.deepEqual(read(given, START - back), given.levels)),
      RUNS,
    );
  });

  it('[S4] talk, onboarding and time move trust by nothing at all, in any sequence', () => {
    fc.assert(
      fc.property(talk, span, (happenings, later) => {
        const { self } = fold(asEvents(happenings));
        assert.equal(read(self.state, self.state.at + later).trust, 0.5);
      }),
      RUNS,
    );
  });

  it('[S4] trust falls only by what went wrong, and rises only by successes that count', () => {
    fc.assert(
      fc.property(anything, (happenings) => {
        for (const { cause: name, changes } of fold(asEvents(happenings)).moves) {
          const [from, to] = changes.trust ?? [0, 0];
          if (to > from) assert.equal(name, 'wheel.success');
          if (to < from) assert.match(name, /^wheel\.(failure|undone|breach)$/);
        }
      }),
      RUNS,
    );
  });

  it('[S4] a downgrade is immediate: the first failure below an edge is below its tier', () => {
    const { self: before } = fold(straight(6));
    assert.equal(tierOf(before.state.levels.trust), 'T1');
    const { self, moves } = fold(
      [{ ...run('failure'), seq: 99, at: START + 9 * DAY, subject: 'run_1' }],
      before,
    );
    assert.equal(moves.length, 1);
    assert.equal(tierOf(self.state.levels.trust), 'T0');
    fc.assert(
      fc.property(anything, (happenings) => {
        const { self: after } = fold(asEvents(happenings));
        assert.equal(tierOf(after.state.levels.trust), expectedTier(after.state.levels.trust));
      }),
      RUNS,
    );
  });

  it('[S4] 6, 23 and 40 straight verified successes reach T1, T2 and T3 from .5, and one fewer does not', () => {
    const tierAfter = (n: number) => tierOf(fold(straight(n)).self.state.levels.trust);
    assert.deepEqual([0, 5, 6, 22, 23, 39, 40].map(tierAfter), ['T0', 'T0', 'T1', 'T1', 'T2', 'T2', 'T3']);
  });
});

describe('limbic/counting of successes', () => {
  const many = (n: number, happening = success, after = 60_000) =>
    fold(asEvents(Array.from({ length: n }, () => ({ happening, after })))).moves.length;

  it('[S4] at most three a day of one recipe count; another recipe and another day count again', () => {
    assert.equal(many(10), 3);
    const mixed = [success, run('success', { recipe: 'format' })];
    const both = asEvents(
      Array.from({ length: 20 }, (_, i) => ({ happening: mixed[i % 2]!, after: 60_000 })),
    );
    assert.equal(fold(both).moves.length, 6);
    assert.equal(many(8, success, 8 * HOUR), 8);
  });

  it('[S4] a day ends where the user’s does, not at midnight', () => {
    const night = Date.UTC(2026, 2, 3, 1);
    const at = (time: number, seq: number) => ({ ...success, seq, at: time, subject: `run_${seq}` });
    const events = [0, 1, 2, 3].map((i) => at(night - (3 - i) * HOUR, i + 1));
    assert.equal(new Set(events.map((event) => days(event.at))).size, 1);
    assert.equal(fold(events).moves.length, 3);
    assert.equal(fold([...events, at(Date.UTC(2026, 2, 3, 5), 5)]).moves.length, 4);
  });

  it('[S4] an empty diff, a run without verification and one without a recipe count for nothing', () => {
    for (const more of [{ changedFiles: 0 }, { verified: false }, { recipe: null }, { changedFiles: null }])
      assert.equal(many(3, run('success', more)), 0);
  });

  it('what does not count takes no place of what does', () => {
    const empty = run('success', { changedFiles: 0 });
    const events = asEvents(
      [empty, empty, empty, success, success, success].map((happening) => ({ happening, after: 1 })),
    );
    assert.equal(fold(events).moves.length, 3);
  });

  it('failures count however many, verified or not', () => {
    assert.equal(many(5, run('failure', { verified: false })), 5);
    const { self } = fold(asEvents([{ happening: run('breach'), after: 0 }]));
    assert.ok(Math.abs(self.state.levels.trust - 0.45) < 1e-12);
  });

  it('a recipe may be called anything', () => {
    assert.equal(many(5, run('success', { recipe: '__proto__' })), 3);
    assert.equal(many(5, run('success', { recipe: 'constructor' })), 3);
  });
});

describe('limbic/decay', () => {
  it('arousal rests by whole days without a sign, to its floor; valence returns by a tenth an hour; the others stay', () => {
    const given = begin(START);
    assert.deepEqual(read(given, START + 2 * DAY - 1).arousal, 0.7);
    assert.ok(Math.abs(read(given, START + 3 * DAY).arousal - 0.7 * 0.85 ** 2) < 1e-12);
    assert.equal(read(given, START + 60 * DAY).arousal, 0.2);
    assert.ok(Math.abs(read(given, START + HOUR).valence - 0.59) < 1e-12);
    const { trust, warmth } = read(given, START + 365 * DAY);
    assert.deepEqual([trust, warmth], [0.5, 0.6]);
  });

  it('somebody who works every day does not send it to sleep, though nothing else happens', () => {
    let given = begin(START);
    for (let day = 1; day <= 30; day++) given = seen(given, START + day * DAY + (day % 2) * 10 * HOUR);
    assert.equal(read(given, START + 30 * DAY).arousal, 0.7);
  });
});

function expectedTier(trust: number): string {
  if (trust < 0.6) return 'T0';
  if (trust < 0.8) return 'T1';
  return trust < 0.9 ? 'T2' : 'T3';
}
