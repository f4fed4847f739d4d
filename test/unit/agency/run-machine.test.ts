import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isActing, isOpen, isSettled, next, type RunEvent } from '../../../companion/agency/run-machine.ts';
import { type WheelStatus, wheelStatus } from '../../../companion/protocol/index.ts';
import { wheelPhase } from '../../../companion/protocol/wheel-words.ts';

const EVENTS: readonly RunEvent[] = [
  'planned',
  'rehearse',
  'consented',
  'began',
  'recalled',
  'verifying',
  'reported',
  'rolled_back',
  'interrupted',
  'kept',
  'undone',
  'vetoed',
  'refused',
  'expired',
  'outdated',
  'failed',
];

/** Every state that a sequence of events goes through; what cannot happen does nothing. */
function through(events: readonly RunEvent[]): { event: RunEvent; from: WheelStatus; to: WheelStatus }[] {
  let from: WheelStatus = 'planning';
  return events.flatMap((event) => {
    const to = next(from, event);
    if (to === null) return [];
    const step = { event, from, to };
    from = to;
    return [step];
  });
}

const sequences = fc.array(fc.constantFrom(...EVENTS), { maxLength: 40 });

describe('states of a run', () => {
  it('nothing acts but what was consented to and counted down after the plan was made', () => {
    fc.assert(
      fc.property(sequences, (events) => {
        const steps = through(events);
        for (const [i, { from, to }] of steps.entries()) {
          if (!isActing(to) || isActing(from)) continue;
          assert.equal(from, 'counting');
          const before = steps.slice(0, i).map(({ event }) => event);
          assert.ok(before.lastIndexOf('consented') > before.lastIndexOf('planned'));
          assert.ok(before.lastIndexOf('consented') > before.lastIndexOf('recalled'));
        }
      }),
      { numRuns: 5000 },
    );
  });

  it('what is settled stays so, and is settled once', () => {
    fc.assert(
      fc.property(sequences, (events) => {
        const settled = through(events).filter(({ to }) => isSettled(to));
        assert.ok(settled.length <= 1);
      }),
      { numRuns: 5000 },
    );
    for (const status of wheelStatus.options)
      if (isSettled(status)) for (const event of EVENTS) assert.equal(next(status, event), null);
  });

  it('what acts ends reported, taken back, or interrupted; it is never just dropped', () => {
    for (const status of wheelStatus.options.filter(isActing)) {
      const ends = EVENTS.flatMap((event) => next(status, event) ?? []).filter((to) => !isActing(to));
      // Refused and outdated are of a run that has written nothing.
      const allowed = [
        'done',
        'rolled_back',
        'interrupted',
        ...(status === 'acting' ? ['refused', 'outdated'] : []),
      ];
      assert.deepEqual([...ends].sort(), allowed.sort());
    }
    for (const status of wheelStatus.options.filter(isOpen))
      assert.deepEqual(
        EVENTS.filter((event) => next(status, event)),
        ['kept', 'undone'],
      );
  });

  it('from every state that is not settled a settled one is reached', () => {
    for (const status of wheelStatus.options) {
      const seen = new Set<WheelStatus>([status]);
      for (const each of seen)
        for (const event of EVENTS) if (next(each, event)) seen.add(next(each, event)!);
      assert.ok([...seen].some(isSettled), status);
    }
  });

  it('what is shown as settled is what nothing can move any more', () => {
    for (const status of wheelStatus.options)
      assert.equal(wheelPhase(status) === 'settled', isSettled(status), status);
  });
});
