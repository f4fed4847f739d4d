import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../scripts/runtime.mjs';
import { interleaved, type Job, runInLanes } from '../../scripts/tiers/lanes.ts';
import { dealtOut } from '../../scripts/tiers/parts.ts';
import { mochaTiers } from '../../scripts/tiers/selection.ts';

describe('the test runner', () => {
  const long = mochaTiers.flatMap(({ parts }) => parts?.long ?? []);

  it('names only files that are there', () => {
    assert.deepEqual(
      long.filter((file) => !existsSync(path.join(root, file))),
      [],
    );
  });

  it('deals out every file once, the long ones first and by themselves', () => {
    const files = [import.meta.filename, ...long].map((file) =>
      path.relative(root, path.resolve(root, file)),
    );
    const parts = dealtOut(files, { atOnce: 2, parts: 3, long });
    assert.deepEqual(parts.flatMap((part) => part.files).toSorted(), files.toSorted());
    assert.deepEqual(
      parts.filter(({ counted }) => !counted).map((part) => part.files),
      long.map((file) => [file]),
    );
    assert.ok(parts.findIndex(({ counted }) => counted) === long.length);
  });

  it('brings queues to their ends together', () => {
    assert.deepEqual(interleaved([['a', 'b', 'c', 'd'], ['1', '2'], []]), ['a', '1', 'b', 'c', '2', 'd']);
  });

  it('runs so many jobs at once, and adds up what has one name', async () => {
    let [now, most] = [0, 0];
    const job =
      (name: string, passed: number): Job =>
      async () => {
        most = Math.max(most, ++now);
        await new Promise((done) => setImmediate(done));
        now--;
        return { name, passed, failed: 0, skipped: [], ms: 1 };
      };
    const tallies = await runInLanes([job('a', 1), job('b', 2), job('a', 3), job('b', 4), job('a', 5)], 2);
    assert.equal(most, 2);
    assert.deepEqual(
      tallies.map(({ name, passed }) => [name, passed]),
      [
        ['a', 9],
        ['b', 6],
      ],
    );
  });
});
