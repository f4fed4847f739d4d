import assert from 'node:assert/strict';
import { type PerformanceMark, PerformanceObserver } from 'node:perf_hooks';
import { Listeners } from '../../../../companion/kernel/index.ts';
import type { Event } from '../../../../companion/protocol/index.ts';
import { APPLIED, EventFrames } from '../../../../webviews/data/event-frames.ts';
import { oncePerFrame } from '../../../../webviews/data/frames.ts';

/** Frames that a test draws. */
class TestFrames {
  readonly #tasks = new Set<() => void>();
  next(task: () => void) {
    this.#tasks.add(task);
    return { dispose: () => void this.#tasks.delete(task) };
  }
  get asked(): number {
    return this.#tasks.size;
  }
  draw(): void {
    const tasks = [...this.#tasks];
    this.#tasks.clear();
    for (const task of tasks) task();
  }
}

const event = (seq: number): Event => ({ seq, at: seq, type: 'loop.updated', subject: 'loop_1', data: {} });

function setup() {
  const told = new Listeners<Event>();
  const frames = new TestFrames();
  const events = new EventFrames({ onEvent: (listener) => told.add(listener) }, frames);
  return { told, frames, events };
}

describe('events, once a frame', () => {
  it('[W4] all that came since the last frame are told together, in order, to each who listens', () => {
    const { told, frames, events } = setup();
    const heard: number[][] = [[], []];
    for (const each of heard) events.add((batch) => each.push(batch.length, ...batch.map(({ seq }) => seq)));
    for (const seq of [1, 2, 3]) told.tell(event(seq));
    assert.deepEqual(heard, [[], []]);
    assert.equal(frames.asked, 1);
    frames.draw();
    assert.deepEqual(heard, [
      [3, 1, 2, 3],
      [3, 1, 2, 3],
    ]);
    frames.draw();
    told.tell(event(4));
    frames.draw();
    assert.deepEqual(heard[0], [3, 1, 2, 3, 1, 4]);
  });

  it('[W4] ask for no frame while nothing happens, and for none once nobody listens', () => {
    const { told, frames, events } = setup();
    const listening = events.add(() => assert.fail('nobody listens'));
    assert.equal(frames.asked, 0);
    told.tell(event(1));
    listening.dispose();
    assert.equal(frames.asked, 0);
    told.tell(event(2));
    assert.equal(frames.asked, 0);
    frames.draw();
  });

  it('leave a mark that a profiler sees and nobody keeps', async () => {
    const { told, frames, events } = setup();
    const seen = Promise.withResolvers<unknown>();
    const observer = new PerformanceObserver((list) => {
      seen.resolve(list.getEntriesByName(APPLIED).map((mark) => (mark as PerformanceMark).detail));
    });
    observer.observe({ entryTypes: ['mark'] });
    events.add(() => {});
    told.tell(event(7));
    told.tell(event(8));
    frames.draw();
    assert.deepEqual(performance.getEntriesByName(APPLIED), []);
    assert.deepEqual(await seen.promise, [
      [
        [7, 7],
        [8, 8],
      ],
    ]);
    observer.disconnect();
  });
});

describe('a value, once a frame', () => {
  it('[W4] is told as it was last', () => {
    const frames = new TestFrames();
    const told: number[] = [];
    const put = oncePerFrame<number>((value) => told.push(value), frames);
    for (const value of [1, 2, 3]) put(value);
    frames.draw();
    frames.draw();
    put(4);
    put.dispose();
    frames.draw();
    assert.deepEqual(told, [3]);
  });
});
