import assert from 'node:assert/strict';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { type GitChange, gitChangeOf, type Repository, watchFolders } from '../../../companion/git/index.ts';
import { makeRepository } from '../../fixtures/repository.ts';

/** What the files that changed since `before` tell, as a watcher of the folders would learn it. */
function changes(repository: Repository, before: ReadonlyMap<string, number>): GitChange[] {
  const after = files(repository);
  const names = [...new Set([...before.keys(), ...after.keys()])].filter(
    (name) => before.get(name) !== after.get(name),
  );
  return [...new Set(names.map((name) => gitChangeOf(repository, name)))].filter((c) => c !== null).sort();
}

function files(repository: Repository): Map<string, number> {
  const found = new Map<string, number>();
  for (const { folder, recursive } of watchFolders(repository)) {
    for (const name of readdirSync(folder, { recursive, encoding: 'utf8' })) {
      const file = path.join(folder, name);
      const facts = statSync(file, { bigint: true });
      if (facts.isFile() || name.startsWith('rebase'))
        found.set(file, Number(facts.mtimeNs % 10n ** 15n) + Number(facts.ino));
    }
  }
  return found;
}

describe('git/watch-paths', function () {
  this.timeout(20_000);

  it('shows every change of HEAD, refs, index, stash, operations and configuration', async () => {
    await using repo = await makeRepository();
    repo.commit({ a: 'a\n' });
    repo.branch('other');
    repo.commit({ a: 'other\n' });
    const repository = await repo.open();
    const told = (act: () => void): GitChange[] => {
      const before = files(repository);
      act();
      return changes(repository, before);
    };
    assert.deepEqual(
      told(() => repo.run('checkout', '-q', 'main')),
      ['head', 'index'],
    );
    assert.deepEqual(
      told(() => repo.run('branch', 'new')),
      ['refs'],
    );
    assert.deepEqual(
      told(() => repo.run('pack-refs', '--all')),
      ['refs'],
    );
    assert.deepEqual(
      told(() => repo.commit({ a: 'main\n' })),
      ['index', 'refs'],
    );
    repo.write({ a: 'stash\n' });
    assert.ok(told(() => repo.stash('x')).includes('stash'));
    assert.ok(told(() => repo.tryRun('merge', 'other')).includes('operation'));
    repo.run('merge', '--abort');
    assert.ok(told(() => repo.tryRun('rebase', 'other')).includes('operation'));
    assert.deepEqual(
      told(() => repo.run('config', 'user.email', 'x@example.com')),
      ['config'],
    );
    assert.deepEqual(
      told(() => repo.run('gc', '--quiet', '--prune=now')),
      ['refs', 'stash'],
    );
  });

  it('[F5] knows what belongs to a linked work tree', async () => {
    await using repo = await makeRepository();
    repo.commit({ a: 'a' });
    repo.run('worktree', 'add', '-q', '../linked', '-b', 'linked');
    const linked = await repo.open(path.join(repo.folder, 'linked'));
    const of = (name: string): GitChange | null => gitChangeOf(linked, path.join(repo.root, '.git', name));
    assert.deepEqual(
      [
        'worktrees/linked/HEAD',
        'worktrees/linked/index',
        'HEAD',
        'index',
        'refs/heads/linked',
        'refs/stash',
        'config',
      ].map(of),
      ['head', 'index', null, null, 'refs', 'stash', 'config'],
    );
    const before = files(linked);
    repo.run('-C', '../linked', 'checkout', '-q', '--detach');
    assert.ok(changes(linked, before).includes('head'));
  });

  const table: [string, GitChange | null][] = [
    ['HEAD', 'head'],
    ['index', 'index'],
    ['index.lock', null],
    ['refs/heads/a.lock', null],
    ['refs/heads/feature/x', 'refs'],
    ['refs/remotes/origin/main', 'refs'],
    ['refs/stash', 'stash'],
    ['packed-refs', 'refs'],
    ['MERGE_HEAD', 'operation'],
    ['rebase-merge', 'operation'],
    ['config', 'config'],
    ['reftable/tables.list', 'refs'],
    ['objects/ab/cdef', null],
    ['logs/HEAD', null],
    ['COMMIT_EDITMSG', null],
    ['../a', null],
  ];
  for (const [file, change] of table) {
    it(`takes ${file} as ${change}`, () => {
      const gitDir = path.resolve('/repository/.git');
      assert.equal(
        gitChangeOf({ gitDir, commonDir: gitDir, refFormat: 'files' }, path.join(gitDir, file)),
        change,
      );
    });
  }

  it('watches the tables of a reftable', () => {
    const folders = watchFolders({
      gitDir: '/r/.git/worktrees/w',
      commonDir: '/r/.git',
      refFormat: 'reftable',
    });
    assert.deepEqual(
      folders.map((f) => f.folder),
      ['/r/.git/worktrees/w', '/r/.git', '/r/.git/reftable', '/r/.git/worktrees/w/reftable'].map((f) =>
        path.join(f),
      ),
    );
  });
});
