import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { demoDirectory, demoFolders, readDemoMarker } from '../../companion/demo-marker.ts';
import { ensureDemo } from '../../companion/demo-place.ts';
import { testCompanion } from '../support/companion.ts';
import { temporaryFolder } from '../support/temporary.ts';

describe('the demo mind', function () {
  this.timeout(300_000);

  it('[W9] touches nothing that is no demo', async () => {
    using folder = temporaryFolder();
    const directory = demoDirectory(path.join(folder.path, 'data'));
    mkdirSync(directory);
    writeFileSync(path.join(directory, 'mine.txt'), 'mine');
    const signal = new AbortController().signal;
    await assert.rejects(
      ensureDemo({ directory, now: Date.now(), fresh: true, signal, progress: () => {} }),
      /holds something that is no demo/,
    );
    assert.equal(readFileSync(path.join(directory, 'mine.txt'), 'utf8'), 'mine');
    assert.equal(demoFolders(directory), null);
  });

  it('[W9] stopped half-way it is made anew, used again when whole, and shows half a year through the contract', async () => {
    using folder = temporaryFolder();
    const directory = demoDirectory(path.join(folder.path, 'data'));
    const stopping = new AbortController();
    const at = { directory, now: Date.now(), fresh: false };
    const halfway = ensureDemo({
      ...at,
      signal: stopping.signal,
      progress: (words) => {
        if (!words.endsWith('the projects')) stopping.abort(new Error('stopped'));
      },
    });
    await assert.rejects(halfway, /stopped/);
    assert.equal(readDemoMarker(directory)?.state, 'writing');
    const said: string[] = [];
    const { signal } = new AbortController();
    const first = await ensureDemo({ ...at, signal, progress: (words) => void said.push(words) });
    assert.equal(first.made, true);
    assert.ok(said.length >= 7, said.join(', '));
    const second = await ensureDemo({ ...at, now: Date.now() + 1, signal, progress: () => {} });
    assert.deepEqual([second.made, second.at, second.folders.length], [false, first.at, 4]);
    assert.deepEqual([...second.folders].sort(), [...first.folders].sort());

    await using running = await testCompanion({ dataDirectory: directory, demo: demoFolders(directory) });
    const { api } = running;
    for (const each of first.folders) {
      await api.workspaces.open({ path: each });
      assert.ok(existsSync(path.join(each, '.git')));
    }
    assert.equal((await api.system.status({})).demo, true);
    await assert.rejects(api.workspaces.open({ path: folder.path }), /opens none but its own projects/);
    const status = ['proposed', 'open', 'stale', 'deferred', 'blessed', 'dropped', 'merged'] as const;
    const loops = await api.loops.list({ status: [...status], limit: 1000 });
    assert.ok(loops.length >= 100, `${loops.length} threads`);
    assert.deepEqual(new Set(loops.map(({ status: how }) => how)), new Set(status));
    const memories = await api.memories.recent({ limit: 1000 });
    assert.equal(memories.length, 1000);
    const { found } = await api.memories.recall({ query: 'why does the reminder come twice?', limit: 5 });
    assert.match(found.map(({ record }) => record.content).join('\n'), /lease|idempotency|twice/);
    const masks = await api.advisers.list({});
    assert.ok(masks.length >= 6 && masks.some(({ status: how }) => how === 'retired'));
    assert.ok(masks.some(({ record }) => record.hits >= 5));
    assert.ok((await api.council.list({ limit: 100 })).some(({ observed }) => observed !== null));
    assert.ok((await api.guilds.list({})).length >= 3);
    assert.ok((await api.review.queue({})).items.length > 0, 'something waits to be reviewed');
  });
});
