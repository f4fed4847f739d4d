import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Disk } from '../../../companion/kernel/disk.ts';
import { World } from './world.ts';

describe('working-files/sync pass', function () {
  this.timeout(30_000);

  it('[F5] an edit saved between being read and being written over is read in the same sync', async () => {
    await using world = await World.make();
    const one = world.open('One');
    await world.files.ensureFolder();
    await world.files.sync();
    let saved = false;
    class Late extends Disk {
      override replace(file: string, text: string, expected: Buffer | null): Promise<boolean> {
        if (!saved) writeFileSync(file, readFileSync(file, 'utf8').replace('"One"', '"Uno"'));
        saved = true;
        return super.replace(file, text, expected);
      }
    }
    world.open('Two');
    const report = await world.start({ disk: new Late({ clock: world.clock, quietMs: 0 }) }).sync();
    assert.equal(report.applied.length, 1);
    assert.equal(world.loops.get(one).title, 'Uno');
    assert.deepEqual(
      world
        .json('open_loops.json')
        .loops.map(({ title }: { title: string }) => title)
        .sort(),
      ['Two', 'Uno'],
    );
  });

  it('[F5] gives way to a program that never stops saving, and loses nothing of it', async () => {
    await using world = await World.make();
    world.open('One');
    await world.files.ensureFolder();
    await world.files.sync();
    let n = 0;
    class Busy extends Disk {
      override replace(file: string, text: string, expected: Buffer | null): Promise<boolean> {
        if (path.basename(file) === 'now.md') writeFileSync(file, `Focus: ${n++}\n${text}`);
        return super.replace(file, text, expected);
      }
    }
    world.open('Two');
    await world.start({ disk: new Busy({ clock: world.clock, quietMs: 0 }) }).sync();
    assert.equal(n, 3);
    assert.match(world.read('now.md'), /^Focus: 2/);
  });

  it('[F5] does not make a workspace again that vanishes while it is written', async () => {
    await using world = await World.make();
    world.open('One');
    await world.files.ensureFolder();
    await world.files.sync();
    class Vanishing extends Disk {
      override async write(file: string, content: string | Uint8Array): Promise<void> {
        if (file.endsWith('.next')) rmSync(world.workspace.path, { recursive: true, force: true });
        return super.write(file, content);
      }
    }
    world.open('Two');
    await world.start({ disk: new Vanishing({ clock: world.clock, quietMs: 0 }) }).sync();
    assert.equal(existsSync(world.workspace.path), false);
  });

  it('[F5] trouble with one file leaves the others in step, is told once, and passes', async () => {
    await using world = await World.make();
    world.open('One');
    await world.files.ensureFolder();
    await world.files.sync();
    let full = true;
    class Full extends Disk {
      override async write(file: string, content: string | Uint8Array): Promise<void> {
        if (full && path.basename(file) === 'open_loops.json')
          throw Object.assign(new Error('ENOSPC: no space left on device'), {
            code: 'ENOSPC',
            syscall: 'write',
          });
        return super.write(file, content);
      }
    }
    const files = world.start({ disk: new Full({ clock: world.clock, quietMs: 0 }) });
    world.open('Two');
    const report = await files.sync();
    assert.deepEqual(report.written, ['now.md']);
    assert.deepEqual(report.failed, [
      {
        file: 'open_loops.json',
        message: '`open_loops.json` could not be written; it is tried again. ENOSPC: no space left on device',
      },
    ]);
    await files.sync();
    assert.equal(world.health.length, 1);
    full = false;
    assert.deepEqual((await files.sync()).written, ['open_loops.json']);
  });
});
