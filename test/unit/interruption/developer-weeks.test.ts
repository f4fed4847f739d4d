import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decide } from '../../../companion/interruption/index.ts';
import type { ReplayInput, ReplayParts } from '../../../companion/replay/index.ts';
import { replayParts } from '../../../companion/replaying.ts';
import { inputsOf, replayed } from '../../support/replaying.ts';
import { type DeveloperWeeks, developerWeeks } from '../../support/streams/developer-weeks.ts';
import { MINUTE } from './weeks/desk-at.ts';
import { broken, openings } from './weeks/judge.ts';

const WEEKS = 30;
const SEED = 20260105;
/** Of the candidates whose gates open, so many must be shown. */
const SHOWN = 0.8;

const seeds = fc.integer({ min: 1, max: 1_000_000 });
const plain = { adapt: false };

interface Week {
  readonly weeks: DeveloperWeeks;
  readonly inputs: readonly ReplayInput[];
  /** What the product's own policy makes of it. */
  readonly run: ReturnType<typeof replayed>;
}

const known = new Map<number, Week>();
/** A week, generated, read and replayed once. */
function weekOf(seed: number): Week {
  const found = known.get(seed);
  if (found) return found;
  const weeks = developerWeeks({ seed });
  const inputs = inputsOf(weeks);
  const made = { weeks, inputs, run: replayed(inputs, plain) };
  known.set(seed, made);
  return made;
}

/** The product's rooms with a policy of another mind. */
function withPolicy(other: typeof decide): Partial<ReplayParts> {
  return { policy: { ...replayParts().policy, decide: other } };
}

describe('interruption: thirty weeks of developers', function () {
  this.timeout(240_000);

  it('[S2] no tap within 10 s of typing, in debug, in quiet hours or a pause, in an unfocused window, between boundaries, beyond the budget, or too soon after dismissals', () => {
    let taps = 0;
    fc.assert(
      fc.property(seeds, (seed) => {
        const { weeks, run } = weekOf(seed);
        taps += run.taps.length;
        assert.deepEqual(broken(weeks, run.taps), []);
      }),
      { numRuns: WEEKS, seed: SEED, endOnFailure: true },
    );
    assert.ok(taps > 2 * WEEKS, `${taps} taps`);
  });

  for (const outcome of ['engaged', 'dismissed'] as const) {
    it(`[S2] the same with adaptation, down to the shortest pause, where taps are always ${outcome}`, () => {
      let adapted = 0;
      fc.assert(
        fc.property(seeds, (seed) => {
          const weeks = developerWeeks({ seed, days: 21 });
          const lines = weeks.lines.map((line) =>
            'answers' in line ? { ...line, answers: { outcome, afterMs: 4000 } } : line,
          );
          const run = replayed(inputsOf({ lines }));
          adapted += run.adapted.length;
          assert.deepEqual(broken(weeks, run.taps, 180 * MINUTE), []);
        }),
        { numRuns: 3, seed: SEED, endOnFailure: true },
      );
      assert.ok(adapted > 0, 'nothing was adapted');
    });
  }

  it('[S2] every candidate has a recorded gate from its birth on, and an end', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { weeks, run } = weekOf(seed);
        const { taps, quiet } = run;
        for (const line of weeks.lines) {
          if (!('candidate' in line)) continue;
          const { id } = line.candidate;
          const rows = quiet.filter(({ candidate }) => candidate === id);
          const shown = taps.find(({ candidate }) => candidate === id);
          const first = Math.min(rows[0]?.at ?? Infinity, shown?.at ?? Infinity);
          assert.ok(first <= line.at, `${id} was born without a decision`);
          const ended = rows.some(({ gate }) => gate === 'expired' || gate === 'withdrawn');
          assert.ok(shown || ended, `${id} has no end`);
        }
      }),
      { numRuns: WEEKS, seed: SEED, endOnFailure: true },
    );
  });

  it('[S2] at least 80 % of the candidates whose gates open during their life are shown', () => {
    const { opened, missed } = shareOf(fc.sample(seeds, { numRuns: WEEKS, seed: SEED }));
    assert.ok(opened > 3 * WEEKS, `${opened} candidates`);
    assert.ok(1 - missed / opened >= SHOWN, `${missed} of ${opened} were missed`);
  });
});

/** `other` stands in for the product's own policy. */
function shareOf(all: readonly number[], other?: typeof decide): { opened: number; missed: number } {
  let [opened, missed] = [0, 0];
  for (const seed of all) {
    const { weeks, inputs, run } = weekOf(seed);
    const { taps } = other ? replayed(inputs, plain, withPolicy(other)) : run;
    const found = openings(weeks, taps);
    opened += found.opened;
    missed += found.missed.length;
  }
  return { opened, missed };
}

describe('interruption: the checks of the thirty weeks', function () {
  this.timeout(240_000);
  const few = fc.sample(seeds, { numRuns: 6, seed: SEED });

  it('[S2] a mute policy fails', () => {
    const { opened, missed } = shareOf(few, (state) => ({ state, silences: [], show: null }));
    assert.ok(1 - missed / opened < SHOWN, `${missed} of ${opened}`);
  });

  it('[S2] so does one that hears of every other thing only', () => {
    const half: typeof decide = (state, event, now, rules) =>
      event.kind === 'born' && Number(event.candidate.id.split(':')[2]) % 2 === 0
        ? { state, silences: [], show: null }
        : decide(state, event, now, rules);
    const { opened, missed } = shareOf(few, half);
    assert.ok(1 - missed / opened < SHOWN, `${missed} of ${opened}`);
  });

  /** Inputs that a careless policy does not hear, by what the check must find then. */
  const deaf: readonly (readonly [finds: string, hears: (input: ReplayInput) => boolean])[] = [
    ['typing', (input) => !(input.kind === 'signal' && input.signal.kind === 'typing')],
    ['debugging', (input) => !(input.kind === 'signal' && input.signal.kind === 'debug')],
    ['prompt', (input) => !(input.kind === 'signal' && input.signal.kind === 'prompt')],
    ['paused', (input) => input.kind !== 'pause'],
    ['quiet', (input) => input.kind !== 'settings'],
    [
      'unfocused',
      (input) => !(input.kind === 'signal' && input.signal.kind === 'focus' && !input.signal.focused),
    ],
  ];
  const found = (what: string, change: (inputs: readonly ReplayInput[]) => ReturnType<typeof replayed>) =>
    fc.sample(seeds, { numRuns: WEEKS / 2, seed: SEED }).some((seed) => {
      const { weeks, inputs } = weekOf(seed);
      return broken(weeks, change(inputs).taps).includes(what);
    });
  for (const [finds, hears] of deaf) {
    it(`[S2] ${finds} is found in a policy that does not heed it`, () => {
      assert.ok(found(finds, (inputs) => replayed(inputs.filter(hears), plain)));
    });
  }
  const careless = [
    ['day', { perDay: 20, refractoryMinutes: 60 }],
    ['refractory', { dismissalsToDouble: 20 }],
  ] as const;
  for (const [finds, over] of careless) {
    it(`[S2] ${finds} is found in a policy that does not heed it`, () => {
      assert.ok(found(finds, (inputs) => replayed(inputs, { ...plain, ...over })));
    });
  }
});
