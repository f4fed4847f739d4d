import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { silentLogger, VirtualClock } from '../../../companion/kernel/index.ts';
import { defaultSettings, type EditorSignal, type Settings } from '../../../companion/protocol/index.ts';
import { COALESCE_MS } from '../../../companion/sensors/coalesce.ts';
import { type SensorChange, type SensorHealth, startSensing } from '../../../companion/sensors/index.ts';
import { FLUSH_MS } from '../../../companion/sensors/outbox.ts';
import type { SystemReaders } from '../../../companion/sensors/system-sample.ts';
import { PRESENCE_MS } from '../../../companion/sensors/workspace-watch.ts';
import { makeRepository } from '../../fixtures/repository.ts';
import {
  calm,
  eventually,
  FakeWatcher,
  hurried,
  MemorySink,
  NOON,
  temporaryFolder,
  turns,
} from './support.ts';

const quietMachine: SystemReaders = {
  cpuTicks: () => ({ busy: 0, total: 0 }),
  memoryPercent: () => 0,
  battery: async () => ({ percent: null, onBattery: false }),
  freeMb: async () => null,
};

/** Sensing a real folder with a fake watcher and a clock that stands still. */
async function faked(settings: Partial<Settings['sensors']> = {}) {
  const folder = temporaryFolder();
  const clock = new VirtualClock(NOON);
  const watcher = new FakeWatcher();
  const sink = new MemorySink();
  const changes: SensorChange[] = [];
  const health: SensorHealth[] = [];
  const sensing = startSensing({
    workspace: folder.path,
    settings: { ...defaultSettings.sensors, ...settings },
    ...{ clock, watcher, sink, logger: silentLogger, readers: quietMachine },
    onChange: (change) => changes.push(change),
    onHealth: (h) => health.push(h),
  });
  await sensing.ready;
  const pass = async (ms: number) => {
    clock.advance(ms);
    await turns();
  };
  return {
    ...{ folder, clock, watcher, sink, changes, health, sensing, pass },
    async [Symbol.asyncDispose]() {
      await sensing.dispose();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** Sensing a real folder with everything real. */
function real(workspace: string, settings: Partial<Settings['sensors']> = {}) {
  const sink = new MemorySink();
  const changes: SensorChange[] = [];
  const health: SensorHealth[] = [];
  const sensing = startSensing({
    workspace,
    settings: { ...defaultSettings.sensors, ...settings },
    ...{ clock: hurried, sink, logger: silentLogger, readers: quietMachine },
    onChange: (change) => changes.push(change),
    onHealth: (h) => health.push(h),
  });
  return { sink, changes, health, sensing, [Symbol.asyncDispose]: () => sensing.dispose() };
}

describe('sensors: sensing', function () {
  this.timeout(30_000);

  it('writes a span of an edit, tells it at once, and says that it watches', async () => {
    await using s = await faked();
    s.watcher.change('src/a.ts');
    await s.pass(COALESCE_MS);
    await s.pass(100);
    assert.deepEqual(s.changes, [{ kind: 'files', paths: ['src/a.ts'], many: false }]);
    await s.pass(FLUSH_MS);
    assert.deepEqual(s.sink.files(), ['src/a.ts']);
    assert.deepEqual(
      s.sink.rowsOfWork().map((row) => [row.kind, row.file, row.workspace]),
      [['edit', 'src/a.ts', s.folder.path]],
    );
    assert.deepEqual(
      s.health.map((h) => h.state),
      ['ok'],
    );
  });

  it('takes in editor signals and drops those about files that may not be recorded', async () => {
    await using s = await faked({ exclude: ['private/**'] });
    const at = NOON + 1_000_000;
    const signals: EditorSignal[] = [
      { kind: 'active', at, file: 'a.ts' },
      { kind: 'typing', at, file: 'a.ts', edits: 5 },
      { kind: 'save', at, file: 'private/diary.md' },
      { kind: 'typing', at, file: '.env', edits: 3 },
      { kind: 'active', at, file: '../other/b.ts' },
      { kind: 'focus', at, focused: false },
    ];
    assert.equal(s.sensing.report(signals), 4, 'an active file that may not be known is "elsewhere"');
    await s.sensing.flush();
    assert.deepEqual(s.sink.files('editor'), ['a.ts']);
    const [span] = s.sink.spans.values();
    assert.equal(span?.edits, 5);
    assert.equal(span?.ended, NOON, 'a time ahead of now counts as now');
  });

  it('[F6] turns 50,000 changed files into one span and looks at the tree once', async () => {
    await using s = await faked();
    for (let i = 0; i < 100; i++) {
      s.watcher.change(...Array.from({ length: 500 }, (_, j) => `dist/${i}/${j}.js`));
      await s.pass(50);
    }
    await s.pass(10_000);
    await s.sensing.flush();
    const storms = [...s.sink.spans.values()];
    assert.deepEqual(
      storms.map((span) => [span.kind, span.files, span.folders]),
      [['storm', 50_000, { dist: 50_000 }]],
    );
    assert.deepEqual(s.sink.rowsOfWork(), []);
    assert.equal(s.watcher.refreshes, 1);
    assert.ok(s.changes.length <= 12);
    assert.ok(s.changes.every((change) => change.kind === 'files' && change.many));
  });

  it('[F5] goes on after lost events: says so, looks anew, says that all is well', async () => {
    await using s = await faked();
    s.watcher.listener!.trouble({ kind: 'overflow', message: 'queue' });
    await s.pass(1_000);
    assert.equal(s.watcher.refreshes, 1);
    assert.deepEqual(
      s.health.map((h) => [h.state, h.reason]),
      [
        ['ok', 'watching'],
        ['degraded', 'overflow'],
        ['ok', 'watching'],
      ],
    );
  });

  it('[F6] spreads repeated looks at the tree over time', async () => {
    await using s = await faked();
    s.watcher.folders = 10_000;
    for (let i = 0; i < 3_600; i++) {
      s.watcher.listener!.trouble({ kind: 'overflow', message: 'queue' });
      await s.pass(1_000);
    }
    // A look at 10,000 folders costs some 400 ms; an hour affords 11,300 ms.
    assert.ok(s.watcher.refreshes > 20 && s.watcher.refreshes < 35, `${s.watcher.refreshes} looks`);
  });

  it('[F5] looks at times where the system refuses watches, and watches again when it can', async () => {
    await using s = await faked();
    writeFileSync(path.join(s.folder.path, 'before.ts'), '1');
    s.watcher.refuse = true;
    s.watcher.listener!.trouble({ kind: 'limit', message: 'ENOSPC' });
    assert.equal(s.health.at(-1)?.reason, 'watch_limit');
    assert.match(s.health.at(-1)?.message ?? '', /looked at from time to time/);
    await s.pass(60_000);
    await calm();
    await s.pass(1_000);
    assert.ok(s.changes.length > 0, 'the file is newer than the clock of this test');
    s.watcher.refuse = false;
    for (let i = 0; i < 60; i++) {
      await s.pass(15_000);
      await turns(200);
    }
    await eventually(() => assert.equal(s.health.at(-1)?.state, 'ok'));
    assert.equal(s.watcher.running, 1);
  });

  it('[F5] begins with a folder that is missing and senses it when it appears', async () => {
    await using outer = temporaryFolder();
    const workspace = path.join(outer.path, 'later');
    const clock = new VirtualClock(NOON);
    const watcher = new FakeWatcher();
    const health: string[] = [];
    const sensing = startSensing({
      ...{ workspace, clock, watcher, settings: defaultSettings.sensors, logger: silentLogger },
      ...{ sink: new MemorySink(), readers: quietMachine, onChange() {} },
      onHealth: (h) => health.push(h.state),
    });
    await sensing.ready;
    assert.deepEqual(health, ['gone']);
    assert.equal(sensing.report([{ kind: 'save', at: NOON, file: 'a.ts' }]), 0);
    mkdirSync(workspace);
    clock.advance(PRESENCE_MS);
    await eventually(() => assert.deepEqual(health, ['gone', 'ok']));
    assert.equal(watcher.running, 1);
    await sensing.dispose();
    assert.equal(watcher.running, 0);
  });

  it('writes an edit of the last moment when it is disposed', async () => {
    const s = await faked();
    s.watcher.change('a.ts');
    await s.sensing.dispose();
    assert.deepEqual(s.sink.files(), ['a.ts']);
    await s.folder[Symbol.asyncDispose]();
  });

  it('writes everything it saw when it is disposed, and nothing afterwards', async () => {
    const s = await faked();
    s.watcher.change('a.ts');
    s.watcher.change(...Array.from({ length: 400 }, (_, i) => `dist/${i}`));
    s.watcher.change('b.ts');
    const { listener } = s.watcher;
    await s.sensing.dispose();
    const [storm] = s.sink.spans.values();
    assert.equal(storm?.files, 402);
    listener!.changes([{ path: 'late.ts', type: 'update' }]);
    assert.equal(s.sensing.report([{ kind: 'save', at: NOON, file: 'late.ts' }]), 0);
    await s.pass(60_000);
    assert.equal(s.sink.spans.size, 1);
    await s.folder[Symbol.asyncDispose]();
  });

  it('[F5] says so when nothing can be written, and when it can again', async () => {
    await using s = await faked();
    s.sink.fail = true;
    s.watcher.change('a.ts');
    await s.pass(COALESCE_MS);
    await s.pass(FLUSH_MS);
    s.sink.fail = false;
    await s.pass(FLUSH_MS);
    assert.deepEqual(
      s.health.slice(1).map((h) => [h.state, h.reason]),
      [
        ['degraded', 'sink'],
        ['ok', 'sink'],
      ],
    );
    assert.deepEqual(s.sink.files(), ['a.ts']);
  });
});

describe('sensors: sensing a real folder', function () {
  this.timeout(30_000);

  it('counts three saves of a file in one span on its branch', async () => {
    await using repository = await makeRepository();
    repository.commit({ 'a.ts': '1', '.gitignore': 'out/\n' });
    await using s = real(repository.root);
    await s.sensing.ready;
    for (let i = 0; i < 3; i++) {
      writeFileSync(path.join(repository.root, 'a.tmp-write'), `${i}`);
      renameSync(path.join(repository.root, 'a.tmp-write'), path.join(repository.root, 'a.ts'));
      await calm();
    }
    mkdirSync(path.join(repository.root, 'out'));
    writeFileSync(path.join(repository.root, 'out', 'b.js'), 'x');
    await s.sensing.flush();
    assert.deepEqual(s.sink.files(), ['a.ts']);
    assert.equal(s.sink.edits('a.ts'), 3);
    assert.equal([...s.sink.spans.values()][0]?.branch, 'main');
  });

  it('follows the branch and tells parts of git', async () => {
    await using repository = await makeRepository();
    repository.commit({ 'a.ts': '1' });
    await using s = real(repository.root);
    await s.sensing.ready;
    repository.branch('topic');
    await eventually(() => {
      const told = s.changes.flatMap((change) => (change.kind === 'git' ? [change.what] : []));
      assert.ok(told.includes('head') && told.includes('refs'));
    });
    appendFileSync(path.join(repository.root, 'a.ts'), '2');
    await eventually(() => assert.ok(s.changes.some((c) => c.kind === 'files' && c.paths.includes('a.ts'))));
    await s.sensing.flush();
    assert.equal([...s.sink.spans.values()][0]?.branch, 'topic');
    assert.deepEqual(
      s.sink.rows.filter((row) => row.kind === 'branch').map((row) => row.branch),
      ['topic'],
    );
  });

  it('picks up a change of ignore rules, both ways', async () => {
    await using repository = await makeRepository();
    repository.commit({ '.gitignore': 'out/\n', 'out/.keep': '' });
    await using s = real(repository.root);
    await s.sensing.ready;
    const write = (file: string) => appendFileSync(path.join(repository.root, file), 'x');
    mkdirSync(path.join(repository.root, 'out'), { recursive: true });
    write('out/a.js');
    await calm();
    repository.write({ '.gitignore': '*.log\n' });
    await eventually(() => assert.ok(s.changes.some((c) => c.kind === 'files' && c.many)));
    write('out/b.js');
    write('x.log');
    repository.write({ '.git/info/exclude': '*.sql\n' });
    await calm();
    write('y.sql');
    await calm();
    await s.sensing.flush();
    assert.deepEqual(s.sink.files(), ['.gitignore', 'out/b.js']);
  });

  it('[F5] says that the folder is gone, and goes on when it is back', async () => {
    await using outer = temporaryFolder();
    const workspace = path.join(outer.path, 'w');
    mkdirSync(workspace);
    await using s = real(workspace);
    await s.sensing.ready;
    rmSync(workspace, { recursive: true });
    await eventually(() => assert.equal(s.health.at(-1)?.state, 'gone'));
    mkdirSync(workspace);
    await eventually(() => assert.equal(s.health.at(-1)?.state, 'ok'));
    writeFileSync(path.join(workspace, 'again.ts'), '1');
    await eventually(() =>
      assert.ok(s.changes.some((c) => c.kind === 'files' && c.paths.includes('again.ts'))),
    );
  });

  it('goes on without a word where the folder is replaced at once', async () => {
    await using outer = temporaryFolder();
    const workspace = path.join(outer.path, 'w');
    mkdirSync(workspace);
    await using s = real(workspace);
    await s.sensing.ready;
    rmSync(workspace, { recursive: true });
    mkdirSync(workspace);
    await eventually(() => assert.ok(s.changes.some((c) => c.kind === 'files' && c.many)));
    writeFileSync(path.join(workspace, 'again.ts'), '1');
    await eventually(() =>
      assert.ok(s.changes.some((c) => c.kind === 'files' && c.paths.includes('again.ts'))),
    );
    assert.deepEqual(
      s.health.map((h) => h.state),
      ['ok'],
    );
  });

  it('notices a repository that is made later', async () => {
    await using repository = await makeRepository();
    const git = path.join(repository.root, '.git');
    const hidden = path.join(repository.folder, 'hidden');
    renameSync(git, hidden);
    await using s = real(repository.root);
    await s.sensing.ready;
    renameSync(hidden, git);
    const told = () => s.changes.some((change) => change.kind === 'git' && change.what === 'worktree');
    await eventually(() => assert.ok(told()));
  });
});
