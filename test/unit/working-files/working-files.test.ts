import assert from 'node:assert/strict';
import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { World } from './world.ts';

describe('working-files/working files', function () {
  this.timeout(30_000);

  it('makes nothing before it is told to, and then all files with a `.gitignore` of their own', async () => {
    await using world = await World.make();
    world.open('Fix the clock');
    await world.files.sync();
    assert.equal(existsSync(world.folder), false);
    assert.equal(await world.files.ensureFolder(), world.folder);
    const report = await world.files.sync();
    assert.deepEqual(report.written, ['open_loops.json', 'decisions.json', 'now.md']);
    assert.deepEqual(world.names(), [
      '.gitignore',
      'decisions.json',
      'now.md',
      'open_loops.json',
      'tuning.md',
    ]);
    assert.match(world.read('.gitignore'), /^\*$/m);
    assert.equal(world.read('tuning.md').trim().split('\n').length, 4);
    if (process.platform !== 'win32') assert.equal(statSync(world.file('now.md')).mode & 0o777, 0o600);
  });

  it('[F3] writes a loop as people read it', async () => {
    await using world = await World.make();
    const id = world.open('Fix the clock', { context: 'in `advance`' });
    await world.files.ensureFolder();
    await world.files.sync();
    assert.deepEqual(world.json('open_loops.json'), {
      version: 1,
      loops: [
        {
          id,
          title: 'Fix the clock',
          context: 'in `advance`',
          status: 'open',
          priority: 'normal',
          deferUntil: null,
          summary: 'opened just now',
          anchors: [],
        },
      ],
    });
    assert.equal(
      world.read('now.md'),
      `# Wednesday 5 November 2025

Focus:
Energy:

## Top three

1. Fix the clock <!-- ${id} -->

## To close

- [ ] Fix the clock <!-- ${id} -->

## Notes
`,
    );
  });

  it('writes only what changed, and never a private loop', async () => {
    await using world = await World.make();
    world.open('Shown');
    world.open('Secret plan', { private: true, context: 'hush' });
    await world.files.ensureFolder();
    await world.files.sync();
    assert.deepEqual((await world.files.sync()).written, []);
    const decided = world.decide('Which store?', 'SQLite');
    assert.deepEqual((await world.files.sync()).written, ['decisions.json']);
    assert.equal(world.json('decisions.json').decisions[0].id, decided);
    const everything = world.names().map((name) => world.read(name));
    assert.ok(everything.every((text) => !/Secret plan|hush/.test(text)));
  });

  it('does not write again for what was only measured, until some minutes have passed', async () => {
    await using world = await World.make();
    world.open('Fix the clock');
    await world.files.ensureFolder();
    await world.files.sync();
    world.clock.time += 5 * 60_000;
    assert.deepEqual((await world.files.sync()).written, []);
    world.clock.time += 6 * 60_000;
    assert.deepEqual((await world.files.sync()).written, ['open_loops.json']);
    assert.match(world.read('open_loops.json'), /opened 11 min ago/);
  });

  it('writes a file again that was deleted, empties nothing by it, and leaves `tuning.md` alone', async () => {
    await using world = await World.make();
    world.open('Fix the clock');
    await world.files.ensureFolder();
    await world.files.sync();
    const before = world.stored;
    rmSync(world.file('open_loops.json'));
    world.edit('now.md', '\n');
    world.edit('tuning.md', 'Mine.');
    rmSync(world.file('decisions.json'));
    const report = await world.files.sync();
    assert.deepEqual(report.written, ['open_loops.json', 'decisions.json', 'now.md']);
    assert.deepEqual(report.rejected, []);
    assert.deepEqual(world.stored, before);
    await world.files.ensureFolder();
    assert.equal(world.read('tuning.md'), 'Mine.');
    rmSync(world.file('tuning.md'));
    await world.files.ensureFolder();
    assert.equal(existsSync(world.file('tuning.md')), false);
  });

  it('notices an edit by itself, and says what came of it', async () => {
    await using world = await World.make();
    world.open('Fix the clock');
    const { promise, resolve } = Promise.withResolvers<void>();
    const files = world.start({
      debounceMs: 20,
      onSynced: (report) => {
        if (report.applied.length > 0) resolve();
      },
    });
    await files.ensureFolder();
    await files.sync();
    world.editJson('open_loops.json', (document) => {
      document.loops[0].title = 'Freeze the clock';
    });
    await promise;
    assert.equal(world.json('open_loops.json').loops[0].title, 'Freeze the clock');
  });

  it('goes on where the folder was deleted: at the next whisper there is a new one', async () => {
    await using world = await World.make();
    world.open('Fix the clock');
    await world.files.ensureFolder();
    await world.files.sync();
    rmSync(world.folder, { recursive: true });
    await world.files.sync();
    assert.equal(existsSync(world.folder), false);
    await world.files.ensureFolder();
    await world.files.sync();
    assert.deepEqual(world.names(), [
      '.gitignore',
      'decisions.json',
      'now.md',
      'open_loops.json',
      'tuning.md',
    ]);
  });

  it('[F5] says that the workspace has vanished by doing nothing, and never makes it again', async () => {
    await using world = await World.make();
    world.open('Fix the clock');
    await world.files.ensureFolder();
    await world.files.sync();
    rmSync(world.workspace.path, { recursive: true });
    await world.files.sync();
    assert.equal(await world.files.ensureFolder(), null);
    assert.equal(existsSync(world.workspace.path), false);
    assert.match(world.health.at(-1)?.message ?? '', /the folder is gone/);
  });

  it('does nothing any more once it is disposed', async () => {
    await using world = await World.make();
    await world.files.ensureFolder();
    await world.files.dispose();
    writeFileSync(path.join(world.folder, 'now.md'), 'x');
    assert.deepEqual((await world.files.sync()).written, []);
  });
});
