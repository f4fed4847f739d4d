import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { GitHands, GitUndo } from '../../../companion/agency/index.ts';
import { gitHands } from '../../../companion/recipes/index.ts';
import { makeRepository, type TestRepository } from '../../fixtures/repository.ts';

const handsOf = (repo: TestRepository): GitHands => gitHands(() => repo.program());
/** All that git tells of itself, reflogs too. */
const state = (repo: TestRepository) =>
  JSON.stringify([
    repo.run('symbolic-ref', 'HEAD'),
    repo.run('for-each-ref'),
    repo.run('ls-files', '-s', '-t'),
    repo.run('status', '--porcelain'),
    repo.run('reflog', '--all', '--format=%H %gd %gs'),
    repo.run('config', '--list', '--local'),
  ]);
const refused = (words: RegExp) => (error: unknown) => {
  assert.equal((error as Error).name, 'ProgenyError');
  assert.match((error as Error).message, words);
  return true;
};

async function withFiles(): Promise<TestRepository> {
  const repo = await makeRepository();
  repo.commit({ 'a.txt': 'a\n', 'src/b.txt': 'b\n', 'c.txt': 'c\n' });
  return repo;
}

describe('recipes/git-hands', function () {
  this.timeout(60_000);

  it('makes a branch and goes there: no file, no entry of the index changes, and taking back is exact', async () => {
    await using repo = await withFiles();
    repo.write({ 'a.txt': 'edited\n', 'new.txt': 'n\n' });
    repo.run('add', 'a.txt');
    const before = state(repo);
    const hands = handsOf(repo);
    const undo = await hands.branch(repo.root, 'fix/lint');
    assert.equal(repo.run('symbolic-ref', '--short', 'HEAD'), 'fix/lint');
    assert.equal(repo.run('rev-parse', 'HEAD'), repo.run('rev-parse', 'main'));
    assert.equal(repo.run('rev-parse', '--abbrev-ref', '@{-1}'), 'main', '`git switch -` finds the way back');
    assert.equal(repo.run('status', '--porcelain'), 'M  a.txt\n?? new.txt');
    assert.deepEqual(await hands.takeBack(repo.root, JSON.parse(JSON.stringify(undo))), []);
    assert.equal(state(repo), before);
  });

  it('commits exactly the given files, and the rest of the index stays as it was', async () => {
    await using repo = await withFiles();
    repo.write({ 'c.txt': 'staged\n' });
    repo.run('add', 'c.txt');
    repo.write({ 'c.txt': 'and edited\n', 'untracked.txt': 'u\n' });
    const hands = handsOf(repo);
    await hands.branch(repo.root, 'work');
    repo.write({ 'a.txt': 'changed\n', 'new/ünï "x"\n.txt': 'new\n' });
    rmSync(path.join(repo.root, 'src/b.txt'));
    const before = state(repo);
    const paths = ['a.txt', 'src/b.txt', 'new/ünï "x"\n.txt'];
    const undo = await hands.commit(repo.root, 'work', 'fix: three files\n\nWith a body.', paths);
    assert.equal(repo.run('rev-parse', 'work'), undo.commit);
    assert.deepEqual(
      repo.run('-c', 'core.quotePath=false', 'diff', '--name-status', '-z', 'main', 'work').split('\0'),
      ['M', 'a.txt', 'A', 'new/ünï "x"\n.txt', 'D', 'src/b.txt', ''],
    );
    assert.equal(
      repo.run('log', '-1', '--format=%an <%ae>|%B', 'work'),
      'Ana <ana@example.com>|fix: three files\n\nWith a body.\n',
    );
    assert.equal(repo.run('status', '--porcelain'), 'MM c.txt\n?? untracked.txt');
    assert.equal(repo.run('show', ':c.txt'), 'staged');
    assert.deepEqual(await hands.takeBack(repo.root, undo), []);
    assert.equal(state(repo), before);
  });

  it('keeps modes and links, and takes line endings in as git does', async () => {
    await using repo = await withFiles();
    repo.commit({ '.gitattributes': '*.txt text eol=crlf\n' });
    const hands = handsOf(repo);
    await hands.branch(repo.root, 'work');
    repo.write({ 'a.txt': 'one\r\ntwo\r\n', run: '#!/bin/sh\n' });
    chmodSync(path.join(repo.root, 'run'), 0o755);
    symlinkSync('a.txt', path.join(repo.root, 'link'));
    await hands.commit(repo.root, 'work', 'x', ['a.txt', 'run', 'link']);
    assert.equal(repo.run('show', 'work:a.txt'), 'one\ntwo');
    assert.match(repo.run('ls-tree', 'work', 'run', 'link'), /120000 .*\tlink\n100755 .*\trun/);
    assert.equal(repo.run('status', '--porcelain'), '');
  });

  it('works below the top of a repository, in a linked work tree and with another object format', async () => {
    await using repo = await withFiles();
    const tree = path.join(repo.folder, 'other');
    repo.run('worktree', 'add', '-q', '-b', 'side', tree);
    writeFileSync(path.join(tree, 'src/b.txt'), 'from below\n');
    const hands = handsOf(repo);
    const undo = await hands.branch(path.join(tree, 'src'), 'deep');
    const done = await hands.commit(path.join(tree, 'src'), 'deep', 'deep', ['b.txt']);
    assert.equal(repo.run('show', 'deep:src/b.txt'), 'from below');
    assert.equal(repo.run('symbolic-ref', '--short', 'HEAD'), 'main');
    assert.deepEqual(await hands.takeBack(tree, done), []);
    assert.deepEqual(await hands.takeBack(tree, undo), []);
    assert.equal(repo.run('for-each-ref', '--format=%(refname:short)', 'refs/heads'), 'main\nside');

    await using long = await makeRepository({ init: ['--object-format=sha256'] });
    long.commit({ a: '1' });
    await handsOf(long).branch(long.root, 'x');
    long.write({ a: '2' });
    rmSync(path.join(long.root, 'a'));
    long.write({ b: '2' });
    const { commit } = await handsOf(long).commit(long.root, 'x', 'm', ['a', 'b']);
    assert.equal(commit.length, 64);
    assert.equal(long.run('status', '--porcelain'), '');
  });

  it('[F10] runs no hook, no filter, no editor, no signature of the repository', async () => {
    await using repo = await withFiles();
    const trap = path.join(repo.folder, 'sprung');
    const script = `#!/bin/sh\necho "$0" >> '${trap}'\n`;
    const hooks = path.join(repo.root, '.git/hooks');
    mkdirSync(hooks, { recursive: true });
    for (const name of [
      'reference-transaction',
      'post-checkout',
      'pre-commit',
      'commit-msg',
      'post-commit',
      'post-index-change',
    ])
      writeFileSync(path.join(hooks, name), script, { mode: 0o755 });
    const program = path.join(repo.folder, 'program');
    writeFileSync(program, script, { mode: 0o755 });
    for (const [key, value] of Object.entries({
      'commit.gpgSign': 'true',
      'gpg.program': program,
      'core.editor': program,
      'core.fsmonitor': program,
      'filter.evil.clean': `${program}; cat`,
      'filter.evil.required': 'true',
    }))
      repo.run('config', key, value);
    const hands = handsOf(repo);
    const undo = await hands.branch(repo.root, 'work');
    repo.write({ 'a.txt': 'changed\n', '.gitattributes': 'src/* filter=evil\n', 'src/b.txt': 'z\n' });
    const done = await hands.commit(repo.root, 'work', 'x', ['a.txt']);
    await assert.rejects(
      hands.commit(repo.root, 'work', 'x', ['src/b.txt']),
      refused(/src\/b\.txt goes through the filter "evil"/),
    );
    await hands.takeBack(repo.root, done);
    await hands.takeBack(repo.root, undo);
    assert.equal(existsSync(trap), false, existsSync(trap) ? readFileSync(trap, 'utf8') : '');
  });

  it('lets a merged and a squashed branch go, and brings it back', async () => {
    await using repo = await withFiles();
    repo.branch('merged');
    repo.commit({ m: 'm' });
    repo.checkout('main');
    repo.run('merge', '-q', '--no-ff', '--no-edit', 'merged');
    repo.branch('squashed');
    repo.commit({ s: 's' });
    repo.checkout('main');
    repo.run('merge', '-q', '--squash', 'squashed');
    repo.commit({}, { message: 'squash' });
    const hands = handsOf(repo);
    for (const name of ['merged', 'squashed']) {
      const at = repo.run('rev-parse', name);
      const refs = repo.run('for-each-ref');
      const undo = await hands.deleteBranch(repo.root, name, at, 'main');
      assert.notEqual(repo.tryRun('rev-parse', '-q', '--verify', name).code, 0);
      assert.deepEqual(await hands.takeBack(repo.root, undo), []);
      assert.equal(repo.run('for-each-ref'), refs);
    }
  });

  it('refuses a branch that is open, moved, current, the default one, or in another work tree', async () => {
    await using repo = await withFiles();
    const main = repo.run('rev-parse', 'main');
    repo.branch('open');
    const open = repo.commit({ o: 'o' });
    repo.run('branch', 'elsewhere', 'main');
    repo.run('worktree', 'add', '-q', path.join(repo.folder, 'wt'), 'elsewhere');
    repo.run('branch', 'merged', 'main');
    const hands = handsOf(repo);
    const go = (name: string, at: string, into = 'main') => hands.deleteBranch(repo.root, name, at, into);
    await assert.rejects(go('open', open), refused(/checked out at/));
    repo.checkout('main');
    await assert.rejects(go('open', open), refused(/has work that is not in "main"/));
    await assert.rejects(go('merged', open), refused(/stands at .* now/));
    await assert.rejects(go('main', main, 'open'), refused(/checked out at/));
    await assert.rejects(go('elsewhere', main), refused(/checked out at .*wt/));
    await assert.rejects(go('gone', main), refused(/not there any more/));
    await assert.rejects(go('merged', main, '--all'), refused(/no branch "--all"/));
    await assert.rejects(go('merged', main, 'merged'), refused(/measured against/));
    await assert.rejects(go('../../x', main), refused(/no name that git takes/));
    assert.equal(repo.run('rev-parse', 'merged'), main);
  });

  it('refuses names, states and files with words, and then nothing has changed', async () => {
    await using repo = await withFiles();
    repo.run('branch', 'taken');
    repo.run('branch', 'folder/x');
    const hands = handsOf(repo);
    const before = state(repo);
    for (const name of ['-d', 'a..b', 'a b', 'HEAD', '@{-1}', 'x.lock', '', 'a\0b', 'refs/../x'])
      await assert.rejects(hands.branch(repo.root, name), refused(/no name that git takes/), name);
    for (const name of ['taken', 'TAKEN', 'folder', 'taken/below'])
      await assert.rejects(hands.branch(repo.root, name), refused(/is there already/), name);
    await assert.rejects(hands.commit(repo.root, 'taken', 'x', ['a.txt']), refused(/HEAD is on "main"/));
    for (const name of ['../out', '/etc/passwd', '.git/config', 'a\\b', '.env', 'src/../a.txt', 'C:x'])
      await assert.rejects(hands.commit(repo.root, 'main', 'x', [name]), refused(/may be committed/), name);
    await assert.rejects(hands.commit(repo.root, 'main', 'x', ['src']), refused(/is no file/));
    await assert.rejects(hands.commit(repo.root, 'main', 'x', ['a.txt']), refused(/nothing to commit/));
    await assert.rejects(hands.commit(repo.root, 'main', 'x', []), refused(/changed no file/));
    assert.equal(state(repo), before);

    writeFileSync(path.join(repo.root, '.git/index.lock'), '');
    repo.write({ 'a.txt': 'x\n' });
    await assert.rejects(hands.commit(repo.root, 'main', 'x', ['a.txt']), refused(/Another git is at work/));
    assert.equal(repo.run('log', '--format=%s', '-1'), 'change a.txt, src/b.txt, c.txt');
    rmSync(path.join(repo.root, '.git/index.lock'));
  });

  it('refuses a detached HEAD, an unborn branch, an operation under way, an unknown author, a sparse file', async () => {
    await using repo = await withFiles();
    const hands = handsOf(repo);
    repo.run('checkout', '-q', '--detach');
    await assert.rejects(hands.branch(repo.root, 'x'), refused(/not on a branch/));
    repo.checkout('main');
    repo.branch('other');
    repo.commit({ 'a.txt': 'other\n' });
    repo.checkout('main');
    repo.commit({ 'a.txt': 'main\n' });
    repo.tryRun('merge', 'other');
    await assert.rejects(hands.branch(repo.root, 'x'), refused(/A merge is under way/));
    repo.run('merge', '--abort');
    repo.run('config', 'user.email', '');
    repo.write({ 'a.txt': 'x\n' });
    await assert.rejects(hands.commit(repo.root, 'main', 'x', ['a.txt']), refused(/who commits here/));
    repo.run('config', 'user.email', 'ana@example.com');
    repo.run('checkout', '-q', 'a.txt');
    repo.run('sparse-checkout', 'set', 'none');
    assert.equal(existsSync(path.join(repo.root, 'src/b.txt')), false);
    await assert.rejects(hands.commit(repo.root, 'main', 'x', ['src/b.txt']), refused(/sparse checkout/));
    // What stands there all the same is a file like any other, to git too.
    repo.write({ 'src/b.txt': 'x\n' });
    await hands.commit(repo.root, 'main', 'x', ['src/b.txt']);
    await using empty = await makeRepository();
    await assert.rejects(handsOf(empty).branch(empty.root, 'x'), refused(/Nothing is committed/));
    await assert.rejects(
      gitHands(() => repo.program()).branch(repo.folder, 'x'),
      refused(/not a git repository|no repository/i),
    );
  });

  it('takes nothing back that has moved since, and says so', async () => {
    await using repo = await withFiles();
    const hands = handsOf(repo);
    const undo = await hands.branch(repo.root, 'work');
    repo.write({ 'a.txt': 'changed\n' });
    const done = await hands.commit(repo.root, 'work', 'x', ['a.txt']);
    repo.commit({ 'later.txt': 'l' });
    const before = state(repo);
    assert.deepEqual(
      (await hands.takeBack(repo.root, done)).map((each) => each.path),
      ['.git/refs/heads/work'],
    );
    assert.deepEqual(
      (await hands.takeBack(repo.root, undo)).map((each) => each.path),
      ['.git/refs/heads/work'],
    );
    assert.equal(state(repo), before);
    repo.run('reset', '-q', '--soft', done.commit);
    repo.write({ 'a.txt': 'staged since\n' });
    repo.run('add', 'a.txt');
    const left = await hands.takeBack(repo.root, done);
    assert.deepEqual(
      left.map(({ path: place, why }) => [place, why]),
      [['.git/index', 'a.txt was staged anew since; the index keeps it.']],
    );
    assert.equal(repo.run('show', ':a.txt'), 'staged since');
  });

  it('[A2] taken back twice, or again after it was cut off, comes to the same, and is no conflict', async () => {
    await using repo = await withFiles();
    const hands = handsOf(repo);
    // The user's own line of the same words lies below.
    repo.run('checkout', '-q', '-b', 'work');
    repo.run('checkout', '-q', 'main');
    repo.run('branch', '-q', '-D', 'work');
    repo.run('reflog', 'delete', 'HEAD@{0}');
    const before = state(repo);
    const branch = await hands.branch(repo.root, 'work');
    repo.write({ 'a.txt': 'changed\n' });
    const commit = await hands.commit(repo.root, 'work', 'x', ['a.txt']);
    repo.write({ 'a.txt': 'a\n' });
    for (const undo of [commit, commit, branch, branch])
      assert.deepEqual(await hands.takeBack(repo.root, undo), []);
    assert.equal(state(repo), before);
    const again = await hands.branch(repo.root, 'work');
    repo.run('symbolic-ref', '-m', 'progeny: taken back', 'HEAD', 'refs/heads/main');
    assert.deepEqual(await hands.takeBack(repo.root, again), []);
    assert.equal(state(repo), before);
  });

  it('[A2] tells before its first byte how it is taken back, wherever it is cut off', async () => {
    await using repo = await withFiles();
    const hands = handsOf(repo);
    const before = state(repo);
    const cut = (undo: GitUndo): never => {
      assert.equal(state(repo), now);
      told.push(JSON.parse(JSON.stringify(undo)));
      throw new Error('cut off');
    };
    const told: GitUndo[] = [];
    let now = before;
    await assert.rejects(hands.branch(repo.root, 'work', cut), /cut off/);
    repo.run('update-ref', '--create-reflog', 'refs/heads/work', 'HEAD');
    assert.deepEqual(
      await hands.takeBack(repo.root, told.pop()!),
      [],
      'the branch was there, HEAD not on it',
    );
    assert.equal(state(repo), before);
    const branch = await hands.branch(repo.root, 'work');
    repo.write({ 'a.txt': 'changed\n' });
    now = state(repo);
    await assert.rejects(hands.commit(repo.root, 'work', 'x', ['a.txt'], cut), /cut off/);
    repo.run('add', 'a.txt');
    assert.deepEqual(await hands.takeBack(repo.root, told.pop()!), [], 'staged, and not committed');
    assert.equal(state(repo), now);
    repo.write({ 'a.txt': 'a\n' });
    assert.deepEqual(await hands.takeBack(repo.root, branch), []);
    assert.equal(state(repo), before);
  });
});
