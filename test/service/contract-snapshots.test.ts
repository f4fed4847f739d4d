import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { commands } from '../../companion/cli/commands.ts';
import { readArguments } from '../../companion/cli/options.ts';
import { findGit } from '../../companion/git/index.ts';
import { seededRandom, systemClock } from '../../companion/kernel/index.ts';
import { Snapshots } from '../../companion/snapshots/index.ts';
import { Hub } from '../../companion/store/index.ts';
import { makeRepository, type TestRepository } from '../fixtures/repository.ts';
import { progenyScript, type TestCompanion, testCompanion } from '../support/companion.ts';
import { openStore } from '../support/store.ts';
import { temporaryFolder } from '../support/temporary.ts';

/** A data directory in which a run once kept these states of a folder, the oldest first. */
async function keptBefore(data: string, root: string, states: readonly (() => void)[]): Promise<string[]> {
  const snapshots = new Snapshots({
    folder: path.join(data, 'snapshots'),
    program: await findGit(),
    clock: systemClock,
    random: seededRandom(1),
  });
  const ids: string[] = [];
  for (const [i, change] of states.entries()) {
    change();
    ids.push((await snapshots.take(root, `before fix-lint ${i}`, { run: i === 0 ? null : 'run_1' })).id);
  }
  await snapshots.dispose();
  await keepRun(data, root);
  return ids;
}

/** The run of those snapshots: it has done its work, and can be taken back. */
async function keepRun(data: string, root: string): Promise<void> {
  const store = await openStore(data);
  store.mind.transact((tx) => {
    const workspace = Hub.workspaceId(root);
    tx.run('INSERT INTO workspaces (id, path, opened_at) VALUES (?, ?, 0)', workspace, root);
    tx.run(
      `INSERT INTO wheel_runs (id, workspace, recipe, asked_by, asked_name, status, sentence, destination, created_at, changed_at, undo_until)
        VALUES ('run_1', ?, 'fix-lint', 'person', 'test', 'done', 'Fix lint.', 'here', 0, 0, ?)`,
      workspace,
      Date.now() + 3_600_000,
    );
    tx.emit({
      type: 'wheel.changed',
      subject: 'run_1',
      data: { status: 'done', from: 'verifying', recipe: 'fix-lint' },
    });
  });
  store.close();
}

