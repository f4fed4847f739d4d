import assert from 'node:assert/strict';
import { readTracked } from '../../../companion/git/index.ts';
import { makeRepository } from '../../fixtures/repository.ts';

describe('git/tracked', function () {
  this.timeout(20_000);

  it('tells whether git tracks anything in a folder', async () => {
    await using repo = await makeRepository();
    const repository = await repo.open();
    repo.write({ '.progeny/now.md': '', 'app/.progeny/x': '' });
    assert.equal(await readTracked(repository, '.progeny'), false);
    repo.run('add', 'app');
    assert.equal(await readTracked(repository, '.progeny'), false);
    repo.run('add', '.progeny');
    assert.equal(await readTracked(repository, '.progeny'), true);
    // What is another folder here is the same on a file system that does not mind.
    assert.equal(await readTracked(repository, '.Progeny'), true);
    assert.equal(await readTracked(repository, '*'), false);
  });
});
