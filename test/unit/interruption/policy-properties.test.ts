import assert from 'node:assert/strict';
import fc from 'fast-check';
import { openMoment } from '../../../companion/interruption/moments.ts';
import { START } from './simulation/events.ts';
import { Oracle } from './simulation/oracle.ts';
import { PolicyRun, type RunOptions } from './simulation/policy-run.ts';
import { type Stream, stream } from './simulation/streams.ts';
import { violations } from './simulation/violations.ts';

const RUNS = 200;
const SEED = 20260302;

function play({ rules, script, reactions, end }: Stream, options: Partial<RunOptions> = {}): PolicyRun {
  const run = new PolicyRun({ start: START, rules, reactions, ...options });
  for (const { at, event } of script) run.do(at, event);
  return run.to(end);
}

function holds(check: (stream: Stream) => void, numRuns = RUNS): void {
  fc.assert(fc.property(stream, check), { numRuns, seed: SEED, endOnFailure: true });
}

describe('policy: over random days', function () {
  this.timeout(120_000);

  it('never taps while typing, debugging, paused, in quiet hours, unfocused, asked, or beyond the budget', () => {
    let shown = 0;
    holds((s) => {
      const { shows } = play(s);
      shown += shows.length;
      assert.deepEqual(violations(s, shows), []);
    });
    assert.ok(shown > RUNS, `${shown} taps in ${RUNS} streams`);
  });

  it('shows what nothing forbids, as soon as nothing forbids it, and nothing else', () => {
    holds((s) =>
      assert.deepEqual(play(s).shows, new Oracle(s.rules, s.reactions).play(s.script, START, s.end)),
    );
  });

  it('has a recorded gate for each silence', () => {
    holds(({ rules, script, reactions }) => {
      const run = new PolicyRun({ start: START, rules, reactions });
      for (const { at, event } of script) {
        run.do(at, event);
        const { pending, windows, focused } = run.state;
        const window = focused === null ? undefined : windows[focused];
        const open = window && openMoment(window, true, at, rules.settings);
        for (const { last } of pending) {
          assert.ok(last, 'a candidate that waits has a record');
          if (open) assert.equal(last.moment, open.moment);
        }
      }
      const lives = Map.groupBy(run.rows, ({ candidate }) => candidate);
      const waiting = new Set([...run.state.pending.map(({ id }) => id), run.state.open?.pending.id]);
      for (const [id, rows] of lives) {
        const { gate } = rows.at(-1)!;
        assert.equal(
          waiting.has(id),
          !['expired', 'withdrawn', null].includes(gate) || run.state.open?.pending.id === id,
        );
      }
    });
  });

  it('records no more for being looked at more often, and decides the same', () => {
    holds((s) => {
      const [once, often] = [play(s), play(s, { extraTickMs: 13_001 })];
      assert.deepEqual(often.rows, once.rows);
      assert.deepEqual(often.shows, once.shows);
    }, RUNS / 4);
  });

  it('decides the same in a replay', () => {
    holds((s) => {
      const [first, second] = [play(s), play(s)];
      assert.deepEqual(second.rows, first.rows);
      assert.deepEqual(second.state, first.state);
    }, RUNS / 4);
  });

  it('decides the same after restarts from the table at any points', () => {
    const points = fc.array(fc.nat(), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(stream, points, ({ rules, script, reactions }, points) => {
        const at = new Set(points.map((point) => point % script.length));
        const [kept, restored] = (['everything', 'windows'] as const).map((keep) => {
          const run = new PolicyRun({ start: START, rules, reactions });
          script.forEach(({ at: time, event }, n) => {
            run.do(time, event);
            if (at.has(n)) run.restart(keep);
          });
          return run;
        });
        assert.deepEqual(restored!.rows, kept!.rows);
        assert.deepEqual(restored!.shows, kept!.shows);
      }),
      { numRuns: RUNS, seed: SEED, endOnFailure: true },
    );
  });
});

describe('policy: the checks themselves', function () {
  this.timeout(120_000);
  const streams = fc.sample(stream, { numRuns: 100, seed: SEED });
  const deaf = (kind: string) => (s: Stream) => ({
    ...s,
    script: s.script.filter(
      ({ event }) => kind !== (event.kind === 'signal' ? event.signal.kind : event.kind),
    ),
  });
  const heedless = (interruption: Partial<Stream['rules']['settings']['interruption']>) => (s: Stream) => {
    const { settings } = s.rules;
    const changed = { ...settings, interruption: { ...settings.interruption, ...interruption } };
    return { ...s, rules: { ...s.rules, settings: changed } };
  };
  const broken: readonly [finds: string, sabotage: (s: Stream) => Stream][] = [
    ['typing', heedless({ typingGraceSeconds: 5 })],
    ['typing', deaf('typing')],
    ['debugging', deaf('debug')],
    ['prompt', deaf('prompt')],
    ['paused', deaf('pause')],
    ['quiet', heedless({ quietFrom: '' })],
    ['day', heedless({ perDay: 20 })],
    ['refractory', heedless({ refractoryMinutes: 0 })],
    ['refractory', heedless({ dismissalsToDouble: 20 })],
    ['unfocused', (s) => ({ ...s, script: s.script.filter(({ event }) => !isBlur(event)) })],
  ];
  for (const [finds, sabotage] of broken) {
    it(`find ${finds} in a policy that does not heed it`, () => {
      const found = streams.flatMap((s) => violations(s, play(sabotage(s)).shows));
      assert.ok(found.includes(finds));
    });
  }

  it('find a mute policy', () => {
    const mute = heedless({ perDay: 0 });
    const missed = streams.filter(
      (s) =>
        play(mute(s)).shows.length < new Oracle(s.rules, s.reactions).play(s.script, START, s.end).length,
    );
    assert.ok(missed.length > streams.length / 3);
  });

  function isBlur(event: Stream['script'][number]['event']): boolean {
    return event.kind === 'signal' && event.signal.kind === 'focus' && !event.signal.focused;
  }
});
