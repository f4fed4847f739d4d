import assert from 'node:assert/strict';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { findGit, type GitProgram } from '../../../companion/git/index.ts';
import { seededRandom, systemClock } from '../../../companion/kernel/index.ts';
import { SNAPSHOT_LIMITS, type SnapshotLimits, Snapshots } from '../../../companion/snapshots/index.ts';
import { makeRepository, type TestRepository } from '../../fixtures/repository.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { differences, everythingBelow } from './worlds.ts';

describe('snapshots', function () {
  this.timeout(30_000);
  let program: GitProgram;
  let repository: TestRepository;
  let data: ReturnType<typeof temporaryFolder>;
  let snapshots: Snapshots;
  let root: string;

  before(async () => {
    program = await findGit();
  });
  const opened = (limits: Partial<SnapshotLimits> = {}) =>
    new Snapshots({
      folder: data.path,
      program,
      clock: systemClock,
      random: seededRandom(1),
      limits: () => ({ ...SNAPSHOT_LIMITS, ...limits }),
    });
  beforeEach(async () => {
    data = temporaryFolder();
    repository = await makeRepository();
    ({ root } = repository);
    repository.commit({ 'a.ts': 'one\n', 'src/b.ts': 'two\n', '.gitignore': 'out/\nnode_modules/\n' });
    snapshots = opened();
  });
  afterEach(async () => {
    await repository[Symbol.asyncDispose]();
    data[Symbol.dispose]();
  });
  const at = (file: string) => path.join(root, file);
  const text = (file: string) => readFileSync(at(file), 'utf8');
  /** What `act` does, taken back after `since` happened. */
  const undone = async (act: () => void, since: () => void = () => {}, with_: Snapshots = snapshots) => {
    const first = await with_.take(root, 'before');
    act();
    const second = await with_.take(root, 'after');
    since();
    return await with_.restore(first, second);
  };

  it('[A1] what the user did since stays, and is told; the rest is taken back', async () => {
    const { restored, conflicts } = await undone(
      () =>
        repository.write({ 'a.ts': 'run\n', 'src/b.ts': 'run\n', 'made.ts': 'run\n', 'other.ts': 'run\n' }),
      () => repository.write({ 'a.ts': 'user\n', 'made.ts': 'user\n', 'mine.ts': 'user\n' }),
    );
    assert.deepEqual(conflicts, [
      { path: 'a.ts', why: 'It was changed since.' },
      { path: 'made.ts', why: 'It was changed since.' },
    ]);
    assert.deepEqual([...restored].sort(), ['other.ts', 'src/b.ts']);
    assert.deepEqual(['a.ts', 'src/b.ts', 'made.ts', 'mine.ts'].map(text), [
      'user\n',
      'two\n',
      'user\n',
      'user\n',
    ]);
    assert.equal(existsSync(at('other.ts')), false);
  });

  it('[A1] a file that the user deleted since stays deleted, a commit made since stays', async () => {
    const { conflicts } = await undone(
      () => {
        repository.write({ 'a.ts': 'run\n' });
        repository.run('commit', '-qam', 'run');
      },
      () => {
        rmSync(at('a.ts'));
        repository.commit({ 'c.ts': 'user\n' });
      },
    );
    const told = conflicts.map(({ path }) => path);
    assert.ok(told.includes('a.ts') && told.includes('.git/refs/heads/main'), String(told));
    assert.match(repository.run('log', '--format=%s', '-1'), /./);
    assert.equal(existsSync(at('c.ts')), true);
  });

  it('[A1] a look at the repository since is no conflict: an index may be read anew', async () => {
    const { conflicts } = await undone(
      () => {
        repository.write({ 'a.ts': 'run\n' });
        repository.run('add', '-A');
      },
      () => {
        writeFileSync(at('src/b.ts'), 'two\n');
        repository.run('update-index', '-q', '--refresh');
      },
    );
    assert.deepEqual(conflicts, []);
    assert.equal(repository.run('status', '--porcelain'), '');
  });

  it('[A1] twice comes to the same as once', async () => {
    const first = await snapshots.take(root, 'before');
    repository.write({ 'a.ts': 'run\n', 'new/x.ts': 'run\n' });
    const second = await snapshots.take(root, 'after');
    await snapshots.restore(first, second);
    assert.deepEqual(await snapshots.restore(first, second), { restored: [], conflicts: [] });
    // Also by another one, on what is on the disk.
    assert.deepEqual(await opened().restore(first, await opened().get(root, second.id)), {
      restored: [],
      conflicts: [],
    });
  });

  it('[A1] single files only', async () => {
    const first = await snapshots.take(root, 'before');
    repository.write({ 'a.ts': 'run\n', 'src/b.ts': 'run\n' });
    const second = await snapshots.take(root, 'after');
    assert.deepEqual((await snapshots.restore(first, second, { only: new Set(['a.ts']) })).restored, [
      'a.ts',
    ]);
    assert.deepEqual([text('a.ts'), text('src/b.ts')], ['one\n', 'run\n']);
  });

  it('[A1] ignored files: small ones come back, large ones and heavy folders are named and left alone', async () => {
    repository.write({ 'out/small': 'small', 'out/large': 'x'.repeat(2000), 'node_modules/x/i.js': 'x' });
    const little = opened({ ignoredFileBytes: 1000 });
    const first = await little.take(root, 'before');
    assert.deepEqual(first.trees[0]?.uncovered, [{ path: 'out/large', bytes: 2000, why: 'large' }]);
    assert.deepEqual(first.trees[0]?.skipped, ['node_modules']);
    const { conflicts } = await undone(
      () =>
        repository.write({
          'out/small': 'run',
          'out/large': 'run',
          'node_modules/x/i.js': 'run',
          'out/new': 'run',
        }),
      () => {},
      little,
    );
    assert.deepEqual(conflicts, []);
    assert.deepEqual(['out/small', 'out/large', 'node_modules/x/i.js'].map(text), ['small', 'run', 'run']);
    assert.equal(existsSync(at('out/new')), false);
  });

  it('[A1] ignored files together: no more than was said, the smallest first', async () => {
    repository.write(Object.fromEntries([1, 2, 3, 4].map((n) => [`out/${n}`, 'x'.repeat(n * 100)])));
    const { trees } = await opened({ ignoredBytes: 650 }).take(root, 'x');
    assert.deepEqual(trees[0]?.uncovered, [{ path: 'out/4', bytes: 400, why: 'too many' }]);
  });

  it('[A1] a file of the index that a pattern ignores is covered, however large', async () => {
    repository.write({ 'out/kept.bin': 'x'.repeat(2000) });
    repository.run('add', '-f', 'out/kept.bin');
    const little = opened({ ignoredFileBytes: 1000 });
    await undone(
      () => repository.write({ 'out/kept.bin': 'run' }),
      () => {},
      little,
    );
    assert.equal(text('out/kept.bin').length, 2000);
  });

  it('[A1] a large new file is named and not kept', async () => {
    repository.write({ 'data.bin': 'x'.repeat(5000) });
    const { trees } = await opened({ fileBytes: 1000 }).take(root, 'x');
    assert.deepEqual(trees[0]?.uncovered, [{ path: 'data.bin', bytes: 5000, why: 'large' }]);
  });

  it('[A1] linked work trees, submodules and sparse checkouts', async () => {
    await using inner = await makeRepository();
    inner.commit({ 'i.ts': 'inner\n' });
    repository.run('-c', 'protocol.file.allow=always', 'submodule', 'add', '-q', inner.root, 'sub');
    repository.run('commit', '-qm', 'sub');
    repository.run('worktree', 'add', '-q', path.join(repository.folder, 'linked'), '-b', 'linked');
    for (const place of [root, path.join(repository.folder, 'linked')]) {
      if (place !== root) repository.run('-C', place, 'sparse-checkout', 'set', '--no-cone', '/src/');
      const first = await snapshots.take(place, 'before');
      const before = everythingBelow(repository.folder);
      writeFileSync(path.join(place, 'src/b.ts'), 'run\n');
      if (place === root) {
        writeFileSync(at('sub/i.ts'), 'run\n');
        repository.run('-C', 'sub', 'commit', '-qam', 'run');
      }
      repository.run('-C', place, 'commit', '-qam', 'run');
      const { conflicts } = await snapshots.restore(first, await snapshots.take(place, 'after'));
      assert.deepEqual(conflicts, []);
      assert.deepEqual(differences(before, everythingBelow(repository.folder)), []);
    }
  });

  it('[A1] pointers of large files come back as what they were, whatever the filter says', async () => {
    repository.write({ '.gitattributes': '*.psd filter=lfs -text\n' });
    repository.run('config', 'filter.lfs.clean', 'false');
    repository.run('config', 'filter.lfs.smudge', 'false');
    repository.run('config', 'filter.lfs.required', 'true');
    const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n';
    repository.write({ 'art.psd': pointer });
    await undone(() => repository.write({ 'art.psd': 'run' }));
    assert.equal(text('art.psd'), pointer);
  });

  it('[A1] case-only renames, links, modes and empty folders', async () => {
    mkdirSync(at('empty/deep'), { recursive: true });
    symlinkSync('a.ts', at('link'));
    const before = everythingBelow(root);
    await undone(() => {
      renameSync(at('a.ts'), at('A.ts'));
      rmSync(at('link'));
      symlinkSync('src', at('link'));
      rmSync(at('empty'), { recursive: true });
      chmodSync(at('src/b.ts'), 0o600);
      chmodSync(at('src'), 0o700);
    });
    assert.deepEqual(differences(before, everythingBelow(root)), []);
    assert.equal(lstatSync(at('link')).isSymbolicLink(), true);
  });

  it('[A1] what it puts back survives that the repository it was borrowed from forgets it', async () => {
    const first = await snapshots.take(root, 'before');
    repository.write({ 'a.ts': 'run\n' });
    const second = await snapshots.take(root, 'after');
    await snapshots.changes(first, second);
    rmSync(at('.git/objects'), { recursive: true });
    mkdirSync(at('.git/objects'));
    assert.deepEqual((await snapshots.restore(first, second)).restored, ['a.ts']);
    assert.equal(text('a.ts'), 'one\n');
  });

  it('[A1] a folder without git, in which the run makes repositories', async () => {
    rmSync(at('.git'), { recursive: true });
    const before = everythingBelow(root, { objects: true });
    const { conflicts } = await undone(() => {
      appendFileSync(at('a.ts'), 'run\n');
      for (const place of ['.', 'made/inner']) {
        repository.run('init', '-q', place);
        repository.run('-C', place, 'commit', '-q', '--allow-empty', '-m', 'run');
      }
    });
    assert.deepEqual(conflicts, []);
    assert.deepEqual(differences(before, everythingBelow(root, { objects: true })), []);
  });

  it('[A1] a repository that the run deleted: its files come back, and that its history does not is told', async () => {
    repository.run('init', '-q', 'inner');
    writeFileSync(at('inner/i.ts'), 'inner\n');
    const { conflicts } = await undone(() => rmSync(at('inner'), { recursive: true }));
    assert.equal(text('inner/i.ts'), 'inner\n');
    assert.deepEqual(
      conflicts.map(({ path }) => path),
      ['inner/.git'],
    );
  });

  it('lists the newest first, and removes what nothing else needs', async () => {
    const first = await snapshots.take(root, 'first');
    repository.write({ 'new.bin': 'x'.repeat(100_000) });
    const second = await snapshots.take(root, 'second');
    assert.deepEqual(
      (await snapshots.list(root)).map(({ id }) => id),
      [second.id, first.id],
    );
    await snapshots.remove(root, [first.id, second.id]);
    assert.deepEqual(await snapshots.list(root), []);
    await assert.rejects(snapshots.get(root, second.id), { code: 'not_found' });
  });
});
