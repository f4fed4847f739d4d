import assert from 'node:assert/strict';
import fc from 'fast-check';
import { adapt, adaptedWords, type PastTap } from '../../../companion/interruption/index.ts';
import type { Moment } from '../../../companion/interruption/moments.ts';
import { type Settings, settings } from '../../../companion/protocol/index.ts';
import {
  active,
  born,
  commit,
  DAY,
  focus,
  HOUR,
  rulesOf,
  SECOND,
  START,
  typing,
} from './simulation/events.ts';
import { PolicyRun } from './simulation/policy-run.ts';

const MOMENTS: readonly Moment[] = ['commit', 'tests_green', 'debug_ended', 'focus', 'save', 'idle'];
const of = (interruption: Partial<Settings['interruption']> = {}) => settings.parse({ interruption });
const taps = (moment: Moment, outcomes: string): PastTap[] =>
  [...outcomes].map((letter, n) => ({
    at: START - DAY + n * HOUR,
    moment,
    outcome: letter === 'e' ? 'engaged' : letter === 'd' ? 'dismissed' : 'ignored',
  }));
const numbers = (past: readonly PastTap[], over?: Partial<Settings['interruption']>) =>
  adapt(of(over), past, START).changes.map(({ name, moment, from, to }) => [name, moment, from, to]);

describe('adaptation of taps', () => {
  const table: readonly (readonly [string, PastTap[], unknown[]])[] = [
    ['nothing without answers', [], []],
    ['nothing from a few', taps('focus', 'dddd'), []],
    ['nothing from what was ignored, which nobody may have seen', taps('focus', 'iiiiiiiiii'), []],
    ['nothing where answers are mixed', taps('commit', 'ededededed'), []],
    ['a wait at a moment that is dismissed', taps('focus', 'ddddd'), [['wait', 'focus', 0, 16]]],
    ['more quiet after a save', taps('save', 'ddddd'), [['saveQuietSeconds', 'save', 60, 91]]],
    ['longer idleness', taps('idle', 'ddddd'), [['idleSeconds', 'idle', 45, 69]]],
    [
      'a shorter pause for one who takes up most, never below the shortest',
      taps('commit', 'e'.repeat(60)),
      [['refractoryMinutes', null, 240, 180]],
    ],
    [
      'a pause that is shorter by as much as is known',
      taps('commit', 'eeeeeeee'),
      [['refractoryMinutes', null, 240, 195]],
    ],
    [
      'a longer pause for one who dismisses most',
      [...taps('commit', 'dddd'), ...taps('focus', 'dddd')],
      [['refractoryMinutes', null, 240, 320]],
    ],
    ['no shorter pause while dismissals have doubled it', taps('commit', `${'e'.repeat(40)}ddd`), []],
    [
      'nothing from answers of long ago',
      taps('focus', 'dddddddd').map((tap) => ({ ...tap, at: START - 61 * DAY })),
      [],
    ],
  ];
  for (const [what, past, expected] of table) it(what, () => assert.deepEqual(numbers(past), expected));

  it('nothing where the user does not want it', () => {
    assert.deepEqual(numbers(taps('focus', 'dddddddddd'), { adapt: false }), []);
  });

  it('says in words what it changed and on what it rests', () => {
    const { changes } = adapt(of(), [...taps('focus', 'dddddd'), ...taps('idle', 'ddddd')], START);
    assert.deepEqual(changes.map(adaptedWords), [
      'Taps come at least 330 min apart, not 240: you took up 0 of 11 taps in 60 days.',
      'A tap when you came back to the window waits 18 s more: you took up 0 of 6 such taps.',
      'A pause counts after 69 s, not 45: you took up 0 of 5 such taps.',
    ]);
  });

  it('stays within its limits whatever the answers, and never touches the rest', () => {
    const past = fc.array(
      fc.record({
        at: fc.integer({ min: START - 70 * DAY, max: START }),
        moment: fc.constantFrom(...MOMENTS),
        outcome: fc.constantFrom('engaged' as const, 'dismissed' as const, 'ignored' as const),
      }),
      { maxLength: 200, size: 'max' },
    );
    const chosen = fc.record({
      refractoryMinutes: fc.integer({ min: 0, max: 2000 }),
      shortestRefractoryMinutes: fc.integer({ min: 0, max: 600 }),
      maxRefractoryMinutes: fc.integer({ min: 0, max: 3000 }),
      idleSeconds: fc.integer({ min: 5, max: 600 }),
      saveQuietSeconds: fc.integer({ min: 1, max: 600 }),
    });
    fc.assert(
      fc.property(past, chosen, (taps, over) => {
        const before = of(over);
        const { settings: after, waits, changes } = adapt(before, taps, START);
        const [b, a] = [before.interruption, after.interruption];
        assert.ok(a.refractoryMinutes >= Math.min(b.refractoryMinutes, b.shortestRefractoryMinutes));
        assert.ok(a.refractoryMinutes <= Math.max(b.refractoryMinutes, b.maxRefractoryMinutes));
        assert.ok(a.refractoryMinutes <= b.refractoryMinutes * 1.5 + 5);
        assert.ok(a.idleSeconds >= b.idleSeconds && a.idleSeconds <= 2 * b.idleSeconds);
        assert.ok(a.saveQuietSeconds >= b.saveQuietSeconds && a.saveQuietSeconds <= 2 * b.saveQuietSeconds);
        for (const wait of Object.values(waits)) assert.ok(wait > 0 && wait <= 30);
        const rest = { refractoryMinutes: 0, idleSeconds: 0, saveQuietSeconds: 0 };
        assert.deepEqual({ ...a, ...rest }, { ...b, ...rest });
        // Every number that is another has its reason.
        const named = new Set(changes.map(({ name }) => name));
        for (const key of ['refractoryMinutes', 'idleSeconds', 'saveQuietSeconds'] as const)
          assert.equal(a[key] !== b[key], named.has(key));
      }),
      { numRuns: 300, seed: 4 },
    );
  });
});

describe('a moment that waits', () => {
  const rules = { ...rulesOf(), waits: { commit: 20 } };
  const run = () =>
    new PolicyRun({ start: START, rules })
      .do(START, focus('one'))
      .do(START + 30 * SECOND, typing('one'))
      .do(START + 80 * SECOND, active('one'))
      .do(START + 90 * SECOND, born('insight:x:1'))
      .do(START + 100 * SECOND, commit());

  it('is used when the wait is over, and the log says why not sooner', () => {
    const done = run().to(START + 200 * SECOND);
    assert.deepEqual(
      done.shows.map(({ at, moment }) => [at - START, moment]),
      [[120 * SECOND, 'commit']],
    );
    assert.deepEqual(
      done.silences.map(({ gate, moment }) => `${gate} ${moment}`),
      ['boundary none', 'early commit'],
    );
  });

  it('is not used where typing begins meanwhile', () => {
    const done = run()
      .do(START + 110 * SECOND, typing('one'))
      .to(START + 140 * SECOND);
    assert.deepEqual(done.shows, []);
  });
});
