import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findGit } from '../../../companion/git/index.ts';
import { seededRandom, systemClock } from '../../../companion/kernel/index.ts';
import { Snapshots } from '../../../companion/snapshots/index.ts';
import { makeRepository } from '../../fixtures/repository.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { differences, everythingBelow } from './worlds.ts';

const KILLS = Number(process.env.SNAPSHOT_KILLS ?? 6);

describe('snapshots of a companion that is killed', function () {
  this.timeout(KILLS * 20_000);

  it(`[A1] at ${KILLS} random instants of taking and expiring: the next takes hold everything, and take it back`, async () => {
    await using repository = await makeRepository();
    using data = temporaryFolder();
    const { root } = repository;
    repository.commit({ 'a.ts': 'one\n', 'src/b.ts': 'two\n' });
    const random = seededRandom(7);
    for (let n = 0; n < KILLS; n++) {
      const script = path.resolve('test/fixtures/take-until-killed.ts');
      const child = spawn(process.execPath, [script, data.path, root, String(n)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await once(child.stdout, 'data');
      await delay(1500 * random.next());
      child.kill('SIGKILL');
      await once(child, 'exit');
      // What it had started ends by itself within a moment: git is not killed with it.
      await delay(300);
      const snapshots = new Snapshots({
        folder: data.path,
        program: await findGit(),
        clock: systemClock,
        random,
      });
      const before = everythingBelow(root);
      const first = await snapshots.take(root, 'before');
      repository.write({ 'a.ts': 'run\n', 'src/b.ts': 'run\n', 'made-1.bin': 'run', 'other.ts': 'run' });
      const { conflicts } = await snapshots.restore(first, await snapshots.take(root, 'after'));
      assert.deepEqual(conflicts, [], `kill ${n}`);
      assert.deepEqual(differences(before, everythingBelow(root)), [], `kill ${n}`);
      // Every snapshot that is listed can be had whole.
      for (const { id } of await snapshots.list(root)) {
        const kept = await snapshots.get(root, id);
        await snapshots.changes(kept, first);
      }
      await snapshots.dispose();
    }
    assert.match(readFileSync(path.join(root, 'a.ts'), 'utf8'), /^one\n0\n/);
  });
});
