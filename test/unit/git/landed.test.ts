import assert from 'node:assert/strict';
import { type Landing, readLanding } from '../../../companion/git/index.ts';
import { makeRepository, type TestRepository } from '../../fixtures/repository.ts';

async function landing(repo: TestRepository, branch = 'work'): Promise<Landing> {
  return readLanding(await repo.open(), 'refs/heads/main', `refs/heads/${branch}`);
}

/** A branch "work" of two commits on two files, and main moved on elsewhere. */
async function withWork(): Promise<TestRepository> {
  const repo = await makeRepository();
  repo.commit({ a: '1\n2\n3\n4\n5\n6\n7\n8\n', b: 'b\n' });
  repo.branch('work');
  repo.commit({ a: '1\n2\n3\n4\n5\n6\n7\nwork\n' });
  repo.commit({ new: 'new\n' });
  repo.checkout('main');
  repo.commit({ elsewhere: 'x\n' });
  return repo;
}

describe('git/landed', function () {
  this.timeout(20_000);

  it('open work stays open', async () => {
    await using repo = await withWork();
    assert.equal(await landing(repo), 'open');
  });

  it('knows a merge and a branch without commits of its own', async () => {
    await using repo = await withWork();
    repo.run('branch', 'nothing', 'main~1');
    repo.run('merge', '-q', '--no-edit', 'work');
    assert.deepEqual([await landing(repo), await landing(repo, 'nothing')], ['merged', 'merged']);
  });

  it('knows a squash, also when main has moved on over the same files', async () => {
    await using repo = await withWork();
    repo.run('merge', '-q', '--squash', 'work');
    repo.commit({}, { message: 'squashed' });
    repo.commit({ a: 'all new\n', new: 'newer\n' });
    assert.equal(await landing(repo), 'squashed');
  });

  it('knows a squash that came in by a merge', async () => {
    await using repo = await withWork();
    repo.branch('integration');
    repo.run('merge', '-q', '--squash', 'work');
    repo.commit({}, { message: 'squashed' });
    repo.checkout('main');
    repo.run('merge', '-q', '--no-ff', '--no-edit', 'integration');
    assert.equal(await landing(repo), 'squashed');
  });

  it('knows a rebase whose files had changed elsewhere meanwhile', async () => {
    await using repo = await withWork();
    repo.commit({ a: 'zero\n1\n2\n3\n4\n5\n6\n7\n8\n' });
    repo.run('cherry-pick', 'main..work');
    assert.equal(await landing(repo), 'picked');
  });

  it('half of the work is open work', async () => {
    await using repo = await withWork();
    repo.run('cherry-pick', 'work~1');
    assert.equal(await landing(repo), 'open');
  });

  it('a deleted file must be deleted there too', async () => {
    await using repo = await withWork();
    repo.checkout('work');
    repo.run('rm', '-q', 'b');
    repo.commit({}, { message: 'delete b' });
    repo.checkout('main');
    repo.commit({ a: '1\n2\n3\n4\n5\n6\n7\nwork\n', new: 'new\n' });
    assert.equal(await landing(repo), 'open');
    repo.run('rm', '-q', 'b');
    repo.commit({}, { message: 'delete b' });
    assert.equal(await landing(repo), 'squashed');
  });

  it('[F5] histories without a common start are open', async () => {
    await using repo = await withWork();
    repo.run('checkout', '-q', '--orphan', 'island');
    repo.commit({ island: 'i' });
    assert.equal(await landing(repo, 'island'), 'open');
  });
});
