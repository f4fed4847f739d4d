import assert from 'node:assert/strict';
import path from 'node:path';
import { findGit } from '../../../companion/git/index.ts';
import { seededRandom, systemClock } from '../../../companion/kernel/index.ts';
import { Snapshots } from '../../../companion/snapshots/index.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { ACTS, differences, everythingBelow, pick, randomWorld } from './worlds.ts';

/** `SNAPSHOT_RUNS=500` for the whole of it. */
const RUNS = Number(process.env.SNAPSHOT_RUNS ?? 12);
const SEED = Number(process.env.SNAPSHOT_SEED ?? 1);

describe('taking back what a run did', function () {
  this.timeout(RUNS * 10_000);

  it(`[A1] leaves everything byte by byte as it was, in ${RUNS} random repositories`, async () => {
    const program = await findGit();
    const failures: string[] = [];
    let changed = 0;
    for (let run = 0; run < RUNS; run++) {
      const seed = SEED * 100_000 + run;
      const random = seededRandom(seed);
      using data = temporaryFolder();
      const { repository } = await randomWorld(random);
      await using _ = repository;
      const snapshots = new Snapshots({ folder: data.path, program, clock: systemClock, random });
      const { root } = repository;
      const before = everythingBelow(root);
      const git = everythingBelow(path.dirname(root), { objects: true, times: true });
      const acts: string[] = [];
      try {
        const first = await snapshots.take(root, 'before');
        const written = differences(git, everythingBelow(path.dirname(root), { objects: true, times: true }));
        if (written.length > 0) failures.push(`${seed}: taking wrote: ${written.slice(0, 3).join('; ')}`);
        for (let i = 0; i < 1 + Math.floor(random.next() * 6); i++) {
          const name = pick(random, Object.keys(ACTS));
          acts.push(name);
          try {
            ACTS[name]!(random, repository);
          } catch {
            // What it would have acted on is not there.
          }
        }
        const second = await snapshots.take(root, 'after');
        changed += Number(
          (await snapshots.changes(first, second)).some(
            ({ files, control }) => files.length + control.length > 0,
          ),
        );
        const { conflicts } = await snapshots.restore(first, second);
        const left = differences(before, everythingBelow(root));
        if (conflicts.length + left.length > 0)
          failures.push(
            `${seed} (${acts}): ${[...conflicts.map((c) => `conflict ${c.path} ${c.why}`), ...left].slice(0, 4).join(' | ')}`,
          );
      } catch (error) {
        failures.push(`${seed} (${acts}): ${(error as Error).stack?.slice(0, 500)}`);
      }
    }
    assert.deepEqual(failures, []);
    assert.ok(changed > 0.8 * RUNS, `only ${changed} of ${RUNS} runs changed anything`);
  });
});
