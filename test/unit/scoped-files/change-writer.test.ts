import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { randomInt, seededRandom } from '../../../companion/kernel/index.ts';
import { ProgenyError } from '../../../companion/protocol/index.ts';
import { createChangeWriter } from '../../../companion/scoped-files/index.ts';
import { Fuse } from '../../support/fuse.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { changesOf, files, journal, lay, look, type Tree } from './worlds.ts';

const BEFORE: Tree = {
  'a.txt': 'one',
  tool: 'x:run',
  'src/b.ts': 'b',
  'src/deep/c.ts': 'c',
  'file-to-folder': 'f',
  'folder-to-file/x': 'x of it',
  'folder-to-file/y/z': 'z',
  link: '->a.txt',
  'Name.md': 'same',
  'kept.txt': 'untouched',
};
const AFTER: Tree = {
  'a.txt': 'x:two, and executable',
  tool: 'run no more',
  'src/b.ts': 'B',
  'lib/deep/c.ts': 'c',
  'file-to-folder/new': 'n',
  'folder-to-file': 'now a file',
  link: '->src/b.ts',
  'new-link': '->kept.txt',
  'name.md': 'same',
  'kept.txt': 'untouched',
  'über/ñame ✓.txt': 'unicode\r\nand CRLF',
};

