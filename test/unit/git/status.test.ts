import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { openSync, renameSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readStatus, readUncommittedLines, type Status } from '../../../companion/git/index.ts';
import { makeRepository, type TestRepository } from '../../fixtures/repository.ts';
import { applicable } from '../../support/applicable.ts';

const onPosix = applicable(process.platform !== 'win32', 'names and modes of POSIX');
const onLinux = applicable(process.platform === 'linux', 'byte names of Linux');
const GIB = 1024 ** 3;

async function status(repo: TestRepository, cap?: number): Promise<Status> {
  return readStatus(await repo.open(), cap === undefined ? {} : { cap });
}

describe('git/status', function () {
  this.timeout(20_000);

  it('[F5] reads a repository without commits', async () => {
    await using repo = await makeRepository();
    repo.write({ staged: 'a\nb\n', untracked: 'b' });
    repo.run('add', 'staged');
    const found = await status(repo);
    assert.deepEqual(
      found.staged.items.map((c) => [c.path, c.change]),
      [['staged', 'added']],
    );
    assert.deepEqual(found.untracked.items, ['untracked']);
    const lines = await readUncommittedLines(await repo.open(), found);
    assert.deepEqual([lines?.insertions, lines?.deletions], [2, 0]);
  });

  it('tells staged, unstaged, renamed, deleted and untracked, without what is ignored', async () => {
    await using repo = await makeRepository();
    repo.commit({ a: 'a\n', b: 'b\nb\nb\nb\n', c: 'c\n', '.gitignore': 'ignored\n' });
    repo.write({ a: 'a\nmore\n', ignored: 'x', 'new folder/one': '1', 'new folder/two': '2' });
    repo.run('mv', 'b', 'b2');
    rmSync(path.join(repo.root, 'c'));
    const found = await status(repo);
    const plain = { submodule: false };
    assert.deepEqual(found.staged.items, [{ path: 'b2', change: 'renamed', from: 'b', ...plain }]);
    assert.deepEqual(found.unstaged.items, [
      { path: 'a', change: 'modified', from: null, ...plain },
      { path: 'c', change: 'deleted', from: null, ...plain },
    ]);
    assert.deepEqual(found.untracked, { items: ['new folder/one', 'new folder/two'], total: 2 });
    const lines = await readUncommittedLines(await repo.open(), found);
    assert.deepEqual([lines?.insertions, lines?.deletions], [5, 1]);
  });

  onPosix('[F5] reads names with spaces, quotes, emoji, newlines and what looks like an option', async () => {
    await using repo = await makeRepository();
    const names = ['a b', "it's", 'quo"te', '🦊', 'new\nline', '-n', ':(top)x', 'tab\t', '\\', '*', 'ünï'];
    repo.commit(Object.fromEntries(names.map((name) => [name, 'a\n'])));
    repo.write(Object.fromEntries(names.map((name) => [name, 'b\nc\n'])));
    repo.write(Object.fromEntries(names.map((name) => [`new/${name}`, ''])));
    const found = await status(repo);
    assert.deepEqual(found.unstaged.items.map((c) => c.path).sort(), [...names].sort());
    assert.deepEqual(found.untracked.items.sort(), names.map((name) => `new/${name}`).sort());
    const lines = await readUncommittedLines(await repo.open(), found);
    assert.deepEqual([lines?.files.length, lines?.insertions, lines?.deletions], [11, 22, 11]);
  });

  onLinux('[F5] counts names that are not UTF-8', async () => {
    await using repo = await makeRepository();
    repo.commit({ a: 'a' });
    const name = Buffer.concat([Buffer.from(`${repo.root}/bad`), Buffer.from([0xff])]);
    writeFileSync(name, 'x');
    repo.write({ good: 'x' });
    const found = await status(repo);
    assert.deepEqual([found.untracked, found.undecodable], [{ items: ['good'], total: 2 }, 1]);
  });

  it('[F5] tells conflicts and that a merge waits', async () => {
    await using repo = await makeRepository();
    repo.commit({ a: 'a\n', gone: 'g\n' });
    repo.branch('other');
    repo.commit({ a: 'other\n', gone: 'changed\n' });
    repo.checkout('main');
    repo.run('rm', '-q', 'gone');
    repo.commit({ a: 'main\n' });
    repo.tryRun('merge', 'other');
    const found = await status(repo);
    assert.deepEqual(found.conflicts.items, [
      { path: 'a', conflict: 'both-modified' },
      { path: 'gone', conflict: 'deleted-here' },
    ]);
    assert.deepEqual(found.operation, { kind: 'merge' });
    assert.ok(await readUncommittedLines(await repo.open(), found));
  });

  it('cuts the lists and counts the rest', async () => {
    await using repo = await makeRepository();
    repo.write(Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`many/${i}`, ''])));
    const { untracked } = await status(repo, 20);
    assert.deepEqual([untracked.items.length, untracked.total], [20, 300]);
  });

  it('[F5] does not step into a submodule, and tells that its commit moved', async () => {
    await using repo = await makeRepository();
    repo.commit({ a: 'a' });
    repo.run('clone', '-q', repo.root, '../library');
    repo.run(
      '-c',
      'protocol.file.allow=always',
      'submodule',
      '--quiet',
      'add',
      path.join(repo.folder, 'library'),
      'lib',
    );
    repo.commit({}, { message: 'library' });
    repo.write({ 'lib/a': 'dirty', 'lib/untracked': '' });
    assert.equal((await status(repo)).unstaged.total, 0);
    repo.run('-C', 'lib', 'commit', '-qam', 'moved');
    const [moved] = (await status(repo)).unstaged.items;
    assert.deepEqual(moved, { path: 'lib', change: 'modified', from: null, submodule: true });
  });

  it('[F5] reads sparse and linked work trees', async () => {
    await using repo = await makeRepository();
    repo.commit({ 'in/a': 'a', 'out/b': 'b' });
    repo.run('worktree', 'add', '-q', '../linked', '-b', 'linked');
    writeFileSync(path.join(repo.folder, 'linked/in/a'), 'changed');
    const linked = await readStatus(await repo.open(path.join(repo.folder, 'linked')));
    assert.deepEqual(
      linked.unstaged.items.map((c) => c.path),
      ['in/a'],
    );
    repo.run('sparse-checkout', 'set', 'in');
    assert.equal((await status(repo)).unstaged.total, 0);
  });

  it('[F5] reads a rename of case alone', async () => {
    await using repo = await makeRepository();
    repo.commit({ 'Readme.md': 'text\n' });
    repo.run('mv', '-f', 'Readme.md', 'README.md');
    const [change] = (await status(repo)).staged.items;
    assert.deepEqual([change?.change, change?.from, change?.path], ['renamed', 'Readme.md', 'README.md']);
  });

  it('[F5] reads neither an untracked nor a changed file of 2 GB', async () => {
    await using repo = await makeRepository();
    repo.commit({ tracked: 'small\n', other: 'a\n' });
    const large = ['tracked', 'untracked'].map((name) => path.join(repo.root, name));
    for (const file of large) {
      openSync(file, 'a');
      truncateSync(file, 2 * GIB);
    }
    repo.write({ other: 'a\nb\n' });
    const found = await status(repo);
    assert.deepEqual(found.untracked.items, ['untracked']);
    const lines = await readUncommittedLines(await repo.open(), found);
    assert.deepEqual(lines, {
      insertions: 1,
      deletions: 0,
      files: [{ path: 'other', insertions: 1, deletions: 0 }],
      large: ['tracked'],
    });
  });

  onPosix('[F5] a pipe in the place of .gitignore ends in a timeout, not in waiting', async () => {
    await using repo = await makeRepository();
    execFileSync('mkfifo', [path.join(repo.root, '.gitignore')]);
    repo.write({ a: '' });
    await assert.rejects(readStatus(await repo.open(), { timeoutMs: 300 }), /300 ms/);
  });

  it('[F10] marks files that it could compare only unfiltered', async () => {
    await using repo = await makeRepository();
    repo.run('config', 'filter.up.clean', 'tr a-z A-Z');
    repo.commit({ '.gitattributes': '*.up filter=up\n', 'a.up': 'text', 'b.txt': 'text' });
    const later = new Date(2030, 1, 1);
    for (const name of ['a.up', 'b.txt']) utimesSync(path.join(repo.root, name), later, later);
    repo.write({ 'b.txt': 'more' });
    const found = await status(repo);
    assert.deepEqual(
      found.unstaged.items.map((c) => c.path),
      ['a.up', 'b.txt'],
    );
    assert.deepEqual(found.unsure, new Set(['a.up']));
  });

  it('[F5] a repository that goes away is said to have gone', async () => {
    await using repo = await makeRepository();
    const repository = await repo.open();
    renameSync(repo.root, `${repo.root}-moved`);
    await assert.rejects(readStatus(repository), /Open it again/);
  });
});
