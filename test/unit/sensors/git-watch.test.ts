import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../../../companion/kernel/index.ts';
import { GitWatch, gitSignalOf, isToldFolder } from '../../../companion/sensors/git-watch.ts';
import { findRepositoryPlace, readBranch } from '../../../companion/sensors/repository-place.ts';
import { makeRepository, type TestRepository } from '../../fixtures/repository.ts';
import { calm, eventually, present, temporaryFolder } from './support.ts';

async function watched(repository: TestRepository, workspace = repository.root, maxFolders = 1_000) {
  const signals: string[] = [];
  let gone = 0;
  const place = present(await findRepositoryPlace(workspace));
  const watch = new GitWatch({
    place,
    clock: systemClock,
    onSignal: (what) => signals.push(what),
    onGone: () => gone++,
    maxFolders,
  });
  await watch.start();
  return {
    place,
    gone: () => gone,
    /** What is told of an act, each part once. */
    async of(act: () => void): Promise<string[]> {
      await sleep(150);
      signals.length = 0;
      act();
      await eventually(() => assert.ok(signals.length > 0), 1_500).catch(() => {});
      await sleep(250);
      return [...new Set(signals)].sort();
    },
    signals,
    poll: () => watch.poll(),
    [Symbol.dispose]: () => watch.dispose(),
  };
}

describe('sensors: git folder', function () {
  this.timeout(30_000);

  const meanings: [string, string | null][] = [
    ['HEAD', 'head'],
    ['MERGE_HEAD', 'head'],
    ['rebase-merge/head-name', 'head'],
    ['index', 'index'],
    ['index.lock', null],
    ['refs/heads/main', 'refs'],
    ['refs/heads/deep/er', 'refs'],
    ['refs/heads/main.lock', null],
    ['refs/remotes/origin/main', 'refs'],
    ['packed-refs', 'refs'],
    ['reftable/tables.list', 'refs'],
    ['refs/stash', 'stash'],
    ['logs/refs/stash', 'stash'],
    ['logs/HEAD', null],
    ['worktrees/x/HEAD', 'worktree'],
    ['worktrees/x/index', null],
    ['info/exclude', 'exclude'],
    ['objects/ab/cdef', null],
    ['COMMIT_EDITMSG', null],
    ['config', null],
  ];
  for (const [entry, meaning] of meanings) {
    it(`tells ${meaning ?? 'nothing'} of ${entry}`, () => assert.equal(gitSignalOf(entry), meaning));
  }

  it('has folders that are never entered', () => {
    const never = ['objects', 'objects/ab', 'hooks', 'logs/refs/heads', 'lfs', 'modules', 'worktrees/x/logs'];
    for (const folder of never) assert.equal(isToldFolder(folder), false, folder);
    for (const folder of ['refs/heads/a/b', 'logs', 'logs/refs']) assert.ok(isToldFolder(folder), folder);
  });

  it('tells what real git does', async () => {
    await using repository = await makeRepository();
    repository.commit({ 'a.ts': '1' });
    using git = await watched(repository);
    const edit = () => appendFileSync(path.join(repository.root, 'a.ts'), 'x\n');

    edit();
    assert.deepEqual(await git.of(() => repository.run('add', 'a.ts')), ['index']);
    const committed = await git.of(() => repository.run('commit', '-q', '-m', 'two'));
    assert.ok(committed.includes('refs'), committed.join());
    const branched = await git.of(() => repository.branch('topic/deep'));
    assert.ok(branched.includes('head') && branched.includes('refs'), branched.join());
    assert.ok(
      (await git.of(() => repository.commit({ 'b.ts': '1' }))).includes('refs'),
      'in a new folder of refs',
    );
    edit();
    assert.ok((await git.of(() => repository.stash('later'))).includes('stash'));
    assert.ok((await git.of(() => repository.run('pack-refs', '--all'))).includes('refs'));
    const tree = path.join(repository.folder, 'tree');
    assert.ok((await git.of(() => repository.run('worktree', 'add', '-q', tree))).includes('worktree'));
    assert.ok((await git.of(() => repository.run('worktree', 'remove', tree))).includes('worktree'));
    const exclude = path.join(repository.root, '.git', 'info', 'exclude');
    assert.deepEqual(await git.of(() => writeFileSync(exclude, '*.x\n')), ['exclude']);
  });

  it('[F6] is not flooded by objects', async () => {
    await using repository = await makeRepository();
    repository.commit({ 'a.ts': '1' });
    using git = await watched(repository);
    const told = await git.of(() => {
      for (let i = 0; i < 200; i++) {
        const folder = path.join(repository.root, '.git', 'objects', (i % 256).toString(16).padStart(2, '0'));
        mkdirSync(folder, { recursive: true });
        writeFileSync(path.join(folder, `x${i}`), 'x');
      }
    });
    assert.deepEqual(told, []);
  });

  it('watches a linked work tree: its own HEAD and index, the refs of all', async () => {
    await using repository = await makeRepository();
    repository.commit({ 'a.ts': '1' });
    const tree = path.join(repository.folder, 'tree');
    repository.run('worktree', 'add', '-q', '-b', 'side', tree);
    using git = await watched(repository, tree);
    assert.notEqual(git.place.gitDir, git.place.commonDir);
    assert.equal(await readBranch(git.place.gitDir), 'side');
    assert.ok((await git.of(() => repository.commit({ 'b.ts': '1' }))).includes('refs'));
    const switched = await git.of(() => repository.run('-C', tree, 'checkout', '-q', '--detach'));
    assert.ok(switched.includes('head'));
    assert.match(present(await readBranch(git.place.gitDir)), /^[0-9a-f]{12}$/);
  });

  it('[F5] looks at times of files where the system grants no watches', async () => {
    await using repository = await makeRepository();
    repository.commit({ 'a.ts': '1' });
    using git = await watched(repository, repository.root, 2);
    await git.poll();
    assert.deepEqual(await git.of(() => repository.commit({ 'b.ts': '1' })), []);
    await git.poll();
    assert.deepEqual(git.signals.sort(), ['index', 'refs']);
    await git.poll();
    assert.equal(git.signals.length, 2);
  });

  it('[F5] tells that the repository is gone', async () => {
    await using repository = await makeRepository();
    using git = await watched(repository);
    rmSync(path.join(repository.root, '.git'), { recursive: true });
    await eventually(() => assert.equal(git.gone(), 1));
    await calm();
  });

  it('[F5] finds no repository where there is none, or where .git is not one', async () => {
    await using folder = temporaryFolder();
    const inside = path.join(folder.path, 'a');
    mkdirSync(path.join(inside, '.git'), { recursive: true });
    assert.equal(await findRepositoryPlace(inside), null, 'an empty .git');
    rmSync(path.join(inside, '.git'), { recursive: true });
    writeFileSync(path.join(inside, '.git'), 'nonsense');
    assert.equal(await findRepositoryPlace(inside), null, 'a .git that leads nowhere');
  });

  it('finds the repository above a folder, its branch before the first commit, and odd branch names', async () => {
    await using repository = await makeRepository();
    mkdirSync(path.join(repository.root, 'a/b'), { recursive: true });
    const place = present(await findRepositoryPlace(path.join(repository.root, 'a', 'b')));
    assert.equal(place.top, repository.root);
    assert.equal(await readBranch(place.gitDir), 'main');
    repository.commit({ 'a.ts': '1' });
    repository.branch('feat/"quo ted"🦊'.replaceAll(' ', '-'));
    assert.equal(await readBranch(place.gitDir), 'feat/"quo-ted"🦊');
  });
});