describe('contract: snapshots, over a real socket and from a terminal', function () {
  this.timeout(120_000);
  let data: ReturnType<typeof temporaryFolder>;
  let repository: TestRepository;
  let t: TestCompanion;
  let root: string;
  let ids: string[];

  beforeEach(async () => {
    data = temporaryFolder();
    repository = await makeRepository();
    ({ root } = repository);
    repository.commit({ 'a.ts': 'one\n', 'src/b.ts': 'two\n', '.gitignore': 'node_modules/\n' });
    repository.write({ 'node_modules/x.js': 'x' });
    ids = await keptBefore(data.path, root, [
      () => {},
      () => repository.write({ 'a.ts': 'changed\n', 'new.ts': 'new\n' }),
    ]);
    t = await testCompanion({ dataDirectory: data.path });
  });
  afterEach(async () => {
    await t[Symbol.asyncDispose]();
    await repository[Symbol.asyncDispose]();
    data[Symbol.dispose]();
  });
  const text = (file: string) => readFileSync(path.join(root, file), 'utf8');

  it('snapshots.list and show: what is kept of a folder, the room it takes, what changed since', async () => {
    const { snapshots, bytes, limitBytes } = await t.api.snapshots.list({ workspace: root });
    assert.deepEqual(
      snapshots.map(({ id, why, run, workspace }) => ({ id, why, run, workspace })),
      [
        { id: ids[1], why: 'before fix-lint 1', run: 'run_1', workspace: root },
        { id: ids[0], why: 'before fix-lint 0', run: null, workspace: root },
      ],
    );
    assert.ok(bytes > 0 && limitBytes === 2000 * 1024 * 1024);
    assert.deepEqual((await t.api.snapshots.list({ workspace: '/somewhere/else' })).snapshots, []);
    const { snapshot, changes } = await t.api.snapshots.show({ id: ids[0]! });
    assert.deepEqual(snapshot.uncovered, ['node_modules/: nothing below it is kept']);
    assert.deepEqual(changes, [
      { path: 'a.ts', kind: 'changed' },
      { path: 'new.ts', kind: 'added' },
    ]);
    // Looking leaves nothing behind.
    assert.equal((await t.api.snapshots.list({})).snapshots.length, 2);
    await assert.rejects(t.api.snapshots.show({ id: 'snapshot_none' }), { code: 'not_found' });
  });

  it('[A1] snapshots.restore: files go back, the repository stays, how it stood before is kept', async () => {
    repository.run('add', '-A');
    repository.run('commit', '-qm', 'since');
    const head = repository.run('rev-parse', 'HEAD');
    const done = await t.api.snapshots.restore({ id: ids[0]! });
    assert.deepEqual([...done.restored].sort(), ['a.ts', 'new.ts']);
    assert.deepEqual(done.conflicts, []);
    assert.deepEqual([text('a.ts'), existsSync(path.join(root, 'new.ts'))], ['one\n', false]);
    assert.equal(repository.run('rev-parse', 'HEAD'), head);
    const again = await t.api.snapshots.restore({ id: done.before.id, files: ['new.ts'] });
    assert.deepEqual([again.restored, text('a.ts'), text('new.ts')], [['new.ts'], 'one\n', 'new\n']);
    await assert.rejects(t.api.snapshots.restore({ id: 'snapshot_none' }), { code: 'not_found' });
    renameSync(root, `${root}-away`);
    await assert.rejects(t.api.snapshots.restore({ id: ids[0]! }), { code: 'workspace_gone' });
    renameSync(`${root}-away`, root);
  });

  it('[A4] snapshots.prune: what is older goes, but not what a run could still be taken back with', async () => {
    const { removed, freed } = await t.api.snapshots.prune({ before: Date.now() + 1000 });
    assert.ok(removed === 1 && freed >= 0);
    assert.deepEqual(
      (await t.api.snapshots.list({})).snapshots.map(({ run }) => run),
      ['run_1'],
    );
  });

  it('a folder that is forgotten is forgotten here, too', async () => {
    await t.api.workspaces.open({ path: root });
    assert.equal(readdirSync(path.join(data.path, 'snapshots')).length, 1);
    await t.api.workspaces.forget({ path: root });
    assert.deepEqual(readdirSync(path.join(data.path, 'snapshots')), []);
  });

  it('what a killed companion left of rehearsals goes at the start', async () => {
    await t[Symbol.asyncDispose]();
    const left = path.join(data.path, 'rehearsals/rehearsal_x/src');
    mkdirSync(left, { recursive: true });
    writeFileSync(path.join(left, 'a.ts'), 'a');
    t = await testCompanion({ dataDirectory: data.path });
    await t.api.snapshots.list({});
    for (let i = 0; i < 100 && existsSync(left); i++) await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(existsSync(left), false);
  });

  /** `progeny snapshots …`, in a process of its own that nobody sits at. */
  const progeny = (...args: string[]) => {
    const { promise, resolve } = Promise.withResolvers<{ status: number; stdout: string; stderr: string }>();
    const words = [progenyScript, 'snapshots', ...args, '--workspace', root];
    const env = { ...process.env, PROGENY_DATA_DIR: data.path };
    const child = execFile(process.execPath, words, { env }, (error, stdout, stderr) =>
      resolve({ status: Number(error?.code ?? 0), stdout: stripVTControlCharacters(stdout), stderr }),
    );
    child.stdin?.end();
    return promise;
  };
  /** The same in this process. */
  const typed = async (...words: string[]) => {
    const command = commands.snapshots!;
    const args = readArguments([...words, '--workspace', root], command.options ?? {});
    let said = '';
    const result = (_value: unknown, text: () => string) => {
      said += stripVTControlCharacters(text());
    };
    await command.run(args, { json: false, result, stream() {}, progress() {}, note() {} }, t.api);
    return said;
  };

  it('progeny snapshots: shows what would change, and does it when told', async () => {
    const first = ids[0]!;
    assert.match(await typed('list'), /before fix-lint 1\n.*run_1\n.*before fix-lint 0\n.*\n.*of 2000 MB\.$/);
    assert.match(
      await typed('show', first),
      /Not kept:\n {2}node_modules\/: nothing .*\nSince then:\n {2}~ a\.ts\n {2}\+ new\.ts$/,
    );
    // Nobody there to ask: nothing is done.
    const asked = await progeny('restore', first);
    assert.match(asked.stderr, /this would change:\n {2}~ a\.ts\n {2}- new\.ts/);
    assert.match(asked.stdout, /^Nothing was changed: 2 files would be\. `--yes` does it\./);
    assert.equal(text('a.ts'), 'changed\n');
    await assert.rejects(typed('restore', first, 'src/b.ts'), /src\/b\.ts: not changed since/);
    assert.match(await typed('restore', first, './a.ts', '--yes'), /^Put back 1 file\./);
    assert.deepEqual([text('a.ts'), text('new.ts')], ['one\n', 'new\n']);
    assert.match(await typed('restore', first, '--yes'), /^Put back 1 file\./);
    assert.match(await typed('restore', first, '--yes'), /^The folder stands as it did then\./);
    assert.match(
      (await progeny('prune', '--before', '2099-01-01')).stdout,
      /^Nothing was removed: 4 snapshots would go/,
    );
    assert.match(await typed('prune', '--before', '2099-01-01', '--yes'), /^Let 3 snapshots go;/);
    assert.match(await typed('prune'), /^Let 0 snapshots go;/);
    await assert.rejects(typed('show'), /expected the id of a snapshot/);
    await assert.rejects(typed('undo'), /expected list, show, restore, prune; received "undo"/);
    await assert.rejects(typed('prune', '--before', 'soon'), /--before: expected a date/);
  });
});
