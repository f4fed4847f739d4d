import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createApi } from '../../companion/client/index.ts';
import { type Discovery, findCompanion, openSocket } from '../../companion/client/node.ts';
import {
  randomInt,
  seededRandom,
  silentLogger,
  systemClock,
  systemRandom,
  VirtualClock,
} from '../../companion/kernel/index.ts';
import { PROTOCOL } from '../../companion/protocol/index.ts';
import { Store } from '../../companion/store/index.ts';
import { applicable } from '../support/applicable.ts';
import { companionScript, eventually, spawnCompanion } from '../support/companion.ts';
import { temporaryFolder } from '../support/temporary.ts';

const KILLS = 100;
const EVENTS = 10_000;
const limits = () => ({ warnFreeMb: 0, readOnlyFreeMb: 0, dailyBackups: 1, weeklyBackups: 0 });

async function greetedApi(discovery: Discovery) {
  const socket = await openSocket(discovery);
  const api = createApi(socket);
  await api.system.hello({ protocol: { ...PROTOCOL }, client: { kind: 'test', version: '0' } });
  return { api, close: () => socket.close() };
}

describe('kill -9', () => {
  it(`[F4] ${KILLS} times under a load of ${EVENTS} writes: every acknowledged one is there, once, in order`, async function () {
    this.timeout(280_000);
    using folder = temporaryFolder();
    using work = temporaryFolder();
    const random = seededRandom(41);
    const acknowledged: { number: number; id: string }[] = [];
    let next = 0;
    for (let kill = 0; kill <= KILLS; kill++) {
      const companion = await spawnCompanion(folder.path);
      const { api, close } = await greetedApi(companion.discovery);
      if (kill === 0) await api.settings.update({ gateway: { rateFactor: 1000 } });
      await api.workspaces.open({ path: work.path, trusted: false });
      const target = kill === KILLS ? EVENTS : Math.ceil(((kill + 1) * EVENTS) / (KILLS + 1));
      const write = async () => {
        while (next < target || kill < KILLS) {
          const number = next++;
          const { id } = await api.loops.open({ workspace: work.path, title: `write ${number}` });
          acknowledged.push({ number, id });
        }
      };
      const writers = Array.from({ length: 8 }, () => write().catch(() => {}));
      if (kill < KILLS) {
        // At a random moment once this life has done its share of the load.
        while (next < target) await delay(2);
        await delay(randomInt(random, 25));
        await companion.end('SIGKILL');
      }
      await Promise.all(writers);
      close();
      if (kill === KILLS) await companion.end();
    }
    assert.ok(acknowledged.length >= EVENTS - KILLS * 8, `${acknowledged.length} writes were acknowledged`);

    const store = await Store.open({
      dataDirectory: folder.path,
      clock: systemClock,
      random: systemRandom,
      logger: silentLogger,
      limits,
    });
    try {
      assert.equal(await store.findDamage(), null);
      const rows = store.mind.read((r) =>
        r.all<{ id: string; title: string }>("SELECT id, title FROM loops WHERE title LIKE 'write %'"),
      );
      const stored = new Map(rows.map((row) => [row.id, row.title]));
      assert.deepEqual(
        acknowledged.filter(({ id, number }) => stored.get(id) !== `write ${number}`),
        [],
      );
      assert.equal(new Set(rows.map((row) => row.title)).size, rows.length, 'a write is there twice');
      const events = store.mind.events(0, 1_000_000).filter((event) => event.type === 'loop.opened');
      assert.equal(events.length, rows.length, 'state and events differ');
      const seqOf = new Map(events.map((event) => [event.subject, event.seq]));
      // One connection's answers come in the order of its writes; so do their events.
      const order = acknowledged.map(({ id }) => seqOf.get(id) as number);
      assert.deepEqual(
        order,
        [...order].sort((a, b) => a - b),
      );
    } finally {
      store.close();
    }
  });

  applicable(process.platform === 'linux', 'system call traces need strace on Linux')(
    '[F4] what a user wrote is synced to disk before it is acknowledged',
    async function () {
      this.timeout(60_000);
      installStrace();
      using folder = temporaryFolder();
      using work = temporaryFolder();
      const trace = path.join(folder.path, 'trace');
      const data = path.join(folder.path, 'data');
      const strace = spawn(
        'strace',
        [
          '-f',
          '-y',
          '-s',
          '400',
          '-e',
          'trace=fsync,fdatasync,write,writev,sendto,sendmsg,pwrite64',
          '-o',
          trace,
          process.execPath,
          companionScript,
          'serve',
        ],
        { env: { ...process.env, PROGENY_DATA_DIR: data }, stdio: 'ignore' },
      );
      try {
        const discovery = await eventually(() => findCompanion(data), 30_000);
        const { api, close } = await greetedApi(discovery);
        await api.workspaces.open({ path: work.path, trusted: false });
        const ids: string[] = [];
        for (let i = 0; i < 5; i++)
          ids.push((await api.whispers.add({ workspace: work.path, text: `canary-${i}` })).id);
        await api.system.stop({});
        close();
        await eventually(() => strace.exitCode !== null, 20_000);
        const lines = readFileSync(trace, 'utf8').split('\n');
        for (const id of ids) {
          const answered = lines.findIndex(
            (line) =>
              /(write|writev|sendto|sendmsg)\(/.test(line) && !line.includes('mind.db') && line.includes(id),
          );
          assert.ok(answered > 0, `no answer with ${id} in the trace`);
          const written = lines.findLastIndex(
            (line, index) => index < answered && /pwrite64\(\d+<[^>]*mind\.db-wal>/.test(line),
          );
          const synced = lines.findIndex(
            (line, index) => index > written && /f(data)?sync\(\d+<[^>]*mind\.db-wal>/.test(line),
          );
          assert.ok(
            written > 0 && synced > written && synced < answered,
            `${id}: written ${written}, synced ${synced}, answered ${answered}`,
          );
        }
      } finally {
        strace.kill('SIGKILL');
      }
    },
  );
});

describe('work across hub and mind', () => {
  it('[F4] killed at any step, it completes at the next start, once', async () => {
    for (const step of ['decided', 'applied', 'settled'] as const) {
      using folder = temporaryFolder();
      const open = () =>
        Store.open({
          dataDirectory: folder.path,
          clock: new VirtualClock(1_000_000),
          random: seededRandom(1),
          logger: silentLogger,
          limits,
        });
      const carryOut = (store: Store, until: typeof step | 'end') => {
        for (const intent of store.hub.intents('creator')) {
          store.mind.applyIntent(intent.id, (tx) => {
            tx.run(
              'INSERT INTO workspaces (id, path, opened_at) VALUES (?, ?, 0)',
              String(intent.payload.id),
              String(intent.payload.path),
            );
            tx.emit({ type: 'workspace.registered', subject: String(intent.payload.id) });
          });
          if (until !== 'applied') store.hub.settle(intent.id);
        }
      };
      const first = await open();
      first.hub.transact((tx) => {
        tx.run("INSERT INTO workspaces (id, path, registered_at) VALUES ('ws_1', '/somewhere', 0)");
        first.hub.intend(tx, 'creator', 'workspace.register', { id: 'ws_1', path: '/somewhere' });
      });
      if (step !== 'decided') carryOut(first, step);
      first.close();

      const second = await open();
      carryOut(second, 'end');
      carryOut(second, 'end');
      assert.equal(second.hub.intents('creator').length, 0);
      assert.equal(second.mind.read((r) => r.all('SELECT id FROM workspaces')).length, 1);
      assert.equal(
        second.mind.events(0, 100).filter((event) => event.type === 'workspace.registered').length,
        1,
        step,
      );
      second.close();
    }
  });

  it('[F4] a decision that is not committed never happened', async () => {
    using folder = temporaryFolder();
    const store = await Store.open({
      dataDirectory: folder.path,
      clock: systemClock,
      random: systemRandom,
      logger: silentLogger,
      limits,
    });
    assert.throws(() =>
      store.hub.transact((tx) => {
        tx.run("INSERT INTO workspaces (id, path, registered_at) VALUES ('ws_1', '/somewhere', 0)");
        store.hub.intend(tx, 'creator', 'workspace.register', { id: 'ws_1' });
        throw new Error('killed here');
      }),
    );
    assert.equal(store.hub.intents('creator').length, 0);
    assert.equal(store.hub.workspaceByPath('/somewhere'), undefined);
    store.close();
  });
});

/** strace comes from the distribution; without it the order of system calls cannot be shown. */
function installStrace(): void {
  if (spawnSync('strace', ['-V']).status === 0) return;
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const run = (...args: string[]) =>
    execFileSync([...sudo, ...args][0] as string, [...sudo, ...args].slice(1), { stdio: 'ignore' });
  run('apt-get', 'update', '-qq');
  run('apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'strace');
}
