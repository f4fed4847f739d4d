import fc from 'fast-check';
import { dayOf } from '../../../companion/interruption/local-time.ts';
import { type Move, newSelf, type Self, take } from '../../../companion/limbic/fold.ts';
import type { Event } from '../../../companion/protocol/index.ts';

/** Monday 2 March 2026, 09:00 UTC. */
export const START = Date.UTC(2026, 2, 2, 9);
export const HOUR = 60 * 60 * 1000;
export const DAY = 24 * HOUR;

export type Happening = Pick<Event, 'type' | 'data'>;

/** Days of UTC that begin at five. */
export const days = (at: number) =>
  dayOf(at, 5, (time) => ({ day: Math.floor(time / DAY), minute: Math.floor((time % DAY) / 60_000) }));

export const success: Happening = run('success');

export function run(outcome: string, more: Event['data'] = {}): Happening {
  return {
    type: 'wheel.settled',
    data: { recipe: 'lint-fix', outcome, verified: true, changedFiles: 2, ...more },
  };
}

/** Everything that moves something but trust. */
export const TALK: readonly Happening[] = [
  { type: 'loop.changed', data: { by: 'user', status: 'blessed' } },
  { type: 'loop.changed', data: { by: 'user', status: 'dropped' } },
  { type: 'loop.changed', data: { by: 'scan', status: 'merged' } },
  { type: 'loop.finished', data: {} },
  { type: 'loop.opened', data: { source: 'manual' } },
  { type: 'tap.answered', data: { outcome: 'engaged', responseMs: 900 } },
  { type: 'tap.answered', data: { outcome: 'dismissed', responseMs: 900 } },
  { type: 'tap.answered', data: { outcome: 'ignored', responseMs: null } },
  { type: 'decision.recorded', data: { by: 'person' } },
  { type: 'decision.recorded', data: { by: 'agent' } },
  { type: 'whisper.added', data: { length: 1900 } },
  { type: 'whisper.added', data: { length: 19 } },
  { type: 'memory.remembered', data: { kind: 'observation', by: 'person', length: 5000, imported: false } },
  { type: 'memory.remembered', data: { kind: 'conversation', by: 'agent', length: 5000, imported: false } },
  { type: 'hypothesis.answered', data: { answer: 'deny' } },
  { type: 'hypothesis.answered', data: { answer: 'confirmed' } },
  { type: 'tests.recovered', data: {} },
  { type: 'pattern.found', data: { kind: 'stuck' } },
  { type: 'pattern.found', data: { kind: 'workload_spike' } },
  { type: 'pattern.found', data: { kind: 'reunion' } },
  { type: 'pattern.found', data: { kind: 'abandonment' } },
  { type: 'convergence.answered', data: { question: 'flow' } },
  { type: 'heritage.changed', data: { file: 'core', source: 'convergence' } },
  { type: 'limbic.moved', data: { cause: 'wheel.success' } },
  { type: 'tier.changed', data: { from: 'T0', to: 'T3' } },
  { type: 'scan.applied', data: { changes: 3 } },
];
const RUNS: readonly Happening[] = [
  success,
  run('success', { recipe: 'format' }),
  run('success', { verified: false }),
  run('success', { changedFiles: 0 }),
  run('failure', { verified: false }),
  run('undone'),
  run('breach'),
];

const timed = (happenings: readonly Happening[]) =>
  fc.array(
    fc.record({
      happening: fc.constantFrom(...happenings),
      after: fc.oneof(fc.nat(HOUR), fc.nat(3 * DAY), fc.constant(0)),
    }),
    { maxLength: 60 },
  );
export const talk = timed(TALK);
export const anything = timed([...TALK, ...RUNS]);

/** Numbers a sequence of happenings as the log does. */
export function asEvents(happenings: readonly { happening: Happening; after: number }[]): Event[] {
  let at = START;
  return happenings.map(({ happening, after }, i) => {
    at += after;
    return { ...happening, seq: i + 1, at, subject: `thing_${i + 1}` };
  });
}

export function fold(events: readonly Event[], self: Self = newSelf(START)): { self: Self; moves: Move[] } {
  const moves: Move[] = [];
  for (const event of events) {
    const taken = take(self, event, days);
    self = taken.self;
    if (taken.move) moves.push(taken.move);
  }
  return { self, moves };
}
