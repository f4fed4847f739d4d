import assert from 'node:assert/strict';
import type { SocketLike } from '../../../companion/client/index.ts';
import { VirtualClock } from '../../../companion/kernel/index.ts';
import { Relay } from '../../../extension/webview/relay.ts';
import { parseWebviewMessage } from '../../../extension/webview/webview-message.ts';
import type { ToWebview } from '../../../webviews/host/messages.ts';

/** A socket that a test drives. */
class TestSocket extends EventTarget {
  readyState = 1;
  readonly sent: unknown[] = [];
  paused = false;
  pause(): void {
    this.paused = true;
  }
  resume(): void {
    this.paused = false;
  }
  send(data: unknown): void {
    this.sent.push(data);
  }
  close(): void {
    this.readyState = 3;
    this.dispatchEvent(new Event('close'));
  }
  receive(data: string): void {
    this.dispatchEvent(Object.assign(new Event('message'), { data }));
  }
}

function setup(open?: () => Promise<SocketLike>) {
  const sockets: TestSocket[] = [];
  const posted: ToWebview[] = [];
  const clock = new VirtualClock(10_000);
  const relay = new Relay(
    open ??
      (async () => {
        const socket = new TestSocket();
        sockets.push(socket);
        return socket as unknown as SocketLike;
      }),
    (message) => posted.push(message),
    clock,
  );
  return { relay, sockets, posted, clock };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('the relay', () => {
  it('carries frames both ways, unread', async () => {
    const { relay, sockets, posted } = setup();
    relay.take({ type: 'socket', id: 1, state: 'open' });
    await settled();
    relay.take({ type: 'frame', id: 1, data: 'not even JSON' });
    sockets[0]?.receive('answer');
    assert.deepEqual(sockets[0]?.sent, ['not even JSON']);
    assert.deepEqual(posted, [
      { type: 'socket', id: 1, state: 'open' },
      { type: 'frames', id: 1, data: ['answer'] },
    ]);
  });

  it('gives a newer socket the place of the older, whose frames are ignored', async () => {
    const { relay, sockets, posted } = setup();
    relay.take({ type: 'socket', id: 1, state: 'open' });
    await settled();
    relay.take({ type: 'socket', id: 2, state: 'open' });
    await settled();
    assert.equal(sockets[0]?.readyState, 3);
    relay.take({ type: 'frame', id: 1, data: 'old' });
    sockets[0]?.receive('old');
    assert.deepEqual(sockets[1]?.sent, []);
    assert.deepEqual(
      posted.map(({ type }) => type),
      ['socket', 'socket'],
    );
  });

  it('says why there is no socket, and when it ends', async () => {
    const down = setup(async () => {
      throw new Error('The companion is not running.');
    });
    down.relay.take({ type: 'socket', id: 1, state: 'open' });
    await settled();
    assert.deepEqual(down.posted, [
      { type: 'socket', id: 1, state: 'closed', problem: 'The companion is not running.' },
    ]);
    const { relay, sockets, posted } = setup();
    relay.take({ type: 'socket', id: 1, state: 'open' });
    await settled();
    sockets[0]?.close();
    assert.equal(posted.length, 2);
    assert.equal(posted[1]?.type === 'socket' && posted[1].state, 'closed');
  });

  it('closes with the webview and says nothing more', async () => {
    const { relay, sockets, posted } = setup();
    relay.take({ type: 'socket', id: 1, state: 'open' });
    await settled();
    relay.dispose();
    sockets[0]?.receive('late');
    assert.equal(sockets[0]?.readyState, 3);
    assert.equal(posted.length, 1);
  });

  it('[W4] carries nothing to a page that nobody sees, and tells it so', async () => {
    const { relay, sockets, posted, clock } = setup();
    relay.take({ type: 'socket', id: 1, state: 'open' });
    await settled();
    sockets[0]?.receive('a');
    sockets[0]?.receive('b');
    relay.rest();
    assert.equal(sockets[0]?.readyState, 3);
    sockets[0]?.receive('c');
    clock.advance(60_000);
    assert.deepEqual(
      posted.map((message) => (message.type === 'socket' ? message.state : message.type)),
      ['open', 'frames', 'closed'],
    );
  });

  it('tells a page that comes back, and counts from one again, from the one that went', async () => {
    const gates: PromiseWithResolvers<SocketLike>[] = [];
    const { relay, posted } = setup(() => {
      const gate = Promise.withResolvers<SocketLike>();
      gates.push(gate);
      return gate.promise;
    });
    relay.take({ type: 'socket', id: 1, state: 'open' });
    relay.rest();
    relay.take({ type: 'socket', id: 1, state: 'open' });
    const [first, second] = [new TestSocket(), new TestSocket()];
    gates[1]?.resolve(second as unknown as SocketLike);
    await settled();
    gates[0]?.resolve(first as unknown as SocketLike);
    await settled();
    assert.deepEqual([first.readyState, second.readyState], [3, 1]);
    assert.deepEqual(
      posted.map((message) => message.type === 'socket' && message.state),
      ['closed', 'open'],
    );
  });

  it('[W4] lets the companion wait for a slow page, and drops the socket of one that hangs', async () => {
    const { relay, sockets, posted, clock } = setup();
    relay.take({ type: 'socket', id: 1, state: 'open' });
    await settled();
    const frame = 'x'.repeat(10_000);
    let carried = 0;
    for (; !sockets[0]?.paused; carried++) {
      assert.ok(carried < 1000, 'it never waits');
      sockets[0]?.receive(frame);
      clock.advance(1);
    }
    const put = () => posted.reduce((sum, each) => sum + (each.type === 'frames' ? each.data.length : 0), 0);
    for (let i = 0; i < 1000 && sockets[0]?.paused; i++) {
      relay.take({ type: 'taken', id: 1 });
      clock.advance(10);
    }
    assert.equal(sockets[0]?.paused, false, 'it goes on');
    for (let i = 0; i < 100; i++) {
      relay.take({ type: 'taken', id: 1 });
      clock.advance(10);
    }
    assert.equal(put(), carried);
    sockets[0]?.receive('and then');
    clock.advance(10_000);
    assert.equal(sockets[0]?.readyState, 3);
    const last = posted.at(-1);
    assert.ok(last?.type === 'socket' && last.state === 'closed');
  });

  it('closes a socket that opened after it was given up', async () => {
    const gate = Promise.withResolvers<SocketLike>();
    const { relay, posted } = setup(() => gate.promise);
    relay.take({ type: 'socket', id: 1, state: 'open' });
    relay.take({ type: 'socket', id: 1, state: 'closed' });
    const socket = new TestSocket();
    gate.resolve(socket as unknown as SocketLike);
    await settled();
    assert.equal(socket.readyState, 3);
    assert.deepEqual(posted, []);
  });
});

describe('a message of a webview', () => {
  const good = [
    { type: 'ready' },
    { type: 'start' },
    { type: 'socket', id: 3, state: 'closed' },
    { type: 'frame', id: 3, data: 'x' },
    { type: 'taken', id: 3 },
    { type: 'at', view: 'globe' },
    { type: 'kept', state: { draft: 'x' } },
    { type: 'open', workspace: '/a', target: { kind: 'file', file: 'a.ts', line: null } },
    { type: 'open', workspace: '/a', target: { kind: 'commit', commit: 'abcdef' } },
    { type: 'open', workspace: '/a', target: { kind: 'branch', branch: 'x' } },
    { type: 'open', workspace: '/a', target: { kind: 'link', url: 'https://a.example' } },
    { type: 'save', name: 'story-2025-11-24.md', text: '# Monday' },
  ];
  for (const message of good) {
    it(`is read: ${JSON.stringify(message)}`, () => assert.deepEqual(parseWebviewMessage(message), message));
  }
  const bad = [
    null,
    { type: 'save', name: '../story.md', text: 'x' },
    { type: 'save', name: 'story.sh', text: 'x' },
    { type: 'save', name: 'story.md' },
    'ready',
    { type: 'frame', data: 'x' },
    { type: 'frame', id: 1, data: 5 },
    { type: 'socket', id: 1, state: 'half' },
    { type: 'taken' },
    { type: 'at', view: 5 },
    { type: 'kept', state: null },
    { type: 'kept', state: ['x'] },
    { type: 'open', target: { kind: 'branch', branch: 'x' } },
    { type: 'open', workspace: '/a', target: { kind: 'commit', commit: '--output=/x' } },
    { type: 'open', workspace: '/a', target: 'x' },
    { type: 'eval' },
  ];
  for (const message of bad) {
    it(`is refused: ${JSON.stringify(message)}`, () => assert.equal(parseWebviewMessage(message), null));
  }
});
