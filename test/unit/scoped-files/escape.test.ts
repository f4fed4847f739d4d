import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { createChangeWriter, ScopeError, scopeOf } from '../../../companion/scoped-files/index.ts';
import { applicable } from '../../support/applicable.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { changesOf, journal, lay, look, type Tree } from './worlds.ts';

const LINUX = process.platform === 'linux';
const onPosix = applicable(process.platform !== 'win32', 'names and modes of POSIX');
const onLinux = applicable(LINUX, 'folders held by their descriptors');

describe('scoped-files: attempts to get out', function () {
  this.timeout(60_000);
  let world: ReturnType<typeof temporaryFolder>;
  let root: string;
  let outside: string;
  beforeEach(() => {
    world = temporaryFolder();
    root = path.join(world.path, 'root');
    outside = path.join(world.path, 'outside');
    mkdirSync(root);
    lay(outside, { 'victim.txt': 'precious', 'sub/x': 'precious' });
  });
  afterEach(() => world[Symbol.dispose]());
  const untouched = (): void =>
    assert.deepEqual(look(outside), { 'sub/': '', 'sub/x': 'precious', 'victim.txt': 'precious' });
  const breach = async (before: Tree, after: Tree): Promise<void> => {
    const told = journal();
    await assert.rejects(createChangeWriter().apply(root, changesOf(before, after), told), (error) => {
      assert.ok(error instanceof ScopeError);
      assert.deepEqual([error.breach, error.code], [true, 'forbidden']);
      return true;
    });
    assert.deepEqual(told.lines, [], 'nothing was begun');
    untouched();
  };

  for (const name of [
    '../outside/victim.txt',
    '/etc/progeny-was-here',
    '.git/hooks/pre-commit',
    '.GIT/config',
    '.env',
    'a/.env.local',
    '.g\u200cit/config',
    '．git/config',
    'git~1/config',
    'deploy.pem',
    'a/..\\..\\outside\\victim.txt',
    'C:/x',
    'x\0y',
  ])
    it(`[A3] a change to ${JSON.stringify(name)} is refused whole`, async () => {
      await breach({}, { 'fine.txt': 'fine', [name]: 'evil' });
      assert.deepEqual(look(root), {});
      await assert.rejects(async () => (await scopeOf(root)).read(name, 10), ScopeError);
      const conflicts = await createChangeWriter().takeBack(root, changesOf({ [name]: 'precious' }, {}));
      assert.equal(conflicts.length, 1, 'nor is it written by taking back');
      untouched();
    });

  it('[A3] a link that leads out is no folder to write or delete in', async () => {
    symlinkSync(outside, path.join(root, 'd'));
    await breach({}, { 'd/new.txt': 'evil' });
    await breach({ 'd/victim.txt': 'precious' }, { 'd/victim.txt': 'evil' });
    await breach({ 'd/victim.txt': 'precious' }, {});
    await breach({ 'd/sub/x': 'precious' }, {});
    const scope = await scopeOf(root);
    for (const use of [
      () => scope.read('d/victim.txt', 100),
      () => scope.list('d'),
      () => scope.reach('d/sub/x'),
    ])
      assert.throws(use, (error) => error instanceof ScopeError && error.breach);
    assert.deepEqual(
      await createChangeWriter().takeBack(
        root,
        changesOf({ 'd/victim.txt': 'evil' }, { 'd/victim.txt': 'precious' }),
      ),
      [
        {
          path: 'd/victim.txt',
          why: 'It is a link that leads out of the folder; nothing is written through links.',
        },
      ],
    );
    untouched();
  });

  it('[A3] a link that leads out is not written, in any spelling', async () => {
    for (const target of [
      '/etc/passwd',
      '../outside',
      'a/../../outside/victim.txt',
      '.git/config',
      '../root/../outside',
    ])
      await breach({}, { link: `->${target}` });
    assert.deepEqual(look(root), {});
  });

  it('[A3] a change never goes through the link that it makes or finds itself', async () => {
    const conflicts = await createChangeWriter().apply(
      root,
      changesOf({}, { l: '->sub', 'l/x': 'evil' }),
      journal(),
    );
    assert.equal(conflicts.length, 1);
    lay(root, { 'in/x': 'x' });
    symlinkSync('in', path.join(root, 'm'));
    const inside = await createChangeWriter().apply(root, changesOf({}, { 'm/y': 'y' }), journal());
    assert.deepEqual(inside, [{ path: 'm/y', why: 'It is a link; nothing is written through links.' }]);
    // The file itself may be a link: then the link is replaced, not what it leads to.
    symlinkSync(path.join(outside, 'victim.txt'), path.join(root, 'v'));
    const now = `->${path.join(outside, 'victim.txt')}`;
    assert.deepEqual(
      await createChangeWriter().apply(root, changesOf({ v: now }, { v: 'mine' }), journal()),
      [],
    );
    assert.equal(readFileSync(path.join(root, 'v'), 'utf8'), 'mine');
    untouched();
  });

  it('[A3] a second name (hard link) of a file outside is never written', async () => {
    linkSync(path.join(outside, 'victim.txt'), path.join(root, 'h'));
    const changes = changesOf({ h: 'precious' }, { h: 'evil' });
    const writer = createChangeWriter();
    assert.deepEqual(await writer.apply(root, changes, journal()), []);
    untouched();
    assert.deepEqual(await writer.takeBack(root, changes), []);
    untouched();
    assert.deepEqual(await writer.apply(root, changesOf({ h: 'precious' }, {}), journal()), []);
    untouched();
  });

  onPosix('[A3] pipes and sockets are left alone, and nobody waits for them', async () => {
    assert.equal(spawnSync('mkfifo', [path.join(root, 'pipe')]).status, 0);
    for (const before of [{ pipe: 'x' }, {}] as Tree[]) {
      const conflicts = await createChangeWriter().apply(root, changesOf(before, { pipe: 'y' }), journal());
      assert.deepEqual(
        conflicts.map(({ path }) => path),
        ['pipe'],
      );
    }
    assert.equal((await scopeOf(root)).read('pipe', 10), null);
    assert.ok(lstatSync(path.join(root, 'pipe')).isFIFO());
  });

  it('[A3] names that differ in case only do not stand beside each other', async () => {
    const writer = createChangeWriter();
    assert.equal((await writer.apply(root, changesOf({}, { A: '1', a: '2' }), journal())).length, 1);
    lay(root, { 'Readme.md': '1', 'Src/x': '1' });
    for (const name of ['README.md', 'src/y', 'SRC/x'])
      assert.equal((await writer.apply(root, changesOf({}, { [name]: '2' }), journal())).length, 1, name);
    assert.deepEqual(look(root), { 'Readme.md': '1', 'Src/': '', 'Src/x': '1' });
  });

  it('[A3] a temporary name that somebody laid out as a link is not followed', async () => {
    const changes = changesOf({}, { 'new.txt': 'ours' });
    let name = '';
    const spy = createChangeWriter({
      step: (what) => {
        if (what !== 'give the new file its name') return;
        name = readdirSync(root).find((each) => each.startsWith('.progeny-')) ?? '';
        throw new Error('killed');
      },
    });
    await assert.rejects(spy.apply(root, changes, journal()));
    assert.notEqual(name, '');
    rmSync(path.join(root, name), { force: true });
    symlinkSync(path.join(outside, 'victim.txt'), path.join(root, name));
    assert.deepEqual(await createChangeWriter().apply(root, changes, journal()), []);
    assert.deepEqual(look(root), { 'new.txt': 'ours' });
    untouched();
  });

  for (const anchoring of LINUX ? (['descriptor', 'path'] as const) : (['path'] as const))
    it(`[A3] a folder swapped for a link before any change of the disk redirects nothing (held by ${anchoring})`, async () => {
      const before: Tree = { 'd/victim.txt': 'precious', 'd/sub/x': 'precious' };
      const after: Tree = { 'd/victim.txt': 'evil', 'd/new.txt': 'evil' };
      let swaps = 0;
      for (let at = 0; at < 40; at++) {
        rmSync(root, { recursive: true, force: true });
        rmSync(path.join(world.path, 'aside'), { recursive: true, force: true });
        lay(root, before);
        let step = 0;
        const writer = createChangeWriter({
          anchoring,
          step: () => {
            if (step++ !== at) return;
            swaps++;
            renameSync(path.join(root, 'd'), path.join(world.path, 'aside'));
            symlinkSync(outside, path.join(root, 'd'));
          },
        });
        await writer
          .apply(root, changesOf(before, after), journal())
          .catch((error) => assert.ok(error instanceof Error));
        const left = Object.entries(look(outside)).filter(([name]) => !name.includes('.progeny-'));
        assert.deepEqual(
          Object.fromEntries(left),
          { 'sub/': '', 'sub/x': 'precious', 'victim.txt': 'precious' },
          `step ${at}`,
        );
        if (anchoring === 'descriptor') untouched();
        for (const each of readdirSync(outside))
          if (each.startsWith('.progeny-')) rmSync(path.join(outside, each));
      }
      assert.ok(swaps > 10, `${swaps} swaps`);
    });

  onPosix('[A3] a folder that becomes a link as it is taken back is left alone', async () => {
    let armed = false;
    const writer = createChangeWriter({
      step: (what) => {
        if (!armed || what !== 'remove an empty folder') return;
        renameSync(path.join(root, 'made'), path.join(world.path, 'aside'));
        symlinkSync(outside, path.join(root, 'made'));
      },
    });
    const changes = changesOf({}, { 'made/new.txt': 'ours' });
    assert.deepEqual(await writer.apply(root, changes, journal()), []);
    armed = true;
    assert.deepEqual(await writer.takeBack(root, changes), []);
    assert.ok(lstatSync(path.join(root, 'made')).isSymbolicLink());
    untouched();
  });

  onLinux('[A3] a thread that swaps folder and link in a loop redirects nothing', async () => {
    lay(root, { 'd/victim.txt': 'precious' });
    const link = path.join(world.path, 'link');
    symlinkSync(outside, link);
    const stop = new SharedArrayBuffer(8);
    const state = new Int32Array(stop);
    const aside = path.join(world.path, 'aside');
    const data = { folder: path.join(root, 'd'), link, aside, stop };
    const thread = new Worker(path.join(import.meta.dirname, 'swapper.ts'), { workerData: data });
    const writer = createChangeWriter();
    const held = () => readdirSync('/proc/self/fd').length;
    const before = held();
    const seen = { written: 0, conflict: 0, breach: 0, other: 0 };
    try {
      while (Atomics.load(state, 1) === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      const swapped = Atomics.load(state, 1);
      for (let i = 0; i < 400; i++) {
        const changes = changesOf(
          { 'd/victim.txt': 'precious' },
          { 'd/victim.txt': 'evil', [`d/new-${i}.txt`]: 'evil' },
        );
        try {
          const conflicts = await writer.apply(root, changes, journal());
          seen[conflicts.length === 0 ? 'written' : 'conflict']++;
        } catch (error) {
          seen[error instanceof ScopeError && error.breach ? 'breach' : 'other']++;
        }
        await writer.takeBack(root, changes);
        untouched();
      }
      assert.ok(
        Atomics.load(state, 1) - swapped > 400,
        `it swapped ${Atomics.load(state, 1) - swapped} times`,
      );
    } finally {
      Atomics.store(state, 0, 1);
      await new Promise((resolve) => thread.once('exit', resolve));
    }
    untouched();
    assert.ok(held() <= before + 5, `${held() - before} folders were left open`);
    // A race in which only one side ever wins would show nothing.
    assert.ok(seen.written > 0 && seen.breach > 0, JSON.stringify(seen));
  });

  it('[A3] the root itself may not be a link', async () => {
    symlinkSync(outside, path.join(world.path, 'door'));
    await assert.rejects(
      createChangeWriter().apply(path.join(world.path, 'door'), changesOf({}, { x: 'evil' }), journal()),
      (error) => error instanceof ScopeError && error.breach,
    );
    untouched();
  });

  it('reads and lists what is inside', async () => {
    lay(root, { 'a/b.txt': 'text', 'a/.env': 'SECRET=1', '.git/config': 'x', link: '->a/b.txt' });
    const scope = await scopeOf(root);
    assert.equal(scope.read('a/b.txt', 10)?.toString(), 'text');
    assert.equal(scope.read('a/b.txt', 3), null, 'larger than asked for');
    assert.equal(scope.read('a/none', 10), null);
    assert.throws(() => scope.read('link', 10), ScopeError);
    assert.deepEqual([scope.list(''), scope.list('a'), scope.list('none')], [['a', 'link'], ['b.txt'], []]);
    assert.deepEqual(
      [scope.reach('a/b.txt'), scope.reach('a/none'), scope.reach('x/y')],
      [true, false, false],
    );
    await assert.rejects(scopeOf(path.join(root, 'none')), /There is no such folder/);
  });
});
