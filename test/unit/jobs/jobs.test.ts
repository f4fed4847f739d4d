import assert from 'node:assert/strict';
import { Jobs } from '../../../companion/jobs/index.ts';
import {
  type Clock,
  silentLogger,
  systemClock,
  systemRandom,
  VirtualClock,
} from '../../../companion/kernel/index.ts';
import type { Store } from '../../../companion/store/index.ts';
import { eventually } from '../../support/companion.ts';
import { openStore } from '../../support/store.ts';
import { temporaryFolder } from '../../support/temporary.ts';

function jobsOn({ hub }: Store, clock: Clock = systemClock): Jobs {
  return new Jobs({ hub, clock, random: systemRandom, logger: silentLogger });
}

describe('jobs', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let store: Store;
  beforeEach(async () => {
    folder = temporaryFolder();
    store = await openStore(folder.path);
  });
  afterEach(() => {
    store.close();
    folder[Symbol.dispose]();
  });

  it('tells progress and ends', async () => {
    const jobs = jobsOn(store);
    const told: string[] = [];
    jobs.changed.add((job) => told.push(`${job.status} ${job.message}`));
    jobs.define<{ n: number }>('count', {
      async run({ input, progress }) {
        progress(1, `counted to ${input.n}`);
      },
    });
    const job = jobs.enqueue('count', 'it', { n: 3 });
    await eventually(() => jobs.get(job.id).status === 'done');
    assert.deepEqual(told, ['queued Waiting', 'running Started', 'running counted to 3', 'done Done']);
    await jobs.dispose();
  });

  it('runs by priority, at most two at once, and the same subject only once', async () => {
    const jobs = jobsOn(store);
    const order: string[] = [];
    let running = 0;
    let most = 0;
    jobs.define<string>('work', {
      async run({ input }) {
        most = Math.max(most, ++running);
        order.push(input);
        await new Promise((resolve) => setTimeout(resolve, 5));
        running--;
      },
    });
    for (const [name, priority] of [
      ['a', 0],
      ['b', 0],
      ['c', 5],
      ['d', 9],
    ] as const)
      jobs.enqueue('work', name, name, priority);
    assert.equal(jobs.enqueue('work', 'a', 'a').id, jobs.enqueue('work', 'a', 'a').id);
    await eventually(() => jobs.list(10).every((job) => job.status === 'done'));
    assert.deepEqual(order, ['d', 'c', 'a', 'b']);
    assert.equal(most, 2);
    await jobs.dispose();
  });

  it('runs what is queued in one instant in the order in which it came', async () => {
    const jobs = jobsOn(store, new VirtualClock(1_000));
    const order: string[] = [];
    jobs.define<string>('work', { run: async ({ input }) => void order.push(input) });
    const names = Array.from({ length: 20 }, (_, i) => `job ${i}`);
    for (const name of names) jobs.enqueue('work', name, name);
    await jobs.idle();
    assert.deepEqual(order, names);
    await jobs.dispose();
  });

  it('can be cancelled, queued or running', async () => {
    const jobs = jobsOn(store);
    jobs.define('wait', {
      run: ({ signal }) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    });
    const all = ['a', 'b', 'c'].map((name) => jobs.enqueue('wait', name, null));
    await eventually(() => jobs.list(10).filter((job) => job.status === 'running').length === 2);
    for (const job of all) jobs.cancel(job.id);
    await eventually(() => jobs.list(10).every((job) => job.status === 'cancelled'));
    await jobs.dispose();
  });

  it('a failure is told in its own words and holds up nobody', async () => {
    const jobs = jobsOn(store);
    jobs.define('fail', { run: async () => Promise.reject(new Error('the disk said no')) });
    const failed = jobs.enqueue('fail', 'x', null);
    const unknown = jobs.enqueue('no such kind', 'x', null);
    await eventually(() => jobs.get(unknown.id).status === 'failed');
    assert.equal(jobs.get(failed.id).message, 'the disk said no');
    assert.match(jobs.get(unknown.id).message, /knows no work of the kind/);
    await jobs.dispose();
  });

  it('is taken up again from its checkpoint after a stop, and after a kill', async () => {
    const seen: unknown[] = [];
    const define = (jobs: Jobs, ends: boolean) =>
      jobs.define('long', {
        async run({ checkpoint, save, signal }) {
          seen.push(checkpoint);
          save({ step: ((checkpoint as { step: number } | null)?.step ?? 0) + 1 });
          if (!ends)
            await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
        },
      });
    const first = jobsOn(store);
    define(first, false);
    const { id } = first.enqueue('long', 'x', null);
    await eventually(() => seen.length === 1);
    await first.dispose();
    assert.equal(first.get(id).status, 'queued');

    const second = jobsOn(store);
    define(second, false);
    second.resume();
    await eventually(() => seen.length === 2);
    // Killed: the row still says that it runs.
    const third = jobsOn(store);
    define(third, true);
    third.resume();
    await eventually(() => third.get(id).status === 'done');
    assert.deepEqual(seen, [null, { step: 1 }, { step: 2 }]);
    assert.equal(third.get(id).attempts, 3);
    await third.dispose();
  });

  it('does not try for ever', async () => {
    const jobs = jobsOn(store);
    const { id } = jobs.enqueue('x', 'x', null);
    store.hub.record((w) => w.run("UPDATE jobs SET status = 'running', attempts = 3 WHERE id = ?", id));
    const next = jobsOn(store);
    next.resume();
    assert.deepEqual([next.get(id).status, next.get(id).message], ['failed', 'It was interrupted 3 times.']);
    await jobs.dispose();
  });
});
