import assert from 'node:assert/strict';
import { type Operation, readOperation } from '../../../companion/git/index.ts';
import { makeRepository, type TestRepository } from '../../fixtures/repository.ts';

/** "main" and "other" that disagree about a file, standing on other. */
async function withConflict(): Promise<TestRepository> {
  const repo = await makeRepository();
  repo.commit({ a: 'a\n' });
  repo.branch('other');
  repo.commit({ a: 'other\n' });
  repo.commit({ b: 'b\n' });
  repo.checkout('main');
  repo.commit({ a: 'main\n' });
  repo.checkout('other');
  return repo;
}

describe('git/operation', function () {
  this.timeout(20_000);

  const cases: [string, Operation | null, (repo: TestRepository) => void][] = [
    ['none', null, () => {}],
    ['a merge', { kind: 'merge' }, (repo) => repo.tryRun('merge', 'main')],
    [
      'a rebase, its branch and step',
      { kind: 'rebase', branch: 'other', step: 1, steps: 2 },
      (repo) => repo.tryRun('rebase', 'main'),
    ],
    [
      'a rebase by patches',
      { kind: 'rebase', branch: 'other', step: 1, steps: 2 },
      (repo) => repo.tryRun('rebase', '--apply', 'main'),
    ],
    ['a cherry-pick', { kind: 'cherry-pick' }, (repo) => repo.tryRun('cherry-pick', 'main')],
    ['a revert', { kind: 'revert' }, (repo) => repo.tryRun('revert', '--no-edit', 'main~1')],
    ['a bisection', { kind: 'bisect' }, (repo) => repo.run('bisect', 'start', 'HEAD', 'HEAD~2')],
    [
      'patches from a mailbox',
      { kind: 'apply-mailbox' },
      (repo) => repo.feed(repo.run('format-patch', '--stdout', '-1', 'main'), 'am'),
    ],
  ];
  for (const [title, expected, begin] of cases) {
    it(`[F5] tells ${title}`, async () => {
      await using repo = await withConflict();
      begin(repo);
      assert.deepEqual(await readOperation(await repo.open()), expected);
    });
  }

  it('tells that of a linked work tree and not that of another', async () => {
    await using repo = await withConflict();
    repo.run('worktree', 'add', '-q', '../linked', 'main');
    repo.tryRun('-C', '../linked', 'merge', 'other');
    assert.equal(await readOperation(await repo.open()), null);
    assert.deepEqual(await readOperation(await repo.open(`${repo.folder}/linked`)), { kind: 'merge' });
  });
});
