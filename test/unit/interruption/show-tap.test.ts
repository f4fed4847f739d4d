import assert from 'node:assert/strict';
import { meaningOf, showTap } from '../../../companion/interruption/show-tap.ts';
import { silentLogger, VirtualClock } from '../../../companion/kernel/index.ts';
import { ProgenyError, type Tap } from '../../../companion/protocol/index.ts';
import { MINUTE, SECOND, START } from './simulation/events.ts';

const tap: Tap = { id: 'tap_1', text: 'Text.', why: 'Why.', actions: [] };
const ignored = { answer: { outcome: 'ignored', action: null }, responseMs: null };
const gone = new ProgenyError('no_client', 'The client that was asked has gone.');

/** Shows a tap to a client that does `act` when `after` has passed. */
function show(after: number, act: (settle: PromiseWithResolvers<unknown>) => void) {
  const clock = new VirtualClock(START);
  const stopping = new AbortController();
  const answer = Promise.withResolvers<unknown>();
  const ending = showTap(
    {
      id: 'one',
      ask: (_, __, signal) => {
        signal.addEventListener('abort', () => answer.reject(new ProgenyError('cancelled', 'Withdrawn.')));
        return answer.promise;
      },
    },
    tap,
    { clock, logger: silentLogger, stopping: stopping.signal },
  );
  clock.advance(after);
  act(answer);
  return { ending, stopping };
}

describe('showing a tap', () => {
  it('gives the answer and the time it took', async () => {
    const answer = { outcome: 'engaged', action: 'show' };
    const { ending } = show(7 * SECOND, ({ resolve }) => resolve(answer));
    assert.deepEqual(await ending, { answer, responseMs: 7 * SECOND });
  });

  it('takes ten minutes without an answer as ignored, and withdraws the question', async () => {
    const { ending } = show(10 * MINUTE, () => {});
    assert.deepEqual(await ending, ignored);
  });

  it('takes what a client ignored for ignored', async () => {
    const { ending } = show(3 * MINUTE, ({ resolve }) => resolve({ outcome: 'ignored', action: null }));
    assert.deepEqual(await ending, ignored);
  });

  const failures: readonly [name: string, after: number, error: unknown, ending: unknown][] = [
    ['a client that goes at once', 0, gone, null],
    ['a client that refuses at once', SECOND, new Error('This window does not have the focus.'), null],
    ['a client that goes while it is shown', 2 * SECOND, gone, ignored],
    ['a client that fails late', MINUTE, new Error('The notification failed.'), ignored],
  ];
  for (const [name, after, error, expected] of failures) {
    it(`${expected === null ? 'reached nobody' : 'counts as seen'}: ${name}`, async () => {
      assert.deepEqual(await show(after, ({ reject }) => reject(error)).ending, expected);
    });
  }

  it('does not trust the answer', async () => {
    const { ending } = show(5 * SECOND, ({ resolve }) => resolve({ outcome: 'delighted' }));
    assert.deepEqual(await ending, ignored);
  });

  it('rejects when the companion stops', async () => {
    const { ending, stopping } = show(5 * SECOND, () => {});
    stopping.abort();
    await assert.rejects(ending, { name: 'AbortError' });
  });

  it('leaves no timer behind', async () => {
    const clock = new VirtualClock(START);
    let timers = 0;
    const counting = {
      now: () => clock.now(),
      every: clock.every.bind(clock),
      after: (ms: number, task: () => void) => {
        timers++;
        const timer = clock.after(ms, task);
        return {
          dispose: () => {
            timers--;
            timer.dispose();
          },
        };
      },
    };
    const { signal: stopping } = new AbortController();
    const port = { id: 'one', ask: async () => ({ outcome: 'dismissed', action: null }) };
    await showTap(port, tap, { clock: counting, logger: silentLogger, stopping });
    assert.equal(timers, 0);
  });
});

describe('the meaning of an answer', () => {
  const cases = [
    ['engaged', 'show', 'engaged', false],
    ['engaged', 'brief', 'engaged', false],
    ['engaged', null, 'engaged', false],
    ['engaged', 'later', 'dismissed', true],
    ['engaged', 'not_useful', 'dismissed', false],
    ['dismissed', null, 'dismissed', false],
    ['ignored', null, 'ignored', false],
  ] as const;
  for (const [outcome, action, meaning, again] of cases) {
    it(`${outcome} by ${action} is ${meaning}${again ? ', and may come again' : ''}`, () => {
      assert.deepEqual(meaningOf({ outcome, action }), { outcome: meaning, again });
    });
  }
});
