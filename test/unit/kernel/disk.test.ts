import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Disk } from '../../../companion/kernel/disk.ts';
import { systemClock } from '../../../companion/kernel/index.ts';

describe('kernel/disk', function () {
  this.timeout(30_000);
  let folder: string;
  let file: string;
  const disk = new Disk({ clock: systemClock, quietMs: 10 });

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'progeny-disk-'));
    file = path.join(folder, 'now.md');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('replaces a file only if it holds what was expected', async () => {
    assert.equal(await disk.replace(file, 'a', Buffer.from('x')), false);
    assert.equal(existsSync(file), false);
    assert.equal(await disk.replace(file, 'a', null), true);
    assert.equal(await disk.replace(file, 'b', null), false);
    assert.equal(await disk.replace(file, 'b', Buffer.from('x')), false);
    assert.equal(await disk.replace(file, 'b', Buffer.from('a')), true);
    assert.equal(readFileSync(file, 'utf8'), 'b');
    assert.deepEqual(readdirSync(folder), ['now.md']);
  });

  it('[F5] puts back what an editor saved into the old file in the very moment', async function () {
    if (process.platform === 'win32') this.skip();
    // An editor that writes in place: it opens the file before it is replaced, and writes after.
    class Raced extends Disk {
      override async write(target: string, content: string | Uint8Array): Promise<void> {
        if (content !== 'ours') return super.write(target, content);
        const { openSync, writeSync, closeSync, ftruncateSync } = await import('node:fs');
        const editor = openSync(target, 'r+');
        await super.write(target, content);
        ftruncateSync(editor);
        writeSync(editor, 'half of');
        setTimeout(() => {
          writeSync(editor, ' the edit');
          closeSync(editor);
        }, 5);
      }
    }
    writeFileSync(file, 'before');
    const raced = new Raced({ clock: systemClock, quietMs: 100 });
    assert.equal(await raced.replace(file, 'ours', Buffer.from('before')), false);
    assert.equal(readFileSync(file, 'utf8'), 'half of the edit');
  });

  it('[F5] reads plain files only: no link, no folder, no pipe', async () => {
    assert.deepEqual(await disk.read(file), { kind: 'missing' });
    symlinkSync(path.join(folder, 'target'), file);
    writeFileSync(path.join(folder, 'target'), 'secret');
    assert.deepEqual(await disk.read(file), { kind: 'other', what: 'a symbolic link' });
    assert.deepEqual(await disk.read(folder), { kind: 'other', what: 'a folder' });
    assert.deepEqual(await disk.read(path.join(file, 'below')), { kind: 'missing' });
    assert.equal(await disk.replace(file, 'x', null), false);
    assert.equal(await disk.replace(file, 'x', Buffer.from('secret')), false);
    assert.equal(readFileSync(path.join(folder, 'target'), 'utf8'), 'secret');
    if (process.platform === 'win32') return;
    const pipe = path.join(folder, 'pipe');
    spawnSync('mkfifo', [pipe]);
    assert.deepEqual(await disk.read(pipe), { kind: 'other', what: 'not a plain file' });
  });

  it('waits until a file stays as it is, and not for ever', async () => {
    writeFileSync(file, 'a');
    const first = await disk.read(file);
    setTimeout(() => appendFileSync(file, 'b'), 5);
    const found = await disk.settled(file, first);
    assert.equal(found?.kind === 'file' && found.bytes.toString(), 'ab');
    let n = 0;
    class Busy extends Disk {
      override async read() {
        return { kind: 'file' as const, bytes: Buffer.from(String(n++)) };
      }
    }
    assert.equal(await new Busy({ clock: systemClock, quietMs: 0 }).settled(file, first), null);
  });

  it('makes one folder, never those above it', async () => {
    const made = path.join(folder, 'a');
    assert.equal(await disk.makeFolder(made), true);
    assert.equal(await disk.makeFolder(made), false);
    await assert.rejects(disk.makeFolder(path.join(folder, 'b', 'c')), { code: 'ENOENT' });
    mkdirSync(path.join(folder, 'd'));
    assert.equal(await disk.kindOf(path.join(folder, 'd')), 'folder');
  });
});
