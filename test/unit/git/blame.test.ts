import assert from 'node:assert/strict';
import { blameLines } from '../../../companion/git/index.ts';
import { ANA, BO, FIRST_COMMIT_AT, makeRepository } from '../../fixtures/repository.ts';

describe('git/blame', function () {
  this.timeout(20_000);

  it('tells who wrote lines as they stand in the work tree', async () => {
    await using repo = await makeRepository();
    const first = repo.commit({ 'a b.ts': 'one\ntwo\nthree\n' });
    const second = repo.commit({ 'a b.ts': 'one\n  two\nthree\nfour\n' }, { author: BO });
    repo.write({ 'a b.ts': 'zero\none\n  two\nthree\nfour\n' });
    const lines = await blameLines(await repo.open(), 'a b.ts', [1, 2, 3, 5, 99, 0, -1, 1.5]);
    const ana = { commit: first, author: 'Ana', email: ANA.email, at: FIRST_COMMIT_AT + 60_000 };
    // White space alone is no authorship.
    assert.deepEqual(
      [...lines].sort(([a], [b]) => a - b),
      [
        [1, null],
        [2, ana],
        [3, ana],
        [5, { commit: second, author: 'Bo', email: BO.email, at: FIRST_COMMIT_AT + 2 * 60_000 }],
      ],
    );
  });

  it('[F5] knows nothing of what is denied, untracked, gone, too short or not committed', async () => {
    await using repo = await makeRepository();
    const repository = await repo.open();
    repo.write({ a: 'a\n', b: 'b\n', '.env': 'SECRET=1\n' });
    repo.run('add', 'a');
    assert.equal((await blameLines(repository, 'a', [1])).size, 0);
    repo.run('add', '-f', '.env');
    repo.run('commit', '-qm', 'first');
    for (const [file, line] of [
      ['.env', 1],
      ['b', 1],
      ['none', 1],
      ['a', 2],
    ] as const) {
      assert.deepEqual(await blameLines(repository, file, [line]), new Map(), file);
    }
    assert.deepEqual(await blameLines(repository, 'a', []), new Map());
  });

  it('[F5] survives a configured list of commits that is not there, and uses one that is', async () => {
    await using repo = await makeRepository();
    const first = repo.commit({ a: 'one\n' });
    const second = repo.commit({ a: 'ONE\n' });
    const repository = await repo.open();
    repo.run('config', 'blame.ignoreRevsFile', 'ignored-commits');
    assert.deepEqual(await blameLines(repository, 'a', [1]), new Map());
    repo.write({ 'ignored-commits': `${second}\n` });
    assert.equal((await blameLines(repository, 'a', [1])).get(1)?.commit, first);
  });
});
