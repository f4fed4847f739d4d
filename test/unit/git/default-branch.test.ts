import assert from 'node:assert/strict';
import { chooseDefaultBranch, type KnownRef } from '../../../companion/git/default-branch.ts';
import { readDefaultBranch } from '../../../companion/git/index.ts';
import { makeRepository } from '../../fixtures/repository.ts';

const ref = (name: string, at = 0, symref = ''): KnownRef => ({
  ref: `refs/${name}`,
  commit: name,
  symref,
  at,
});

describe('git/default-branch', function () {
  this.timeout(20_000);

  const cases: [string, KnownRef[], Partial<ReturnType<typeof chooseDefaultBranch>> | null][] = [
    ['nothing', [], null],
    [
      'what the remote says, over the usual names',
      [
        ref('heads/main', 9),
        ref('heads/next', 5),
        ref('remotes/origin/next', 7),
        ref('remotes/origin/HEAD', 7, 'refs/remotes/origin/next'),
      ],
      {
        name: 'next',
        local: 'refs/heads/next',
        remote: 'refs/remotes/origin/next',
        ref: 'refs/remotes/origin/next',
        reason: 'remote-head',
      },
    ],
    [
      'origin over another remote',
      [
        ref('remotes/a/HEAD', 1, 'refs/remotes/a/x'),
        ref('remotes/a/x'),
        ref('remotes/origin/HEAD', 1, 'refs/remotes/origin/y'),
        ref('remotes/origin/y'),
      ],
      { name: 'y' },
    ],
    [
      'another remote where there is no origin',
      [ref('remotes/a/HEAD', 1, 'refs/remotes/a/x'), ref('remotes/a/x')],
      { name: 'x', remote: 'refs/remotes/a/x', local: null },
    ],
    [
      'a usual name where the remote points nowhere',
      [ref('remotes/origin/HEAD', 1, 'refs/remotes/origin/gone'), ref('heads/trunk')],
      { name: 'trunk', reason: 'name' },
    ],
    [
      'main over master',
      [ref('heads/master', 9), ref('heads/main', 1)],
      { name: 'main', ref: 'refs/heads/main', remote: null },
    ],
    [
      'the local one where it is ahead',
      [ref('heads/main', 9), ref('remotes/origin/main', 3)],
      { ref: 'refs/heads/main' },
    ],
    [
      'the branch last committed to, as a last resort',
      [ref('heads/b', 9), ref('heads/a', 3)],
      { name: 'b', reason: 'most-recent' },
    ],
  ];
  for (const [title, refs, expected] of cases) {
    it(`chooses ${title}`, () => {
      const found = chooseDefaultBranch(refs);
      if (expected === null) assert.equal(found, null);
      else assert.deepEqual(found, { ...found, ...expected });
    });
  }

  it('finds that of a clone, whatever it is called', async () => {
    await using repo = await makeRepository();
    repo.run('symbolic-ref', 'HEAD', 'refs/heads/stable');
    const commit = repo.commit({ a: 'a' });
    repo.run('clone', '-q', repo.root, '../clone');
    const branch = await readDefaultBranch(await repo.open(`${repo.folder}/clone`));
    assert.deepEqual(branch, {
      name: 'stable',
      local: 'refs/heads/stable',
      remote: 'refs/remotes/origin/stable',
      ref: 'refs/heads/stable',
      commit,
      reason: 'remote-head',
    });
  });

  it('[F5] is null where nothing is committed', async () => {
    await using repo = await makeRepository();
    assert.equal(await readDefaultBranch(await repo.open()), null);
  });
});
