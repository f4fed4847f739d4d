import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import type { Job } from '../../companion/protocol/index.ts';
import { makeRepository } from '../fixtures/repository.ts';
import { temporaryFolder } from '../support/temporary.ts';

describe('progeny jobs', function () {
  this.timeout(120_000);

  it('lists what ran, and says so when there is no such job to cancel', async () => {
    using folder = temporaryFolder();
    const data = path.join(folder.path, 'data');
    await using repository = await makeRepository();
    const progeny = (...args: string[]) =>
      spawnSync(process.execPath, [path.resolve('companion/cli/progeny.ts'), ...args], {
        env: { ...process.env, PROGENY_DATA_DIR: data, NO_COLOR: '1' },
        cwd: repository.root,
        encoding: 'utf8',
        timeout: 60_000,
      });
    assert.equal(progeny('brief').status, 0);
    const jobs = JSON.parse(progeny('jobs', '--json').stdout) as Job[];
    assert.equal(jobs[0]?.kind, 'scan');
    assert.match(progeny('jobs').stdout, /(done|running|queued) +scan \S+/);
    const unknown = progeny('jobs', '--cancel', 'job_nobody1');
    assert.notEqual(unknown.status, 0);
    assert.match(unknown.stderr, /There is no job "job_nobody1"/);
    assert.match(
      progeny('jobs', '--limit', 'many').stderr,
      /expected a number from 1 to 1000; received "many"/,
    );
  });
});
