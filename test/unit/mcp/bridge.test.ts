import assert from 'node:assert/strict';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { Bridge } from '../../../companion/mcp/bridge.ts';

const greeting: JSONRPCMessage = {
  jsonrpc: '2.0',
  id: 0,
  method: 'initialize',
  params: { protocolVersion: '1', capabilities: {}, clientInfo: { name: 'x', version: '1' } },
};
const question = (id: number): JSONRPCMessage => ({ jsonrpc: '2.0', id, method: 'tools/list' });

/** One end of a wire: keeps what is sent to it. */
class Wire implements Transport {
  readonly sent: JSONRPCMessage[] = [];
  readonly versions: string[] = [];
  closed = false;
  onmessage?: (message: JSONRPCMessage) => void;
  onclose?: () => void;
  readonly #take: (message: JSONRPCMessage, wire: Wire) => void;

  constructor(take: (message: JSONRPCMessage, wire: Wire) => void = () => {}) {
    this.#take = take;
  }
  async start() {}
  async send(message: JSONRPCMessage) {
    this.#take(message, this);
    this.sent.push(message);
  }
  async close() {
    this.closed = true;
    this.onclose?.();
  }
  setProtocolVersion(version: string) {
    this.versions.push(version);
  }
}

const methods = (wire: Wire | undefined) => wire?.sent.map((m) => ('method' in m ? m.method : 'answer'));
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A bridge whose companion answers every question, unless `fail` says that the wire of this number breaks. */
function setup(fail: (wire: number, message: JSONRPCMessage) => Error | null = () => null) {
  const agent = new Wire();
  const wires: Wire[] = [];
  const dial = async () => {
    const number = wires.length;
    const wire = new Wire((message, self) => {
      const failure = fail(number, message);
      if (failure) throw failure;
      if (!('method' in message && 'id' in message)) return;
      self.onmessage?.({ jsonrpc: '2.0', id: message.id, result: { protocolVersion: 'v2' } });
    });
    wires.push(wire);
    return wire;
  };
  const ended = new Bridge({ agent, dial }).run();
  const ask = (message: JSONRPCMessage) => {
    agent.onmessage?.(message);
    return settled();
  };
  return { agent, wires, ended, ask };
}

const gone = () => Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } });

describe('[M8] the bridge of an agent over stdio', () => {
  it('carries messages both ways over one connection, and ends with the agent', async () => {
    const { agent, wires, ended, ask } = setup();
    await ask(greeting);
    await Promise.all([ask(question(1)), ask(question(2))]);
    assert.equal(wires.length, 1);
    assert.deepEqual(methods(wires[0]), ['initialize', 'tools/list', 'tools/list']);
    assert.deepEqual(
      agent.sent.map((m) => ('id' in m ? m.id : null)),
      [0, 1, 2],
    );
    assert.deepEqual(wires[0]?.versions, ['v2']);
    await agent.close();
    await ended;
    assert.equal(wires[0]?.closed, true);
  });

  for (const [why, error] of [
    ['is not there', gone()],
    ['does not know the session', Object.assign(new Error('404'), { code: 404 })],
    ['does not know the token', Object.assign(new Error('401'), { code: 401 })],
  ] as const) {
    it(`greets again a companion that ${why}, and the agent notices nothing`, async () => {
      const { agent, wires, ask } = setup((wire, message) =>
        wire === 0 && 'id' in message && message.id === 1 ? error : null,
      );
      await ask(greeting);
      await ask(question(1));
      assert.deepEqual(methods(wires[1]), ['initialize', 'notifications/initialized', 'tools/list']);
      assert.equal(wires[0]?.closed, true);
      assert.deepEqual(
        agent.sent.map((m) => ('id' in m ? m.id : null)),
        [0, 1],
      );
    });
  }

  it('does not say twice what may have been heard', async () => {
    const { agent, wires, ask } = setup((_wire, message) =>
      'id' in message && message.id === 1 ? new Error('the connection was reset') : null,
    );
    await ask(greeting);
    await ask(question(1));
    assert.equal(wires.length, 1);
    const last = agent.sent.at(-1) as { error?: { code: number; message: string } };
    assert.deepEqual([last.error?.code, /reset/.test(last.error?.message ?? '')], [-32_000, true]);
  });

  it('says that there is no companion, and tries again with the next question', async () => {
    let there = false;
    const agent = new Wire();
    const dial = async () => {
      if (!there) throw new Error('The companion could not be started');
      return new Wire((m, self) =>
        self.onmessage?.({ jsonrpc: '2.0', id: (m as { id: number }).id, result: {} }),
      );
    };
    void new Bridge({ agent, dial }).run();
    agent.onmessage?.(greeting);
    await settled();
    assert.match(JSON.stringify(agent.sent[0]), /"id":0,"error":.*could not be started/);
    there = true;
    agent.onmessage?.(greeting);
    await settled();
    assert.match(JSON.stringify(agent.sent[1]), /"id":0,"result"/);
  });

  it('answers what was asked before the agent went', async () => {
    const agent = new Wire();
    const dial = async () =>
      new Wire((m, self) =>
        setTimeout(() => self.onmessage?.({ jsonrpc: '2.0', id: (m as { id: number }).id, result: {} }), 5),
      );
    const slow = async () => {
      const wire = await dial();
      const send = wire.send.bind(wire);
      wire.send = async (message) => {
        await send(message);
        await new Promise((resolve) => setTimeout(resolve, 20));
      };
      return wire;
    };
    const ended = new Bridge({ agent, dial: slow }).run();
    agent.onmessage?.(greeting);
    await agent.close();
    await ended;
    assert.equal(agent.sent.length, 1);
  });
});
