import assert from 'node:assert/strict';
import { readHead } from '../../../companion/git/index.ts';
import { makeRepository } from '../../fixtures/repository.ts';

describe('git/head', function () {
  this.timeout(20_000);

  it('[F5] tells an unborn branch, a branch and a detached HEAD', async () => {
    await using repo = await makeRepository();
    const repository = await repo.open();
    assert.deepEqual(await readHead(repository), { kind: 'unborn', branch: 'main', ref: 'refs/heads/main' });
    const commit = repo.commit({ a: 'a' });
    repo.branch('feature/ünï-🦊');
    const ref = 'refs/heads/feature/ünï-🦊';
    assert.deepEqual(await readHead(repository), { kind: 'branch', branch: 'feature/ünï-🦊', ref, commit });
    repo.checkout(commit);
    assert.deepEqual(await readHead(repository), { kind: 'detached', commit });
  });

  it('is not misled by a branch called HEAD', async () => {
    await using repo = await makeRepository();
    const commit = repo.commit({ a: 'a' });
    const other = repo.commit({ a: 'b' });
    repo.run('update-ref', 'refs/heads/HEAD', commit);
    assert.deepEqual(await readHead(await repo.open()), {
      kind: 'branch',
      branch: 'main',
      ref: 'refs/heads/main',
      commit: other,
    });
  });

  it('[F5] reads a repository of another object format', async () => {
    await using repo = await makeRepository({ init: ['--object-format=sha256'] });
    const commit = repo.commit({ a: 'a' });
    const repository = await repo.open();
    assert.equal(repository.objectFormat, 'sha256');
    assert.deepEqual(await readHead(repository), {
      kind: 'branch',
      branch: 'main',
      ref: 'refs/heads/main',
      commit,
    });
  });
});
