import assert from 'node:assert/strict';
import { readUnpushed } from '../../../companion/git/index.ts';
import { reach } from '../../../companion/git/unpushed.ts';
import { FIRST_COMMIT_AT, makeRepository } from '../../fixtures/repository.ts';

describe('git/unpushed', function () {
  this.timeout(20_000);

  it('is null without a remote', async () => {
    await using repo = await makeRepository();
    repo.commit({ a: 'a' });
    assert.equal(await readUnpushed(await repo.open()), null);
  });

  it('counts what only this machine has, branch by branch', async () => {
    await using repo = await makeRepository();
    repo.commit({ a: 'a' });
    repo.run('init', '-q', '--bare', '../remote.git');
    repo.run('remote', 'add', 'origin', '../remote.git');
    repo.run('push', '-q', 'origin', 'main');
    repo.branch('pushed');
    repo.commit({ b: 'b' });
    repo.run('push', '-q', 'origin', 'pushed:other-name');
    repo.branch('work');
    repo.commit({ c: 'c' });
    repo.commit({ d: 'd' });
    repo.branch('more');
    repo.commit({ e: 'e' });
    assert.deepEqual(await readUnpushed(await repo.open()), {
      branches: [
        { ref: 'refs/heads/more', commits: 3, oldestAt: FIRST_COMMIT_AT + 3 * 60_000 },
        { ref: 'refs/heads/work', commits: 2, oldestAt: FIRST_COMMIT_AT + 3 * 60_000 },
      ],
      truncated: false,
    });
  });

  it('counts a commit once, whatever ways lead to it', () => {
    const at = (parents: string[], committedAt: number) => ({ parents, committedAt });
    const commits = new Map([
      ['tip', at(['a', 'b'], 9)],
      ['a', at(['base', 'pushed'], 3)],
      ['b', at(['base'], 5)],
      ['base', at(['pushed'], 4)],
    ]);
    assert.deepEqual(reach('tip', commits), { count: 4, oldestAt: 3 });
    assert.deepEqual(reach('pushed', commits), { count: 0, oldestAt: 0 });
  });
});
