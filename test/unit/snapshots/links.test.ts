import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { findGit, type GitProgram } from '../../../companion/git/index.ts';
import { seededRandom, systemClock } from '../../../companion/kernel/index.ts';
import { Snapshots } from '../../../companion/snapshots/index.ts';
import { makeRepository, type TestRepository } from '../../fixtures/repository.ts';
import { temporaryFolder } from '../../support/temporary.ts';

describe('[A3] putting back where a link stands in the place of a folder', function () {
  this.timeout(30_000);
  let program: GitProgram;
  let repository: TestRepository;
  let data: ReturnType<typeof temporaryFolder>;
  let outside: ReturnType<typeof temporaryFolder>;
  let snapshots: Snapshots;
  let root: string;
  const at = (...parts: string[]) => path.join(root, ...parts);

  before(async () => {
    program = await findGit();
  });
  beforeEach(async () => {
    data = temporaryFolder();
    outside = temporaryFolder();
    repository = await makeRepository();
    ({ root } = repository);
    repository.commit({ 'a.ts': 'one\n', 'd/keys': 'evil\n', 'd/deep/more': 'more\n' });
    const clock = systemClock;
    snapshots = new Snapshots({ folder: data.path, program, clock, random: seededRandom(1) });
  });
  afterEach(async () => {
    await repository[Symbol.asyncDispose]();
    data[Symbol.dispose]();
    outside[Symbol.dispose]();
  });

  it('a file that a person picks does not go where a link of the run leads', async () => {
    const one = await snapshots.take(root, 'before');
    rmSync(at('d'), { recursive: true });
    symlinkSync(outside.path, at('d'));
    const other = await snapshots.take(root, 'after');
    const only = new Set(['d/keys', 'd/deep/more']);
    const { conflicts } = await snapshots.restore(one, other, { only });
    assert.equal(existsSync(path.join(outside.path, 'keys')), false);
    assert.equal(existsSync(path.join(outside.path, 'deep')), false);
    assert.deepEqual(conflicts.map(({ path: file, why }) => [file, why]).sort(), [
      ['d/deep/more', 'A link stands in the place of its folder.'],
      ['d/keys', 'A link stands in the place of its folder.'],
    ]);
    const whole = await snapshots.restore(one, other);
    assert.deepEqual(whole.conflicts, []);
    assert.equal(readFileSync(at('d/deep/more'), 'utf8'), 'more\n');
    assert.equal(readFileSync(at('d/keys'), 'utf8'), 'evil\n');
    assert.equal(existsSync(path.join(outside.path, 'keys')), false);
  });

  it('a repository that a link took the place of comes back beside what the link led to', async () => {
    mkdirSync(at('inner'));
    repository.run('init', '-q', 'inner');
    writeFileSync(at('inner/x'), 'x\n');
    const one = await snapshots.take(root, 'before');
    rmSync(at('inner'), { recursive: true });
    symlinkSync(outside.path, at('inner'));
    const other = await snapshots.take(root, 'after');
    await snapshots.restore(one, other);
    assert.equal(existsSync(path.join(outside.path, 'x')), false);
    assert.equal(existsSync(path.join(outside.path, '.git')), false);
    assert.equal(readFileSync(at('inner/x'), 'utf8'), 'x\n');
  });

  it('nothing is removed or changed through a link that a person made since', async () => {
    const one = await snapshots.take(root, 'before');
    writeFileSync(at('d/new'), 'new\n');
    writeFileSync(at('d/keys'), 'changed\n');
    rmSync(at('d/deep/more'));
    const other = await snapshots.take(root, 'after');
    const moved = path.join(outside.path, 'moved');
    mkdirSync(path.join(moved, 'deep'), { recursive: true });
    for (const name of ['new', 'keys']) renameSync(at('d', name), path.join(moved, name));
    rmSync(at('d'), { recursive: true });
    symlinkSync(moved, at('d'));
    const { restored, conflicts } = await snapshots.restore(one, other);
    assert.deepEqual(restored, []);
    assert.equal(readFileSync(path.join(moved, 'new'), 'utf8'), 'new\n');
    assert.equal(readFileSync(path.join(moved, 'keys'), 'utf8'), 'changed\n');
    assert.equal(existsSync(path.join(moved, 'deep/more')), false);
    assert.deepEqual(
      conflicts.map(({ path: file }) => file),
      ['d/keys', 'd/deep/more'],
    );
  });

  it('[A1] an index that was only read anew is no difference; one that cannot be read is', async () => {
    const one = await snapshots.take(root, 'before');
    const later = new Date(Date.now() + 5000);
    utimesSync(at('a.ts'), later, later);
    repository.run('update-index', '-q', '--refresh');
    const other = await snapshots.take(root, 'after');
    const control = async (now: typeof one) => (await snapshots.changes(one, now))[0]!.control;
    assert.deepEqual(await control(other), []);
    writeFileSync(at('.git/index'), 'no index');
    const names = (await control({ ...other, ...(await snapshots.take(root, 'broken')) })).map(
      ({ name }) => name,
    );
    assert.deepEqual(names, ['0/index']);
  });
});
