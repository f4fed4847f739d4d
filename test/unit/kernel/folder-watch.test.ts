import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { FolderWatch } from '../../../companion/kernel/folder-watch.ts';
import { systemClock } from '../../../companion/kernel/index.ts';
import { WATCHED } from '../../../companion/working-files/names.ts';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const isWatched = (name: string) => WATCHED.has(name);

describe('kernel/folder watch', function () {
  this.timeout(30_000);
  let folder: string;
  let watch: FolderWatch;
  let seen = 0;
  let failures: unknown[] = [];
  let next = Promise.withResolvers<void>();

  beforeEach(() => {
    folder = path.join(mkdtempSync(path.join(os.tmpdir(), 'progeny-watch-')), '.progeny');
    mkdirSync(folder);
    seen = 0;
    failures = [];
    next = Promise.withResolvers();
    watch = new FolderWatch({
      clock: systemClock,
      debounceMs: 50,
      names: isWatched,
      onChange: () => {
        seen++;
        next.resolve();
        next = Promise.withResolvers();
      },
      onFailure: (error) => failures.push(error),
    });
  });
  afterEach(async () => {
    watch.dispose();
    await rm(path.dirname(folder), { recursive: true });
  });

  it('tells of working files once they are quiet, and of nothing else', async () => {
    watch.watch(folder);
    writeFileSync(path.join(folder, 'open_loops.json.rejected'), 'x');
    await pause(150);
    assert.equal(seen, 0);
    const told = next.promise;
    for (let i = 0; i < 5; i++) writeFileSync(path.join(folder, 'now.md'), String(i));
    await told;
    assert.equal(seen, 1);
  });

  it('goes over to a folder that was made anew', async () => {
    watch.watch(folder);
    rmSync(folder, { recursive: true });
    mkdirSync(folder);
    watch.watch(folder);
    const told = next.promise;
    writeFileSync(path.join(folder, 'now.md'), 'x');
    await told;
  });

  it('follows an editor that saves by renaming', async () => {
    watch.watch(folder);
    const told = next.promise;
    writeFileSync(path.join(folder, 'now.md~'), 'x');
    renameSync(path.join(folder, 'now.md~'), path.join(folder, 'now.md'));
    await told;
  });

  it('does nothing where there is no folder, and nothing after it is disposed', async () => {
    watch.watch(path.join(folder, 'missing'));
    watch.watch(folder);
    writeFileSync(path.join(folder, 'now.md'), 'x');
    await pause(10);
    watch.dispose();
    await pause(150);
    assert.equal(seen, 0);
    assert.deepEqual(failures, []);
  });
});
