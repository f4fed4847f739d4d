import assert from 'node:assert/strict';
import { parseWebviewMessage } from '../../../../extension/webview/webview-message.ts';
import { type FromWebview, parseToWebview } from '../../../../webviews/host/messages.ts';
import { opened, RelaySocket } from '../../../../webviews/host/relay-socket.ts';

function setup(id = 1) {
  const posted: FromWebview[] = [];
  const socket = new RelaySocket(id, (message) => posted.push(message));
  return { posted, socket };
}

describe('the relayed socket', () => {
  it('asks for itself, opens, carries text both ways', async () => {
    const { posted, socket } = setup();
    const open = opened(socket);
    assert.equal(socket.readyState, 0);
    socket.receive({ type: 'socket', id: 1, state: 'open' });
    assert.equal(await open, socket);
    const heard: unknown[] = [];
    socket.addEventListener('message', (event) => heard.push((event as MessageEvent).data));
    socket.send('hello');
    socket.receive({ type: 'frames', id: 1, data: ['hi', 'there'] });
    assert.deepEqual(heard, ['hi', 'there']);
    assert.deepEqual(posted, [
      { type: 'socket', id: 1, state: 'open' },
      { type: 'frame', id: 1, data: 'hello' },
      { type: 'taken', id: 1 },
    ]);
  });

  it('leaves alone what belongs to another, and takes what names none', () => {
    const { socket } = setup(2);
    socket.receive({ type: 'socket', id: 1, state: 'open' });
    assert.equal(socket.readyState, 0);
    socket.receive({ type: 'socket', state: 'open' });
    assert.equal(socket.readyState, 1);
  });

  it('closes once, from either side, and hears nothing more', () => {
    const { posted, socket } = setup();
    socket.receive({ type: 'socket', id: 1, state: 'open' });
    let closed = 0;
    let heard = 0;
    socket.addEventListener('close', () => closed++);
    socket.addEventListener('message', () => heard++);
    socket.close();
    socket.close();
    socket.receive({ type: 'socket', id: 1, state: 'closed' });
    socket.receive({ type: 'frames', id: 1, data: ['late'] });
    socket.send('late');
    assert.deepEqual([closed, heard, socket.readyState], [1, 0, 3]);
    assert.deepEqual(
      posted.map(({ type }) => type),
      ['socket', 'socket'],
    );
  });

  it('hears nothing of the rest of a message once it was closed by what it heard', () => {
    const { posted, socket } = setup();
    socket.receive({ type: 'socket', id: 1, state: 'open' });
    const heard: unknown[] = [];
    socket.addEventListener('message', (event) => {
      heard.push((event as MessageEvent).data);
      socket.close();
    });
    socket.receive({ type: 'frames', id: 1, data: ['a', 'b'] });
    assert.deepEqual(heard, ['a']);
    assert.equal(posted.at(-1)?.type, 'socket');
  });

  it('says in the extension’s words why it could not open', async () => {
    const { socket } = setup();
    const open = opened(socket);
    socket.receive({ type: 'socket', id: 1, state: 'closed', problem: 'Workspace trust is off.' });
    await assert.rejects(open, /Workspace trust is off/);
  });

  it('refuses what is not text', () => {
    const { socket } = setup();
    assert.throws(() => socket.send(new Uint8Array(1)), TypeError);
  });
});

describe('messages of the extension', () => {
  for (const message of [
    { type: 'context', workspace: '/a', route: 'loops' },
    { type: 'context', workspace: null },
    { type: 'context', workspace: null, route: 'brief', state: { draft: 'x' } },
    { type: 'socket', id: 1, state: 'open' },
    { type: 'socket', state: 'closed', problem: 'x' },
    { type: 'frames', id: 1, data: ['x', 'y'] },
  ]) {
    it(`are read: ${JSON.stringify(message)}`, () => assert.deepEqual(parseToWebview(message), message));
  }
  for (const message of [
    null,
    'x',
    {},
    { type: 'context' },
    { type: 'frames', data: 'x' },
    { type: 'frames', data: ['x', 1] },
    { type: 'socket', state: 'half' },
  ])
    it(`are not: ${JSON.stringify(message)}`, () => assert.equal(parseToWebview(message), null));

  it('and ours are those that the extension reads', () => {
    const ours: FromWebview[] = [
      { type: 'ready' },
      { type: 'start' },
      { type: 'socket', id: 1, state: 'open' },
      { type: 'frame', id: 1, data: 'x' },
      { type: 'taken', id: 1 },
      { type: 'at', view: 'globe' },
      { type: 'kept', state: { draft: 'x' } },
      { type: 'open', workspace: '/a', target: { kind: 'file', file: 'a.ts', line: 3 } },
      { type: 'open', workspace: '/a', target: { kind: 'commit', commit: 'abcdef' } },
      { type: 'open', workspace: '/a', target: { kind: 'branch', branch: 'x' } },
      { type: 'open', workspace: '/a', target: { kind: 'link', url: 'https://a.example' } },
    ];
    for (const message of ours) assert.deepEqual(parseWebviewMessage(message), message);
  });
});
