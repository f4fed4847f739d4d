import assert from 'node:assert/strict';
import {
  arrive,
  dismiss,
  emptyQueue,
  letGo,
  pass,
  readingTime,
  type StoryQueue,
} from '../../../../../webviews/model/story/queue.ts';
import { sampleStoryLine } from '../../../../fixtures/samples.ts';

const T = 1_000_000;
const line = (seq: number, at = T) =>
  sampleStoryLine({ seq, at, id: `story_${seq}`, text: 'Tests are green.' });
const shown = (queue: StoryQueue) => queue.shown.map((each) => each.line.seq);
const waiting = (queue: StoryQueue) => queue.waiting.map((each) => each.line.seq);
const filled = (n: number, at = T) => {
  let queue = emptyQueue(at);
  for (let seq = 1; seq <= n; seq++) queue = arrive(queue, line(seq), at);
  return pass(queue, at, 'runs');
};

describe('story/queue', () => {
  it('[W1] a line stands as long as it takes to read, within bounds', () => {
    assert.equal(readingTime(''), 4_000);
    assert.equal(readingTime('x'.repeat(100)), 1_800 + 6_000);
    assert.equal(readingTime('x'.repeat(1_000)), 12_000);
    const queue = filled(1);
    assert.deepEqual(shown(pass(queue, T + 3_900, 'runs')), [1]);
    assert.deepEqual(shown(pass(queue, T + 4_000, 'runs')), []);
  });

  it('[W1] at most three at once; the others wait for room, each is there once', () => {
    const queue = filled(5);
    assert.deepEqual(
      [shown(queue), waiting(queue)],
      [
        [1, 2, 3],
        [4, 5],
      ],
    );
    assert.equal(arrive(queue, line(4), T), queue);
    assert.equal(arrive(queue, line(1), T), queue);
    const after = pass(queue, T + 4_000, 'runs');
    assert.deepEqual([shown(after), waiting(after)], [[4, 5], []]);
    const room = pass(dismiss(queue, 2), T, 'runs');
    assert.deepEqual([shown(room), waiting(room)], [[1, 3, 4], [5]]);
  });

  it('[W1] while somebody looks no time passes; afterwards each stays a moment', () => {
    const held = pass(filled(1), T + 60_000, 'rests');
    assert.deepEqual(shown(held), [1]);
    const nearly = pass(filled(1), T + 3_900, 'runs');
    const free = letGo(nearly);
    assert.deepEqual(shown(pass(free, T + 5_800, 'runs')), [1]);
    assert.deepEqual(shown(pass(free, T + 5_900, 'runs')), []);
  });

  it('[W1] what came or waited longer than 30 s ago is not shown live', () => {
    assert.deepEqual(arrive(emptyQueue(T), line(1, T - 30_001), T).waiting, []);
    assert.deepEqual(waiting(arrive(emptyQueue(T), line(1, T - 30_000), T)), [1]);
    // Held over three lines for half a minute: those behind them are no news any more.
    const late = pass(filled(5), T + 30_001, 'rests');
    assert.deepEqual([shown(late), waiting(late)], [[1, 2, 3], []]);
    // Nowhere to stand: they keep their time, until they are no news either.
    const nowhere = pass(filled(2), T + 20_000, 'nowhere');
    assert.deepEqual(shown(nowhere), [1, 2]);
    assert.deepEqual(shown(pass(nowhere, T + 23_900, 'runs')), [1, 2]);
    assert.deepEqual(shown(pass(nowhere, T + 30_001, 'nowhere')), []);
  });

  it('[W1] a line that finds no room beside others keeps its time, and is let go when it is no news', () => {
    const one = pass(filled(2), T + 4_000, 'runs', 1);
    assert.deepEqual(shown(one), [2]);
    assert.deepEqual(shown(pass(one, T + 7_900, 'runs', 1)), [2]);
    assert.deepEqual(shown(pass(one, T + 8_000, 'runs', 1)), []);
    assert.deepEqual(shown(pass(filled(2), T + 30_001, 'rests', 1)), [1]);
  });

  it('[W1] a storm costs no memory', () => {
    let queue = filled(3);
    for (let seq = 10; seq < 500; seq++) queue = arrive(queue, line(seq), T);
    assert.equal(queue.waiting.length, 20);
    assert.equal(waiting(queue).at(-1), 499);
  });
});
