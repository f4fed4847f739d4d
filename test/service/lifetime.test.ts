import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { CompanionClient } from '../../companion/client/index.ts';
import {
  discoveryFile,
  ensureCompanion,
  findCompanion,
  openSocket,
  readDiscovery,
} from '../../companion/client/node.ts';
import type { Event } from '../../companion/protocol/index.ts';
import { companionScript, eventually, spawnCompanion } from '../support/companion.ts';
import { temporaryFolder } from '../support/temporary.ts';

const launch = { execPath: process.execPath, script: companionScript, args: ['serve', '--idle-exit', '60'] };

describe('one companion per user', () => {
  it('two windows that start at once share one', async () => {
    using folder = temporaryFolder();
    const found = await Promise.all(Array.from({ length: 4 }, () => ensureCompanion(folder.path, launch)));
    assert.equal(new Set(found.map((d) => d.instance)).size, 1);
    const client = new CompanionClient({
      kind: 'test',
      version: '0',
      open: () => openSocket(found[0] as never),
    });
    await (await client.connected(5000)).system.stop({});
    client.dispose();
    await eventually(async () => (await findCompanion(folder.path)) === null);
  });

  it('a lock and a discovery file of a dead process stand in nobody’s way', async () => {
    using folder = temporaryFolder();
    const first = await spawnCompanion(folder.path);
    await first.end('SIGKILL');
    const stale = readFileSync(discoveryFile(folder.path), 'utf8');
    assert.match(stale, new RegExp(String(first.child.pid)));
    assert.equal(await readDiscovery(folder.path), null);
    await using second = await spawnCompanion(folder.path);
    assert.notEqual(second.discovery.instance, JSON.parse(stale).instance);
  });

  it('a discovery file with a reused pid, or garbage, is seen through', async () => {
    using folder = temporaryFolder();
    mkdirSync(folder.path, { recursive: true });
    const pretend = {
      port: 1,
      token: 'x'.repeat(43),
      pid: process.pid,
      instance: 'i',
      version: '0',
      protocol: { min: 1, max: 1 },
      startedAt: 1,
    };
    writeFileSync(discoveryFile(folder.path), JSON.stringify(pretend));
    assert.equal(await findCompanion(folder.path), null);
    writeFileSync(discoveryFile(folder.path), '{"port":');
    writeFileSync(
      path.join(folder.path, 'companion.lock'),
      'pid 4711, not a database at all, long enough to have a header of its own. '.repeat(20),
    );
    await using healthy = await spawnCompanion(folder.path);
    assert.equal((await findCompanion(folder.path))?.pid, healthy.child.pid);
  });

  it('a second one on the same data directory leaves at once', async () => {
    using folder = temporaryFolder();
    await using first = await spawnCompanion(folder.path);
    await assert.rejects(spawnCompanion(folder.path), /did not start/);
    assert.equal((await findCompanion(folder.path))?.instance, first.discovery.instance);
  });

  it('a port that is taken is not fatal', async () => {
    using folder = temporaryFolder();
    const squatter = createServer();
    await new Promise<void>((resolve) => squatter.listen(0, '127.0.0.1', resolve));
    const { port } = squatter.address() as { port: number };
    await using companion = await spawnCompanion(folder.path, ['--port', String(port)]);
    assert.notEqual(companion.discovery.port, port);
    squatter.close();
  });

  it('it ends by itself when nobody is connected', async () => {
    using folder = temporaryFolder();
    const companion = await spawnCompanion(folder.path, ['--idle-exit', '1']);
    await eventually(() => companion.child.exitCode !== null, 8000);
    assert.equal(companion.child.exitCode, 0);
    assert.equal(await readDiscovery(folder.path), null);
  });

  it('a companion killed under its clients: they reconnect to the next and miss or repeat no event', async () => {
    using folder = temporaryFolder();
    using work = temporaryFolder();
    const seen: Event[] = [];
    const states: string[] = [];
    const client = new CompanionClient({
      kind: 'test',
      version: '0',
      since: 0,
      open: async () => openSocket(await ensureCompanion(folder.path, launch)),
    });
    client.onEvent((event) => seen.push(event));
    client.onConnection(({ state }) => states.push(state));
    try {
      await (await client.connected(15_000)).workspaces.open({ path: work.path });
      const acknowledged: string[] = [];
      for (let round = 0; round < 3; round++) {
        const writing = (async () => {
          for (let i = 0; i < 40; i++) {
            const loop = await client.api.loops.open({ workspace: work.path, title: `${round}.${i}` });
            acknowledged.push(loop.id);
          }
        })().catch(() => {});
        await new Promise((resolve) => setTimeout(resolve, 15 + round * 10));
        const { pid } = (await readDiscovery(folder.path)) as { pid: number };
        process.kill(pid, 'SIGKILL');
        await writing;
        await client.connected(15_000);
      }
      const last = (await client.api.events.list({ since: 0 })).last;
      await eventually(() => seen.at(-1)?.seq === last);
      const { events } = await client.api.events.list({ since: 0, limit: 1000 });
      assert.deepEqual(seen, events);
      const told = new Set(
        seen.filter((event) => event.type === 'loop.opened').map((event) => event.subject),
      );
      assert.deepEqual(
        acknowledged.filter((id) => !told.has(id)),
        [],
      );
      assert.ok(states.filter((state) => state === 'down').length >= 3);
      await client.api.system.stop({});
    } finally {
      client.dispose();
    }
  });
});