describe('scoped-files/change-writer', function () {
  this.timeout(120_000);
  let folder: ReturnType<typeof temporaryFolder>;
  let root: string;
  beforeEach(() => {
    folder = temporaryFolder();
    root = folder.path;
  });
  afterEach(() => folder[Symbol.dispose]());

  for (const anchoring of process.platform === 'linux'
    ? (['descriptor', 'path'] as const)
    : (['path'] as const))
    describe(`held by ${anchoring}`, () => {
      it('writes a change set and takes it back, modes, links and folders with it', async () => {
        lay(root, BEFORE);
        chmodSync(path.join(root, 'src/b.ts'), 0o640);
        chmodSync(path.join(root, 'src/deep'), 0o750);
        chmodSync(path.join(root, 'src/deep/c.ts'), 0o600);
        const before = look(root);
        const changes = changesOf(BEFORE, AFTER);
        const writer = createChangeWriter({ anchoring });
        const told = journal();
        assert.deepEqual(await writer.apply(root, changes, told), []);
        assert.deepEqual(files(look(root)), AFTER);
        assert.equal('src/deep/' in look(root), false, 'a folder with nothing in it goes, as with git');
        assert.equal(statSync(path.join(root, 'src/b.ts')).mode & 0o777, 0o640);
        assert.equal(told.lines.length, 2 * changes.edits.length);
        assert.deepEqual(await writer.takeBack(root, changesOf(BEFORE, AFTER)), []);
        assert.deepEqual(look(root), before);
        assert.equal(statSync(path.join(root, 'src/deep')).mode & 0o777, 0o750);
        assert.equal(statSync(path.join(root, 'src/deep/c.ts')).mode & 0o777, 0o600);
        assert.deepEqual(await writer.takeBack(root, changes), [], 'twice comes to the same');
        assert.deepEqual(look(root), before);
      });

      it('[A3] stopped before any change of the disk, each file is as before or as after, and all of it can be taken back', async () => {
        const changes = changesOf(BEFORE, AFTER);
        let steps = 0;
        // By path the order is the same: fewer instants show what differs.
        for (let left = 0; ; left += anchoring === 'path' ? 4 : 1) {
          rmSync(root, { recursive: true });
          mkdirSync(root);
          lay(root, BEFORE);
          const fuse = new Fuse();
          fuse.left = left;
          // All that comes after it fails, too: as with a process that is gone.
          const writer = createChangeWriter({ anchoring, step: fuse.burn });
          const over = await writer.apply(root, changes, journal()).catch((error) => String(error));
          if (typeof over === 'string') assert.match(over, /killed/);
          const now = look(root);
          for (const { path: name } of changes.edits) {
            const text = now[name];
            const torn = text !== undefined && text !== BEFORE[name] && text !== AFTER[name];
            assert.ok(!torn, `${name} is torn after ${left} steps: ${text}`);
          }
          // Another process, which remembers nothing.
          assert.deepEqual(
            await createChangeWriter({ anchoring }).takeBack(root, changes),
            [],
            `after ${left} steps`,
          );
          assert.deepEqual(files(look(root)), BEFORE, `after ${left} steps`);
          steps = left;
          if (typeof over !== 'string') break;
        }
        assert.ok(steps > 40, `there were ${steps} steps`);
      });

      it('stopped while it takes back, it comes to the same the next time', async () => {
        const changes = changesOf(BEFORE, AFTER);
        for (let left = 0; left < 60; left += 7) {
          rmSync(root, { recursive: true });
          mkdirSync(root);
          lay(root, BEFORE);
          await createChangeWriter({ anchoring }).apply(root, changes, journal());
          const fuse = new Fuse();
          fuse.left = left;
          await createChangeWriter({ anchoring, step: fuse.burn })
            .takeBack(root, changes)
            .catch((error) => assert.match(String(error), /killed/));
          assert.deepEqual(
            await createChangeWriter({ anchoring }).takeBack(root, changes),
            [],
            `after ${left} steps`,
          );
          assert.deepEqual(files(look(root)), BEFORE, `after ${left} steps`);
        }
      });
    });

  it('writes nothing at all where one file is not as it was', async () => {
    lay(root, { ...BEFORE, 'src/b.ts': 'edited by hand' });
    const before = look(root);
    const told = journal();
    const conflicts = await createChangeWriter().apply(root, changesOf(BEFORE, AFTER), told);
    assert.deepEqual(conflicts, [{ path: 'src/b.ts', why: 'It was changed since.' }]);
    assert.deepEqual(look(root), before);
    assert.deepEqual(told.lines, []);
  });

  it('leaves what somebody changed since, and tells it', async () => {
    lay(root, BEFORE);
    const changes = changesOf(BEFORE, AFTER);
    const writer = createChangeWriter();
    await writer.apply(root, changes, journal());
    writeFileSync(path.join(root, 'src/b.ts'), 'mine');
    rmSync(path.join(root, 'new-link'));
    rmSync(path.join(root, 'a.txt'));
    const conflicts = await writer.takeBack(root, changes);
    assert.deepEqual(
      [...conflicts].sort((a, b) => (a.path < b.path ? -1 : 1)),
      [
        { path: 'a.txt', why: 'It is not there any more.' },
        { path: 'src/b.ts', why: 'It was changed since.' },
      ],
    );
    const { 'a.txt': _, ...others } = BEFORE;
    assert.deepEqual(files(look(root)), { ...others, 'src/b.ts': 'mine' });
  });

  it('puts back what an editor saves into the old file in the very moment', async () => {
    for (const [name, after] of [
      ['a.txt', 'two'],
      ['gone.txt', undefined],
    ] as const) {
      const old: Tree = { [name]: 'one', 'z.txt': 'z' };
      lay(root, old);
      const next: Tree = { ...(after !== undefined && { [name]: after }), 'z.txt': 'Z' };
      const writer = createChangeWriter({
        step: (what) => {
          // In place: the old file, whatever it is called by now.
          if (/put the new file|take the file away/.test(what)) writeFileSync(path.join(root, name), 'saved');
        },
      });
      const conflicts = await writer.apply(root, changesOf(old, next), journal());
      assert.equal(conflicts[0]?.path, name);
      assert.deepEqual(look(root), { [name]: 'saved', 'z.txt': 'z' });
      rmSync(path.join(root, name));
      rmSync(path.join(root, 'z.txt'));
    }
  });

  it('never writes over a file that was put there in the very moment', async () => {
    const writer = createChangeWriter({
      step: (what) => {
        if (/give the new file/.test(what)) writeFileSync(path.join(root, 'new.txt'), 'mine');
      },
    });
    const conflicts = await writer.apply(root, changesOf({}, { 'new.txt': 'ours' }), journal());
    assert.deepEqual(conflicts, [{ path: 'new.txt', why: 'Something else was put there since.' }]);
    assert.deepEqual(look(root), { 'new.txt': 'mine' });
  });

  it('a Stop takes back what was written so far', async () => {
    lay(root, BEFORE);
    const before = look(root);
    const stop = new AbortController();
    const told = journal(stop.signal);
    const stopping = {
      ...told,
      written: (name: string) => {
        told.written(name);
        if (told.lines.length > 8) stop.abort();
      },
    };
    await assert.rejects(createChangeWriter().apply(root, changesOf(BEFORE, AFTER), stopping), /abort/i);
    assert.ok(told.lines.length > 8);
    assert.deepEqual(look(root), before);
  });

  it('random trees: written, taken back; cut off at random, taken back by another', async () => {
    const random = seededRandom(2);
    const names = ['a', 'b', 'b/c', 'b/d', 'e/f/g', 'e/f', 'e/h', 'B2', 'i'];
    const texts = ['1', '2', 'x:3', '->a', '', 'long '.repeat(3)];
    const draw = (): Tree => {
      const tree: Record<string, string> = {};
      for (const name of names) {
        if (random.next() < 0.5) continue;
        const clash = Object.keys(tree).some(
          (other) => other.startsWith(`${name}/`) || name.startsWith(`${other}/`),
        );
        if (!clash) tree[name] = texts[randomInt(random, texts.length)]!;
      }
      return tree;
    };
    let cut = 0;
    for (let i = 0; i < 60; i++) {
      rmSync(root, { recursive: true });
      mkdirSync(root);
      const [before, after] = [draw(), draw()];
      lay(root, before);
      const changes = changesOf(before, after);
      const fuse = new Fuse();
      if (i % 2 === 1) fuse.left = randomInt(random, 30);
      const said = JSON.stringify({ i, before, after });
      const writer = createChangeWriter({ step: fuse.burn });
      const conflicts = await writer.apply(root, changes, journal()).catch(() => null);
      if (!conflicts) cut++;
      if (conflicts) {
        assert.deepEqual(conflicts, [], said);
        assert.deepEqual(files(look(root)), after, said);
      }
      assert.deepEqual(await createChangeWriter().takeBack(root, changes), [], said);
      assert.deepEqual(files(look(root)), before, said);
    }
    assert.ok(cut > 8);
  });

  it('killed for real, by SIGKILL, at random instants', async () => {
    const before: Tree = Object.fromEntries(
      Array.from({ length: 60 }, (_, i) => [`d${i % 7}/f${i}`, `old ${i}`]),
    );
    const after: Tree = Object.fromEntries(
      Array.from({ length: 60 }, (_, i) => [
        `d${i % 7}/f${i % 3 === 0 ? `${i}-moved` : i}`,
        `new ${i}`.repeat(500),
      ]),
    );
    const random = seededRandom(5);
    let [kills, between] = [0, 0];
    // How soon it writes is the machine's: it is killed until two kills fell between the first change and the last.
    while (kills++ < 5 || (between < 2 && kills < 40)) {
      rmSync(root, { recursive: true });
      mkdirSync(root);
      lay(root, before);
      const child = spawn(process.execPath, [path.join(import.meta.dirname, 'apply-forever.ts'), root], {
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      child.stdin.end(JSON.stringify({ before, after }));
      await new Promise((resolve) => child.stdout.once('data', resolve));
      await new Promise((resolve) => setTimeout(resolve, random.next() * 60));
      child.kill('SIGKILL');
      await new Promise((resolve) => child.once('close', resolve));
      const now = files(look(root));
      for (const [name, text] of Object.entries(now))
        if (!/\.progeny-/.test(name))
          assert.ok(text === before[name] || text === after[name], `${name} is torn`);
      const changed = Object.keys(after).filter((name) => now[name] === after[name]).length;
      if (changed > 0 && changed < Object.keys(after).length) between++;
      assert.deepEqual(await createChangeWriter().takeBack(root, changesOf(before, after)), []);
      assert.deepEqual(files(look(root)), before);
    }
    assert.ok(between > 0, 'it was never killed while it wrote');
  });

  it('a file with a second name elsewhere is not written through it', async () => {
    using other = temporaryFolder();
    const outside = path.join(other.path, 'outside.txt');
    writeFileSync(outside, 'one');
    linkSync(outside, path.join(root, 'a.txt'));
    const changes = changesOf({ 'a.txt': 'one' }, { 'a.txt': 'two' });
    assert.deepEqual(await createChangeWriter().apply(root, changes, journal()), []);
    assert.equal(readFileSync(outside, 'utf8'), 'one');
    assert.equal(readFileSync(path.join(root, 'a.txt'), 'utf8'), 'two');
  });

  it('says in words that the disk refuses, and has changed nothing', async () => {
    lay(root, BEFORE);
    for (const [code, known] of [
      ['ENOSPC', 'read_only'],
      ['EROFS', 'read_only'],
      ['EACCES', 'conflict'],
    ] as const) {
      let steps = 0;
      const writer = createChangeWriter({
        step: () => {
          if (steps++ === 20) throw Object.assign(new Error(code), { code, syscall: 'write' });
        },
      });
      await assert.rejects(writer.apply(root, changesOf(BEFORE, AFTER), journal()), (error) => {
        assert.ok(error instanceof ProgenyError);
        assert.equal(error.code, known);
        assert.match(error.message, new RegExp(`${code}.*Nothing was changed`));
        return true;
      });
      assert.deepEqual(files(look(root)), BEFORE);
    }
  });

  it('refuses submodules, doubled names and bytes that are not those of the change set', async () => {
    lay(root, { a: '1' });
    const good = changesOf({ a: '1' }, { a: '2' });
    const edit = good.edits[0]!;
    const writer = createChangeWriter();
    const module = {
      ...good,
      edits: [{ ...edit, before: null, path: 'm', after: { ...edit.after!, mode: '160000' } }],
    };
    assert.match((await writer.apply(root, module, journal()))[0]?.why ?? '', /neither a file nor a link/);
    assert.match(
      (await writer.apply(root, { ...good, edits: [edit, edit] }, journal()))[0]?.why ?? '',
      /twice/,
    );
    const wrong = { ...good, load: async () => Buffer.from('something else') };
    await assert.rejects(writer.apply(root, wrong, journal()), /not those of the change set/);
    assert.deepEqual(look(root), { a: '1' });
  });
});
