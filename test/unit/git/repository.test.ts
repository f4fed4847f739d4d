import assert from 'node:assert/strict';
import { chownSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  type GitErrorKind,
  isGitError,
  openRepository,
  readHead,
  readStatus,
} from '../../../companion/git/index.ts';
import { makeRepository } from '../../fixtures/repository.ts';
import { applicable } from '../../support/applicable.ts';

const onPosix = applicable(process.platform !== 'win32', 'names and modes of POSIX');
const asRoot = applicable(process.getuid?.() === 0, 'tests that change the owner of files need root');
const of =
  (kind: GitErrorKind) =>
  (error: unknown): boolean => {
    assert.ok(isGitError(error, kind), String(error));
    return true;
  };

describe('git/repository', function () {
  this.timeout(20_000);

  it('opens a repository from any folder of its work tree', async () => {
    await using repo = await makeRepository();
    repo.commit({ 'a/b/c.txt': 'c' });
    const repository = await repo.open(path.join(repo.root, 'a/b'));
    const { root, gitDir, commonDir, kind, objectFormat, refFormat, shallow, partial } = repository;
    assert.deepEqual(
      { root, gitDir, commonDir, kind, objectFormat, refFormat, shallow, partial },
      {
        root: repo.root,
        gitDir: path.join(repo.root, '.git'),
        commonDir: path.join(repo.root, '.git'),
        kind: 'main',
        objectFormat: 'sha1',
        refFormat: 'files',
        shallow: false,
        partial: false,
      },
    );
  });

  const names = ['with space', "it's", 'emoji 🦊', 'ünï'];
  for (const name of process.platform === 'win32'
    ? names
    : [...names, 'quo"te', 'new\nline', '-n', 'a:b', '\\']) {
    it(`[F5] opens a repository whose folder is called ${JSON.stringify(name)}`, async () => {
      await using repo = await makeRepository({ name });
      repo.commit({ [`${name}.txt`]: 'a' });
      repo.write({ [`${name}.txt`]: 'b' });
      const repository = await repo.open();
      assert.equal(repository.root, repo.root);
      assert.deepEqual(
        (await readStatus(repository)).unstaged.items.map((c) => c.path),
        [`${name}.txt`],
      );
    });
  }

  onPosix('opens a repository through a symbolic link, by its real path', async () => {
    await using repo = await makeRepository();
    symlinkSync(repo.root, path.join(repo.folder, 'link'));
    assert.equal((await repo.open(path.join(repo.folder, 'link'))).root, repo.root);
  });

  it('[F5] tells a linked work tree and a submodule', async () => {
    await using repo = await makeRepository();
    repo.commit({ a: 'a' });
    repo.run('worktree', 'add', '-q', '../linked', '-b', 'linked');
    const linked = await repo.open(path.join(repo.folder, 'linked'));
    assert.deepEqual([linked.kind, linked.commonDir], ['worktree', path.join(repo.root, '.git')]);
    assert.equal(linked.gitDir, path.join(repo.root, '.git/worktrees/linked'));
    const head = await readHead(linked);
    assert.equal(head.kind === 'branch' && head.branch, 'linked');

    repo.run(
      '-c',
      'protocol.file.allow=always',
      'submodule',
      '--quiet',
      'add',
      path.join(repo.folder, 'linked'),
      'lib',
    );
    const lib = await repo.open(path.join(repo.root, 'lib'));
    assert.deepEqual([lib.kind, lib.root], ['submodule', path.join(repo.root, 'lib')]);
  });

  it('[F5] a shallow and a partial clone say so', async () => {
    await using repo = await makeRepository();
    repo.commit({ a: 'a' });
    repo.commit({ a: 'b' });
    const url = `file://${repo.root.replaceAll(path.sep, '/')}`;
    repo.run('config', 'uploadpack.allowFilter', 'true');
    repo.run('clone', '-q', '--depth=1', url, '../shallow');
    repo.run('clone', '-q', '--filter=blob:none', '--no-checkout', url, '../partial');
    assert.equal((await repo.open(path.join(repo.folder, 'shallow'))).shallow, true);
    assert.equal((await repo.open(path.join(repo.folder, 'partial'))).partial, true);
  });

  it('[F5] refuses folders that are none, are in no repository, or are in none any more', async () => {
    await using repo = await makeRepository();
    const program = await repo.program();
    writeFileSync(path.join(repo.folder, 'file'), '');
    mkdirSync(path.join(repo.folder, 'bare'));
    await assert.rejects(openRepository(program, path.join(repo.folder, 'none')), of('folder-missing'));
    await assert.rejects(openRepository(program, path.join(repo.folder, 'file')), of('folder-missing'));
    await assert.rejects(openRepository(program, repo.folder), of('not-a-repository'));
    writeFileSync(path.join(repo.folder, 'bare/.git'), 'gitdir: /nowhere\n');
    await assert.rejects(openRepository(program, path.join(repo.folder, 'bare')), of('not-a-repository'));
  });

  it('[F5] refuses a bare repository, also one that lies in a work tree, and the inside of .git', async () => {
    await using repo = await makeRepository();
    repo.run('init', '-q', '--bare', 'fixtures/bare.git');
    repo.run('--git-dir=fixtures/bare.git', 'config', 'core.fsmonitor', 'false');
    await assert.rejects(repo.open(path.join(repo.root, 'fixtures/bare.git')), of('no-work-tree'));
    await assert.rejects(repo.open(path.join(repo.root, '.git')), of('no-work-tree'));
    await assert.rejects(repo.open(path.join(repo.root, '.git/objects')), of('no-work-tree'));
  });

  it('[F10] refuses a configuration that declares another folder to be the work tree', async () => {
    await using repo = await makeRepository();
    mkdirSync(path.join(repo.folder, 'secrets'));
    for (const elsewhere of ['secrets', '..', '/']) {
      repo.run('config', 'core.worktree', path.resolve(repo.folder, elsewhere));
      await assert.rejects(repo.open(), of('work-tree-elsewhere'));
    }
    // Once open, the work tree is what was checked.
    repo.run('config', '--unset', 'core.worktree');
    repo.write({ 'here.txt': '' });
    const repository = await repo.open();
    repo.run('config', 'core.worktree', repo.folder);
    assert.deepEqual((await readStatus(repository)).untracked.items, ['here.txt']);
  });

  asRoot('[F5] refuses a repository of another user and says what to do', async () => {
    await using repo = await makeRepository();
    chownSync(repo.root, 12_345, 12_345);
    chownSync(path.join(repo.root, '.git'), 12_345, 12_345);
    await assert.rejects(repo.open(), (error) => {
      of('dubious-ownership')(error);
      assert.match(String(error), /safe\.directory/);
      return true;
    });
  });

  it('[F5] refuses a repository of a format to come', async () => {
    await using repo = await makeRepository();
    repo.run('config', 'core.repositoryFormatVersion', '7');
    await assert.rejects(repo.open(), of('unsupported-repository'));
  });

  it('[F5] refuses a configuration that cannot be read', async () => {
    await using repo = await makeRepository();
    repo.write({ '.git/config': '[core\n' });
    await assert.rejects(repo.open(), of('corrupt'));
  });

  it('[F5] a repository that vanishes is a typed error, also where another one lies around it', async () => {
    await using outer = await makeRepository();
    outer.commit({ secret: 'a' });
    mkdirSync(path.join(outer.root, 'inner'));
    outer.run('init', '-q', 'inner');
    const inner = await outer.open(path.join(outer.root, 'inner'));
    assert.equal((await readHead(inner)).kind, 'unborn');
    rmSync(path.join(inner.root, '.git'), { recursive: true });
    await assert.rejects(readHead(inner), of('vanished'));
    renameSync(inner.root, path.join(outer.root, 'moved'));
    await assert.rejects(readStatus(inner), of('vanished'));
  });

  it('[F5] a damaged repository is a typed error', async () => {
    await using repo = await makeRepository();
    repo.commit({ a: 'a' });
    const repository = await repo.open();
    repo.write({ '.git/index': 'DIRC but no more' });
    await assert.rejects(readStatus(repository), of('corrupt'));
  });

  it('ends with the reason of its signal', async () => {
    await using repo = await makeRepository();
    const signal = AbortSignal.abort(new Error('no more'));
    await assert.rejects(openRepository(await repo.program(), repo.root, { signal }), /^Error: no more$/);
  });
});
