import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { type ClientOptions, CompanionClient, type SocketLike } from '../../companion/client/index.ts';
import { openSocket } from '../../companion/client/node.ts';
import { VirtualClock } from '../../companion/kernel/index.ts';
import type { Event } from '../../companion/protocol/index.ts';
import { eventually, type TestCompanion, testCompanion } from '../support/companion.ts';
import { temporaryFolder } from '../support/temporary.ts';

/** A client whose frames are counted, and who sees the events that it is told. */
function counting(t: TestCompanion, options: Partial<ClientOptions> = {}) {
  let frames = 0;
  let opened = 0;
  let last: SocketLike | null = null;
  const events: Event[] = [];
  const client = new CompanionClient({
    kind: 'test',
    version: '0',
    async open() {
      opened++;
      const socket = await openSocket(t.discovery);
      last = socket;
      socket.addEventListener('message', () => frames++);
      return socket;
    },
    ...options,
  });
  client.onEvent((event) => events.push(event));
  return {
    client,
    events,
    counts: () => ({ frames, opened }),
    cut: () => last?.close(),
    [Symbol.dispose]: () => client.dispose(),
  };
}

describe('a client that rests', () => {
  let t: TestCompanion;
  let workspace: string;
  const folder = temporaryFolder();
  before(async () => {
    t = await testCompanion();
    workspace = (await t.api.workspaces.open({ path: folder.path, trusted: false })).path;
  });
  after(async () => {
    await t[Symbol.asyncDispose]();
    folder[Symbol.dispose]();
  });
  const happen = (title: string) => t.api.loops.open({ workspace, title });

  it('[W4] hears nothing while it rests, still gets answers, and then every event once and in order', async () => {
    using watched = counting(t);
    const api = await watched.client.connected(10_000);
    await happen('before');
    await eventually(async () => watched.events.length > 0);
    watched.client.rest();
    await delay(100);
    const before = watched.counts();
    const heard = watched.events.length;
    for (let i = 0; i < 20; i++) await happen(`meanwhile ${i}`);
    await delay(100);
    assert.deepEqual(watched.counts(), before, 'no frame crossed');
    assert.equal(watched.client.connection.state, 'connected');
    assert.ok((await api.loops.list({ workspace })).length >= 20, 'what is asked for is answered');
    watched.client.wake();
    await happen('after');
    const all = await t.api.events.list({ since: watched.events[0]?.seq ?? 0, limit: 1000 });
    await eventually(async () => watched.events.length >= all.events.length + 1);
    assert.ok(watched.events.length > heard + 20);
    assert.deepEqual(
      watched.events.slice(1, 1 + all.events.length).map(({ seq }) => seq),
      all.events.map(({ seq }) => seq),
    );
    assert.equal(watched.counts().opened, 1, 'over the same connection');
  });

  it('[W4] does not connect again while it rests, runs no timer, and then connects at once', async () => {
    const clock = new VirtualClock(0);
    using watched = counting(t, { clock });
    await watched.client.connected(10_000);
    watched.client.rest();
    watched.cut();
    await eventually(async () => watched.client.connection.state === 'down');
    clock.advance(3_600_000);
    await delay(50);
    assert.equal(watched.counts().opened, 1);
    await happen('while it was away');
    watched.client.wake();
    await eventually(async () => watched.client.connection.state === 'connected');
    await eventually(async () => watched.events.some(({ type }) => type === 'loop.opened'));
    assert.equal(watched.counts().opened, 2);
  });

  it('rests and wakes in any order without losing or doubling an event', async () => {
    using watched = counting(t);
    await watched.client.connected(10_000);
    const { last } = await t.api.events.list({ since: 0, limit: 1 });
    assert.ok(last > 0);
    const from = watched.client.status?.seq ?? 0;
    for (let i = 0; i < 12; i++) {
      watched.client.rest();
      if (i % 3 === 0) await delay(5);
      watched.client.wake();
      if (i % 4 === 1) await delay(5);
      await happen(`turn ${i}`);
    }
    const { events } = await t.api.events.list({ since: from, limit: 1000 });
    await eventually(async () => watched.events.at(-1)?.seq === events.at(-1)?.seq);
    assert.deepEqual(
      watched.events.map(({ seq }) => seq),
      events.map(({ seq }) => seq),
    );
  });

  it('tells who asks that it rests, and that it does not any more', async () => {
    using watched = counting(t);
    const told: boolean[] = [];
    watched.client.onRest((resting) => told.push(resting));
    watched.client.rest();
    watched.client.rest();
    assert.equal(watched.client.resting, true);
    watched.client.wake();
    watched.client.wake();
    assert.deepEqual(told, [true, false]);
    await watched.client.connected(10_000);
    await happen('after all');
    await eventually(async () => watched.events.length > 0);
  });
});
