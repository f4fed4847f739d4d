import assert from 'node:assert/strict';
import { readCommitStats } from '../../../companion/git/index.ts';
import { ANA, BO, makeRepository } from '../../fixtures/repository.ts';

describe('git/commit-stats', () => {
  it('reads sizes newest first, without merges, and what is known already not again', async () => {
    await using t = await makeRepository();
    t.commit({ 'a.ts': '1\n2\n' }, { author: ANA });
    const known = t.run('rev-parse', 'HEAD');
    t.branch('side');
    t.checkout('side');
    t.commit({ 'b.ts': '1\n', 'blob.bin': new Uint8Array([0, 1, 2, 0]) }, { author: BO });
    t.checkout('main');
    t.commit({ 'a.ts': '2\n' }, { author: ANA });
    t.run('merge', '-q', '--no-edit', 'side');
    const opened = await t.open();
    const told = (commits: Awaited<ReturnType<typeof readCommitStats>>) =>
      commits.map(({ author, files, insertions, deletions }) => [
        author,
        files.join(' '),
        insertions,
        deletions,
      ]);
    const all = await readCommitStats(opened);
    assert.deepEqual(told(all).sort(), [
      [ANA.name, 'a.ts', 0, 1],
      [ANA.name, 'a.ts', 2, 0],
      [BO.name, 'b.ts blob.bin', 1, 0],
    ]);
    const gone = 'f'.repeat(40);
    assert.equal((await readCommitStats(opened, { except: [known, gone] })).length, 2);
    assert.equal((await readCommitStats(opened, { limit: 1 })).length, 1);
    assert.deepEqual(told(await readCommitStats(opened, { by: BO.email })), [
      [BO.name, 'b.ts blob.bin', 1, 0],
    ]);
  });

  it('is empty where nothing is committed, and refuses what is no revision', async () => {
    await using t = await makeRepository();
    const opened = await t.open();
    assert.deepEqual(await readCommitStats(opened), []);
    await assert.rejects(readCommitStats(opened, { except: ['--all'] }), /is not a revision/);
  });
});
