import assert from 'node:assert/strict';
import { readStashes } from '../../../companion/git/index.ts';
import { parseMessage } from '../../../companion/git/stashes.ts';
import { FIRST_COMMIT_AT, makeRepository } from '../../fixtures/repository.ts';

describe('git/stashes', function () {
  this.timeout(20_000);

  it('tells what was put away, where and when, newest first', async () => {
    await using repo = await makeRepository();
    const repository = await repo.open();
    repo.commit({ a: 'a', b: 'b' });
    assert.deepEqual(await readStashes(repository), []);
    repo.write({ a: 'aa' });
    repo.stash('first: half of it');
    repo.branch('feature/x');
    repo.write({ a: 'aaa', b: 'bb', new: 'n', 'new 2': 'n' });
    repo.stash('with new files', '--include-untracked');
    const stashes = await readStashes(repository);
    assert.deepEqual(
      stashes.map(({ commit: _, ...rest }) => rest),
      [
        {
          ref: 'stash@{0}',
          message: 'with new files',
          branch: 'feature/x',
          at: FIRST_COMMIT_AT + 3 * 60_000,
          files: 4,
        },
        {
          ref: 'stash@{1}',
          message: 'first: half of it',
          branch: 'main',
          at: FIRST_COMMIT_AT + 2 * 60_000,
          files: 1,
        },
      ],
    );
    assert.equal(stashes[0]?.commit, repo.run('rev-parse', 'stash@{0}'));
  });

  it('[F5] has none where nothing is committed', async () => {
    await using repo = await makeRepository();
    assert.deepEqual(await readStashes(await repo.open()), []);
  });

  it('reads the message that git writes', () => {
    assert.deepEqual(parseMessage('WIP on main: 1a2b3c4 subject: x'), {
      message: '1a2b3c4 subject: x',
      branch: 'main',
    });
    assert.deepEqual(parseMessage('On (no branch): words'), { message: 'words', branch: null });
    assert.deepEqual(parseMessage('by hand'), { message: 'by hand', branch: null });
  });
});
