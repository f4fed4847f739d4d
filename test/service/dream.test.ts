import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { type Api, createApi } from '../../companion/client/index.ts';
import { openSocket } from '../../companion/client/node.ts';
import { randomInt, seededRandom } from '../../companion/kernel/index.ts';
import { PROTOCOL } from '../../companion/protocol/index.ts';
import { type CompanionProcess, eventually, spawnCompanion } from '../support/companion.ts';
import { openStore } from '../support/store.ts';
import { temporaryFolder } from '../support/temporary.ts';

const KILLS = 10;
const WORDS = [
  ['scheduler', 'clock', 'flaky', 'cron'],
  ['parser', 'grammar', 'token', 'bracket'],
  ['invoice', 'rounding', 'currency', 'ledger'],
];

async function greeted({ discovery }: CompanionProcess): Promise<{ api: Api; close(): void }> {
  const socket = await openSocket(discovery);
  const api = createApi(socket);
  await api.system.hello({ protocol: { ...PROTOCOL }, client: { kind: 'test', version: '0' } });
  return { api, close: () => socket.close() };
}

/** What a dream made of a mind, with records and themes told by what they say. */
async function outcome(data: string) {
  const store = await openStore(data);
  try {
    return store.mind.read((reader) => {
      const memories = reader.all<{ id: string; kind: string; content: string; archived: number }>(
        `SELECT id, kind, content, archived_at IS NOT NULL AS archived FROM memories`,
      );
      const said = new Map(memories.map(({ id, content }) => [id, content]));
      const members = Map.groupBy(
        reader.all<{ cluster: string; subject: string }>('SELECT cluster, subject FROM cluster_members'),
        ({ cluster }) => cluster,
      );
      const links = reader.all<{ memory: string; kind: string; target: string }>(
        'SELECT * FROM memory_links',
      );
      const [dream] = reader.all<{ status: string; stage: string | null; summary: string }>(
        'SELECT status, stage, summary FROM dreams',
      );
      const results = JSON.parse(dream!.summary) as Record<string, { counts: object }>;
      return {
        memories: memories.map(({ kind, content, archived }) => `${kind} ${archived} ${content}`).sort(),
        themes: [...members.values()]
          .map((each) => each.map(({ subject }) => said.get(subject)).sort())
          .sort(),
        links: links
          .filter(({ kind }) => kind !== 'theme')
          .map(({ memory, kind, target }) => `${said.get(memory)} ${kind} ${said.get(target) ?? target}`)
          .sort(),
        dream: [
          dream!.status,
          dream!.stage,
          Object.entries(results).map(([name, { counts }]) => [name, counts]),
        ],
      };
    });
  } finally {
    store.close();
  }
}

describe('dream, in a process of its own', function () {
  this.timeout(240_000);

  it(`[S6] killed ${KILLS} times at random instants, it goes on and ends like an undisturbed one`, async () => {
    using folder = temporaryFolder();
    const at = (name: string) => path.join(folder.path, name);
    const first = await spawnCompanion(at('first'));
    const { api, close } = await greeted(first);
    await api.settings.update({ gateway: { rateFactor: 1000 }, dream: { at: '' } });
    for (let n = 0; n < 10; n++)
      for (const [a, b, c, d] of WORDS)
        await api.memories.remember({
          content: `The ${a} and the ${b} broke ${n % 2 ? c : d} in week ${n}.`,
          kind: 'episode',
        });
    for (const port of [8080, 9090])
      await api.memories.remember({ content: `The gateway listens on port ${port}`, kind: 'fact' });
    close();
    await first.end();
    // Both copies have the same salt: what chance decides, it decides alike.
    for (const name of ['undisturbed', 'killed']) cpSync(at('first'), at(name), { recursive: true });

    const dream = async (data: string) => {
      const companion = await spawnCompanion(data);
      const talk = await greeted(companion);
      await talk.api.dreams.run({ force: true });
      return { companion, ...talk };
    };
    const finish = async (data: string) => {
      const { companion, api: asked, close: end } = await dream(data);
      await eventually(async () => (await asked.dreams.last({}))?.status === 'done', 60_000);
      await eventually(async () => (await asked.jobs.list({}))[0]?.status === 'done', 10_000);
      end();
      await companion.end();
    };
    await finish(at('undisturbed'));
    const random = seededRandom(11);
    for (let kill = 0; kill < KILLS; kill++) {
      const { companion, close: end } = await dream(at('killed'));
      await delay(randomInt(random, 400));
      await companion.end('SIGKILL');
      end();
    }
    await finish(at('killed'));
    const [wanted, found] = [await outcome(at('undisturbed')), await outcome(at('killed'))];
    assert.deepEqual(found, wanted);
    assert.ok(
      wanted.themes.length === 3 && wanted.memories.some((each) => each.startsWith('dream')),
      JSON.stringify(wanted),
    );
  });

  const command = (data: string, ...args: string[]) =>
    spawn(process.execPath, [path.resolve('companion/cli/progeny.ts'), ...args], {
      env: { ...process.env, PROGENY_DATA_DIR: data },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const said = async (child: ReturnType<typeof command>) => {
    const [out, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
    return { out, code: code as number | null };
  };

  it('[S6] `progeny dream` shows what was done; there is nothing to do twice', async () => {
    using folder = temporaryFolder();
    const data = path.join(folder.path, 'data');
    await using _ = await spawnCompanion(data);
    assert.match((await said(command(data, 'dream', '--status'))).out, /^There has been no dream yet\./);
    assert.match(
      (await said(command(data, 'dream'))).out,
      /^There is nothing new; a dream needs 60 min\. Nothing was changed\. `progeny dream --force` runs it all the same\.\n$/,
    );
    const forced = await said(command(data, 'dream', '--force'));
    assert.match(
      forced.out,
      /^Dream of \d{4}-\d\d-\d\d · \d\d:\d\d, took \d+ s\nDone {6}Nothing had to be changed\.\n$/,
    );
    const { job, dream } = JSON.parse((await said(command(data, 'dream', '--json'))).out);
    assert.deepEqual([job, dream.status], [null, 'done']);
    assert.equal((await said(command(data, 'dream', '--status'))).out, forced.out);
  });

  it('[S6] while another process dreams, the command waits and says so; Ctrl-C cancels', async () => {
    using folder = temporaryFolder();
    const data = path.join(folder.path, 'data');
    const store = await openStore(data);
    const day = (now: number) => new Date(now).toISOString().slice(0, 10);
    store.mind.record((writer) => {
      const sql = `INSERT INTO dreams (day, status, asked, started_at, stage, summary, newest, pid, instance, leased_at)
        VALUES (?, 'running', 'schedule', 0, 'merge', '{}', 0, ?, 'instance_other', ?)`;
      // Whichever of these days it is by the clock of this machine.
      writer.run(sql, day(Date.now() + 86_400_000), process.pid, Date.now());
    });
    store.close();
    const companion = await spawnCompanion(data);
    const { api, close } = await greeted(companion);
    const child = command(data, 'dream', '--force');
    const waiting = await eventually(async () =>
      (await api.jobs.list({})).find(({ message }) =>
        /^Process \d+ dreams .*: waiting until it has ended$/.test(message),
      ),
    );
    assert.equal(waiting.kind, 'dream');
    // From its first word on it takes Ctrl-C as a wish to cancel.
    await once(child.stderr, 'data');
    const ended = said(child);
    child.kill('SIGINT');
    const { out, code } = await ended;
    assert.deepEqual([code, /^Cancelled\. What was done stays/.test(out)], [130, true], out);
    close();
    await companion.end();
  });
});
