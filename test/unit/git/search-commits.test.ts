import assert from 'node:assert/strict';
import { isGitError, searchCommits } from '../../../companion/git/index.ts';
import { makeRepository } from '../../fixtures/repository.ts';

describe('git/search-commits', function () {
  this.timeout(20_000);

  it('finds by words of the message, by file, and not what another branch has', async () => {
    await using repo = await makeRepository();
    const repository = await repo.open();
    assert.deepEqual(await searchCommits(repository, { words: ['x'] }), []);
    const first = repo.commit({ 'src/a.ts': '1' }, { message: 'feat: a (SQLite)\n\nNot Redis.' });
    const second = repo.commit({ 'src/b.ts': '1' }, { message: 'fix: b' });
    repo.branch('side');
    const third = repo.commit({ 'src/a.ts': '2' }, { message: 'chore: a* of sqlite' });
    const names = async (options: Parameters<typeof searchCommits>[1]): Promise<string[]> =>
      (await searchCommits(repository, options)).map(({ commit }) => commit);
    assert.deepEqual(await names({ words: ['sqlite'] }), [third, first]);
    assert.deepEqual(await names({ words: ['redis', 'FIX:'] }), [second, first]);
    assert.deepEqual(await names({ words: ['sqlite'], limit: 1 }), [third]);
    assert.deepEqual(await names({ file: 'src/a.ts' }), [third, first]);
    assert.deepEqual(await names({ file: 'src/*.ts' }), [], 'a name of a file is no pattern');
    assert.deepEqual(await names({ words: ['a*'] }), [third], 'nor is a word');
    assert.deepEqual(await names({ words: ['--all', '\n', '', 'a\0b'] }), []);
    assert.deepEqual(await names({ without: ['refs/heads/main'] }), [third]);
    assert.deepEqual(await names({ from: 'refs/heads/main' }), [second, first]);
    await assert.rejects(names({ from: '--all' }), (error) => isGitError(error, 'unknown-revision'));
    await assert.rejects(names({ without: ['--all'] }), (error) => isGitError(error, 'unknown-revision'));
    await assert.rejects(names({ signal: AbortSignal.abort(new Error('enough')) }), /enough/);
  });
});
