import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { findGit } from '../../../companion/git/index.ts';
import { seededRandom, systemClock, VirtualClock } from '../../../companion/kernel/index.ts';
import { type Kept, Snapshots } from '../../../companion/snapshots/index.ts';
import { makeRepository, type TestRepository } from '../../fixtures/repository.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { differences, everythingBelow } from './worlds.ts';

const MB = 1024 * 1024;
const none = () => false;

describe('keeping snapshots', function () {
  this.timeout(60_000);
  let repository: TestRepository;
  let data: ReturnType<typeof temporaryFolder>;
  let snapshots: Snapshots;
  let root: string;

  const opened = async (clock = systemClock as { now(): number } & typeof systemClock) =>
    new Snapshots({ folder: data.path, program: await findGit(), clock, random: seededRandom(1) });
  beforeEach(async () => {
    data = temporaryFolder();
    repository = await makeRepository();
    ({ root } = repository);
    repository.commit({ 'a.ts': 'one\n', 'src/b.ts': 'two\n', '.gitignore': 'out/\n' });
    snapshots = await opened();
  });
  afterEach(async () => {
    await snapshots.dispose();
    await repository[Symbol.asyncDispose]();
    data[Symbol.dispose]();
  });
  const place = () => path.join(data.path, readdirSync(data.path)[0]!);

  it('[A1] what is unchanged can be put back after every older snapshot went', async () => {
    repository.write({ 'new.bin': 'only here', 'out/ignored': 'ignored' });
    const old = await snapshots.take(root, 'old');
    const newer = await snapshots.take(root, 'newer');
    await snapshots.remove(root, [old.id]);
    await snapshots.remove(root, [newer.id]);
    for (const kept of [snapshots, await opened()]) {
      const before = await kept.take(root, 'before');
      repository.write({ 'new.bin': 'run', 'out/ignored': 'run', 'a.ts': 'run' });
      const { conflicts } = await kept.restore(before, await kept.take(root, 'after'));
      assert.deepEqual(conflicts, []);
      assert.deepEqual(
        ['new.bin', 'out/ignored', 'a.ts'].map((file) => readFileSync(path.join(root, file), 'utf8')),
        ['only here', 'ignored', 'one\n'],
      );
    }
  });

  it('[A1] what the next take stands on stays, though the only snapshot that named it went', async () => {
    await snapshots.take(root, 'stays');
    repository.write({ 'new.bin': 'only here', 'out/ignored': 'ignored' });
    await snapshots.remove(root, [(await snapshots.take(root, 'goes')).id]);
    const before = await snapshots.take(root, 'before');
    repository.write({ 'new.bin': 'run', 'out/ignored': 'run' });
    const { restored } = await snapshots.restore(before, await snapshots.take(root, 'after'));
    assert.deepEqual([...restored].sort(), ['new.bin', 'out/ignored']);
    assert.equal(readFileSync(path.join(root, 'new.bin'), 'utf8'), 'only here');
  });

  it('[A4] bytes stay under the limit over many takes: the oldest go first, those of open runs never', async () => {
    const limit = 6 * MB;
    const first = await snapshots.take(root, 'first', { run: 'run_open' });
    const open = ({ run }: Kept) => run === 'run_open';
    const taken: string[] = [];
    for (let i = 0; i < 24; i++) {
      repository.write({ 'noise.bin': randomBytes(MB), [`n${i}.txt`]: `${i}` });
      taken.push((await snapshots.take(root, `take ${i}`)).id);
      const { held } = await snapshots.expire({ bytes: limit, before: 0 }, open);
      assert.ok(held <= limit, `${held} after ${i}`);
    }
    const left = (await snapshots.list()).map(({ id }) => id);
    assert.equal(left.at(-1), first.id);
    assert.ok(left.length > 2 && left.length < 12, String(left.length));
    // Of the others the newest, without a gap.
    assert.deepEqual(left.slice(0, -1).reverse(), taken.slice(-(left.length - 1)));
    const before = await snapshots.get(root, left[1]!);
    const { conflicts } = await snapshots.restore(before, await snapshots.get(root, left[0]!));
    assert.deepEqual(conflicts, []);
  });

  it('[A4] by age too; a folder of which nothing is left has no vault either', async () => {
    const clock = new VirtualClock(1000);
    const aging = await opened(clock as unknown as typeof systemClock);
    const old = await aging.take(root, 'old', { run: 'run_open' });
    clock.advance(1000);
    await aging.take(root, 'new');
    const result = await aging.expire({ bytes: 1e12, before: 1500 }, ({ run }) => run === 'run_open');
    assert.equal(result.removed, 0);
    assert.equal((await aging.expire({ bytes: 1e12, before: 1500 }, none)).removed, 1);
    await assert.rejects(aging.get(root, old.id), { code: 'not_found' });
    const { removed, freed, held } = await aging.expire({ bytes: 1e12, before: 5000 }, none);
    assert.deepEqual([removed, held], [1, 0]);
    assert.ok(freed > 0);
    assert.deepEqual(readdirSync(data.path), []);
    // And it can begin anew.
    await aging.take(root, 'again');
    await aging.dispose();
  });

  it('[A4] a vault that only rehearsals used goes when there is no room, or when its time is over', async () => {
    repository.write({ 'noise.bin': randomBytes(MB) });
    const rehearsed = await snapshots.take(root, 'to rehearse on', { hold: true });
    await snapshots.drop(root, rehearsed.id);
    assert.ok((await snapshots.expire({ bytes: 10 * MB, before: 0 }, none)).held > MB);
    assert.equal((await snapshots.expire({ bytes: MB, before: 0 }, none)).held, 0);
    await snapshots.take(root, 'again', { hold: true });
  });

  it('[A1] a change in the instant of a take that keeps size and modification time is not missed', async () => {
    const old = new Date(1e12);
    const write = (text: string) => {
      writeFileSync(path.join(root, 'a.ts'), text);
      utimesSync(path.join(root, 'a.ts'), old, old);
    };
    for (let i = 0; i < 5; i++) {
      write(`${i}aa`);
      const before = await snapshots.take(root, 'before');
      write(`${i}bb`);
      const after = await snapshots.take(root, 'after');
      const [tree] = await snapshots.changes(before, after);
      assert.deepEqual(
        tree!.files.map((file) => file.path),
        ['a.ts'],
        `time ${i}`,
      );
    }
  });

  it('one that is held does not expire until it is dropped', async () => {
    const held = await snapshots.take(root, 'held', { hold: true });
    const all = { bytes: 0, before: Number.MAX_SAFE_INTEGER };
    assert.equal((await snapshots.expire(all, none)).removed, 0);
    await snapshots.drop(root, held.id);
    await assert.rejects(snapshots.find(held.id), { code: 'not_found' });
  });

  it('[A1] taking, expiring, sweeping and forgetting write nothing to the folder or under its .git', async () => {
    repository.write({ 'big.bin': randomBytes(MB), 'out/i': 'ignored' });
    const before = everythingBelow(repository.folder, { objects: true, times: true });
    for (let i = 0; i < 4; i++) await snapshots.take(root, `${i}`);
    await snapshots.expire({ bytes: 1, before: 0 }, ({ why }) => why === '3');
    await (await opened()).take(root, 'by another');
    await snapshots.forget(root);
    assert.deepEqual(readdirSync(data.path), []);
    assert.deepEqual(
      differences(before, everythingBelow(repository.folder, { objects: true, times: true })),
      [],
    );
  });

  it('what a killed companion left half done is taken away, and the next take works', async () => {
    const whole = await snapshots.take(root, 'whole');
    await snapshots.dispose();
    const vault = path.join(place(), 'vault.git');
    const [tree] = readdirSync(path.join(vault, 'work-trees'));
    const locks = [`work-trees/${tree}/index.lock`, 'packed-refs.lock', 'objects/17/tmp_obj_x', 'compared-1'];
    mkdirSync(path.join(vault, 'objects/17'), { recursive: true });
    for (const name of locks) writeFileSync(path.join(vault, name), '');
    const lost = path.join(vault, 'refs/snapshots/snapshot_lost/0');
    mkdirSync(lost, { recursive: true });
    writeFileSync(path.join(lost, 'files'), `${whole.trees[0]!.files}\n`);
    writeFileSync(path.join(place(), '.x.json.gz.1.abc.tmp'), '');
    const next = await opened();
    await next.take(root, 'next');
    for (const name of locks) assert.equal(existsSync(path.join(vault, name)), false, name);
    assert.equal(existsSync(path.join(lost, 'files')), false);
    assert.deepEqual(
      readdirSync(place()).filter((name) => name.endsWith('.tmp')),
      [],
    );
    assert.deepEqual(
      (await next.list(root)).map(({ why }) => why),
      ['next', 'whole'],
    );
    // A short form that was lost is made anew.
    rmSync(path.join(place(), `${whole.id}.brief.json`));
    assert.equal((await next.list(root)).length, 2);
    await next.dispose();
  });

  it('tells which run it belongs to and, in words, what it does not cover', async () => {
    const little = new Snapshots({
      folder: data.path,
      program: await findGit(),
      clock: systemClock,
      random: seededRandom(2),
      limits: () => ({ ignoredFileBytes: 10, ignoredBytes: 1000, fileBytes: 3 * MB }),
    });
    repository.write({
      'out/l': 'x'.repeat(2048),
      'data.bin': Buffer.alloc(4 * MB),
      '.gitignore': 'out/\nvenv/\n',
    });
    repository.write({ 'venv/x': 'x' });
    await little.take(root, 'before fix-lint', { run: 'run_1' });
    const [kept] = await little.list();
    assert.deepEqual(kept?.uncovered, [
      'venv/: nothing below it is kept',
      'data.bin (4.0 MB): too large to keep',
      'out/l (2 KB): too large to keep',
    ]);
    assert.deepEqual([kept?.run, kept?.why, kept?.root], ['run_1', 'before fix-lint', root]);
    await little.dispose();
  });

  it('[A4] many small takes are put together by themselves, and every one of them can still be had', async () => {
    const first = await snapshots.take(root, 'first');
    for (let i = 0; i < 3; i++) {
      const files = Array.from({ length: 900 }, (_, n) => [`many/${i}-${n}.txt`, `${i} ${n}`] as const);
      repository.write(Object.fromEntries(files));
      await snapshots.take(root, `${i}`);
    }
    const last = await snapshots.take(root, 'last');
    const vault = path.join(place(), 'vault.git');
    assert.ok(readdirSync(path.join(vault, 'objects/pack')).some((name) => name.endsWith('.pack')));
    assert.equal((await snapshots.restore(first, last)).restored.length, 2700);
    assert.equal(existsSync(path.join(root, 'many')), false);
  });
});
