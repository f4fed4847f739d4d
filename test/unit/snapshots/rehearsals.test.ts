import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type { Rehearsal } from '../../../companion/agency/index.ts';
import { findGit } from '../../../companion/git/index.ts';
import { seededRandom, systemClock } from '../../../companion/kernel/index.ts';
import { FolderRehearsals, Snapshots } from '../../../companion/snapshots/index.ts';
import { makeRepository, type TestRepository } from '../../fixtures/repository.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { ACTS, differences, everythingBelow, pick, randomWorld } from './worlds.ts';

const { signal } = new AbortController();
const digest = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex');

describe('rehearsals', function () {
  this.timeout(60_000);
  let repository: TestRepository;
  let data: ReturnType<typeof temporaryFolder>;
  let snapshots: Snapshots;
  let rehearsals: FolderRehearsals;
  let root: string;
  const limits = { files: 1000, bytes: 10 * 1024 * 1024 };

  beforeEach(async () => {
    data = temporaryFolder();
    repository = await makeRepository();
    ({ root } = repository);
    repository.commit({ 'a.ts': 'one\n', 'src/b.ts': 'two\n', '.gitignore': 'out/\nnode_modules/\n' });
    [snapshots, rehearsals] = await opened();
  });
  afterEach(async () => {
    await snapshots.dispose();
    await repository[Symbol.asyncDispose]();
    data[Symbol.dispose]();
  });
  const opened = async (allowed = limits): Promise<[Snapshots, FolderRehearsals]> => {
    const common = { clock: systemClock, random: seededRandom(1) };
    const kept = new Snapshots({
      ...common,
      folder: path.join(data.path, 'snapshots'),
      program: await findGit(),
    });
    const folder = path.join(data.path, 'rehearsals');
    return [kept, new FolderRehearsals({ ...common, snapshots: kept, folder, limits: () => allowed })];
  };
  const edits = async (rehearsal: Rehearsal) =>
    (await rehearsal.changes(signal)).edits.map(({ path: file, before, after }) => [
      file,
      before?.mode ?? null,
      after?.mode ?? null,
    ]);

  it('[A1] a copy has the bytes, modes, links, empty folders and covered ignored files; no repository', async () => {
    repository.write({ 'out/made.js': 'm', 'run.sh': '#!/bin/sh\r\n', 'ünï/x y': Buffer.from([0, 255]) });
    chmodSync(path.join(root, 'run.sh'), 0o750);
    mkdirSync(path.join(root, 'empty/deep'), { recursive: true });
    symlinkSync('a.ts', path.join(root, 'link'));
    symlinkSync('/etc', path.join(root, 'leads-out'));
    const before = everythingBelow(root);
    const rehearsal = await rehearsals.prepare(root, { signal });
    const without = (all: Map<string, string>) =>
      new Map([...all].filter(([name]) => name !== '.git' && !name.startsWith('.git/')));
    assert.deepEqual(differences(without(before), everythingBelow(rehearsal.folder)), []);
    assert.deepEqual(await edits(rehearsal), []);
    assert.deepEqual(differences(before, everythingBelow(root)), []);
    await rehearsal.dispose();
    assert.deepEqual(readdirSync(path.join(data.path, 'rehearsals')), []);
    assert.ok(existsSync('/etc'));
    assert.deepEqual(await snapshots.list(root), []);
  });

  it('[A1] what differs afterwards is told with the bytes of both sides; the folder itself is untouched', async () => {
    repository.write({ 'old.ts': 'old\n' });
    symlinkSync('a.ts', path.join(root, 'link'));
    const before = everythingBelow(root);
    await using stack = new AsyncDisposableStack();
    const rehearsal = await rehearsals.prepare(root, { signal });
    stack.defer(() => rehearsal.dispose());
    const at = (file: string) => path.join(rehearsal.folder, file);
    // The same length, in the same instant.
    writeFileSync(at('a.ts'), 'ONE\n');
    renameSync(at('old.ts'), at('new.ts'));
    chmodSync(at('src/b.ts'), 0o755);
    rmSync(at('link'));
    symlinkSync('src', at('link'));
    mkdirSync(at('made'));
    writeFileSync(at('made/x'), '');
    const changes = await rehearsal.changes(signal);
    const state = (mode: string, bytes: string) => ({ mode, digest: digest(bytes), bytes: bytes.length });
    assert.deepEqual(changes.edits, [
      { path: 'a.ts', before: state('100644', 'one\n'), after: state('100644', 'ONE\n') },
      { path: 'link', before: state('120000', 'a.ts'), after: state('120000', 'src') },
      { path: 'made/x', before: null, after: state('100644', '') },
      { path: 'new.ts', before: null, after: state('100644', 'old\n') },
      { path: 'old.ts', before: state('100644', 'old\n'), after: null },
      { path: 'src/b.ts', before: state('100644', 'two\n'), after: state('100755', 'two\n') },
    ]);
    for (const { before, after } of changes.edits)
      for (const side of [before, after])
        if (side) assert.equal(digest(await changes.load(side.digest)), side.digest);
    assert.deepEqual(differences(before, everythingBelow(root)), []);
    // Once more, after more was done.
    writeFileSync(at('a.ts'), 'one\n');
    assert.ok(!(await edits(rehearsal)).some(([file]) => file === 'a.ts'));
    await assert.rejects(changes.load(digest('ONE\n')), { code: 'conflict' });
  });

  it('[A1] heavy folders lead to the real ones and are never told; links by full path stay in the copy', async () => {
    repository.write({ 'node_modules/tool/i.js': 'tool' });
    symlinkSync(path.join(root, 'src/b.ts'), path.join(root, 'own'));
    const rehearsal = await rehearsals.prepare(root, { signal });
    const at = (file: string) => path.join(rehearsal.folder, file);
    assert.equal(readFileSync(at('node_modules/tool/i.js'), 'utf8'), 'tool');
    assert.equal(readlinkSync(at('node_modules')), path.join(root, 'node_modules'));
    assert.equal(readlinkSync(at('own')), 'src/b.ts');
    writeFileSync(at('own'), 'through the link\n');
    assert.equal(readFileSync(path.join(root, 'src/b.ts'), 'utf8'), 'two\n');
    rmSync(at('node_modules'));
    mkdirSync(at('node_modules'));
    writeFileSync(at('node_modules/new.js'), 'n');
    assert.deepEqual(await edits(rehearsal), [['src/b.ts', '100644', '100644']]);
    await rehearsal.dispose();
    assert.equal(readFileSync(path.join(root, 'node_modules/tool/i.js'), 'utf8'), 'tool');
  });

  it('only some paths', async () => {
    const rehearsal = await rehearsals.prepare(root, { paths: ['src/b.ts', 'none.ts'], signal });
    assert.deepEqual([...everythingBelow(rehearsal.folder).keys()], ['src', 'src/b.ts']);
    mkdirSync(path.join(rehearsal.folder, 'made'));
    writeFileSync(path.join(rehearsal.folder, 'made/new.ts'), 'n');
    assert.deepEqual(await edits(rehearsal), [['made/new.ts', null, '100644']]);
    await rehearsal.dispose();
  });

  it('too many files, or too much: refused with the setting that would allow it; nothing is left', async () => {
    for (const [allowed, setting] of [
      [{ ...limits, files: 2 }, 'wheel.rehearseFiles'],
      [{ ...limits, bytes: 9 }, 'wheel.rehearseMegabytes'],
    ] as const) {
      const [kept, little] = await opened(allowed);
      await assert.rejects(
        little.prepare(root, { signal }),
        (error: Error & { code: string }) => error.code === 'too_large' && error.message.includes(setting),
      );
      assert.equal(existsSync(path.join(data.path, 'rehearsals')), false);
      await kept.dispose();
    }
    await (await rehearsals.prepare(root, { paths: ['a.ts'], signal })).dispose();
  });

  it('a repository made on the copy is refused, and a name that is no UTF-8', async () => {
    const rehearsal = await rehearsals.prepare(root, { signal });
    repository.run('init', '-q', path.join(rehearsal.folder, 'inner'));
    await assert.rejects(rehearsal.changes(signal), { code: 'conflict' });
    rmSync(path.join(rehearsal.folder, 'inner'), { recursive: true });
    writeFileSync(Buffer.concat([Buffer.from(`${rehearsal.folder}/`), Buffer.from([0xff])]), 'x');
    await assert.rejects(rehearsal.changes(signal), { code: 'conflict' });
    await rehearsal.dispose();
  });

  it('cancelled, it leaves nothing; what a killed companion left goes at the start', async () => {
    const stop = new AbortController();
    stop.abort(new Error('stopped'));
    await assert.rejects(rehearsals.prepare(root, { signal: stop.signal }), /stopped/);
    const left = await rehearsals.prepare(root, { signal });
    mkdirSync(path.join(left.folder, 'closed/in'), { recursive: true });
    chmodSync(path.join(left.folder, 'closed'), 0o000);
    const [kept, next] = await opened();
    await next.removeLeftOver();
    assert.deepEqual(readdirSync(path.join(data.path, 'rehearsals')), []);
    await kept.dispose();
  });

  it('[A1] in random repositories: the change set carries the folder over to what the copy is', async () => {
    for (let seed = 1; seed <= 6; seed++) {
      const random = seededRandom(seed);
      const world = await randomWorld(random);
      await using _ = world.repository;
      const { root: folder } = world.repository;
      const rehearsal = await rehearsals.prepare(folder, { signal });
      for (let i = 0; i < 5; i++) {
        const name = pick(
          random,
          Object.keys(ACTS).filter((act) => !/^git|hook|inner/.test(act)),
        );
        try {
          ACTS[name]!(random, { ...world.repository, root: rehearsal.folder } as TestRepository);
        } catch {
          // What it would have acted on is not there.
        }
      }
      const changes = await rehearsal.changes(signal);
      for (const { path: file, after } of changes.edits)
        if (!after) rmSync(path.join(folder, file), { force: true });
      removeEmpty(folder);
      for (const { path: file, after } of changes.edits) {
        const at = path.join(folder, file);
        if (!after) continue;
        mkdirSync(path.dirname(at), { recursive: true });
        rmSync(at, { force: true });
        const bytes = await changes.load(after.digest);
        if (after.mode === '120000') symlinkSync(bytes, at);
        else writeFileSync(at, bytes, { mode: after.mode === '100755' ? 0o755 : 0o644 });
      }
      assert.deepEqual(filesIn(folder), filesIn(rehearsal.folder), `seed ${seed}`);
      await rehearsal.dispose();
    }
  });
});

/** Files and links with executable bit and bytes, as a change set has them. */
function filesIn(folder: string): string[] {
  return [...everythingBelow(folder)]
    .filter(
      ([name, what]) => !/(?:^|\/)(?:\.git|node_modules)(?:\/|$)/.test(name) && !what.startsWith('folder'),
    )
    .map(([name, what]) => {
      const bits = lstatSync(path.join(folder, Buffer.from(name, 'latin1').toString('utf8'))).mode & 0o100;
      return `${name} ${what.replace(/^file \d+/, `file ${bits}`)}`;
    })
    .sort();
}

function removeEmpty(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const at = path.join(folder, entry.name);
    if (!entry.isDirectory() || entry.name === '.git') continue;
    removeEmpty(at);
    if (readdirSync(at).length === 0) rmSync(at, { recursive: true });
  }
}
