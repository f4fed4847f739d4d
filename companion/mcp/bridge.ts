import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage, JSONRPCRequest } from '@modelcontextprotocol/sdk/types.js';

export interface BridgeOptions {
  /** The agent's side: messages in, messages out. */
  readonly agent: Transport;
  /** A new connection to the companion, not started; rejects with why there is none. */
  dial(): Promise<Transport>;
}

/** JSON-RPC: an error of the implementation's own. */
const SERVER_ERROR = -32_000;
const REPLAYED = 'progeny-greets-again';

/**
 * Carries messages between an agent and the companion, and knows nothing of what they say but the greeting: when the
 * companion has gone and come back, the session is begun anew with it, and the agent notices nothing.
 */
export class Bridge {
  readonly #options: BridgeOptions;
  readonly #pending = new Set<Promise<void>>();
  #greeting: JSONRPCRequest | null = null;
  #upstream: Promise<Transport> | null = null;
  #live: Transport | null = null;

  constructor(options: BridgeOptions) {
    this.#options = options;
  }

  /** Resolves when the agent has gone and what it asked is answered. */
  async run(): Promise<void> {
    const { agent } = this.#options;
    const gone = new Promise<void>((resolve) => {
      agent.onclose = resolve;
    });
    agent.onmessage = (message) => {
      const forwarded = this.#forward(message).finally(() => this.#pending.delete(forwarded));
      this.#pending.add(forwarded);
    };
    await agent.start();
    await gone;
    await Promise.allSettled(this.#pending);
    await this.#live?.close();
  }

  async #forward(message: JSONRPCMessage): Promise<void> {
    const greets = 'method' in message && message.method === 'initialize' && 'id' in message;
    if (greets) {
      this.#greeting = message;
      if (this.#live) this.#drop(this.#live);
    }
    try {
      const upstream = await this.#connected(!greets);
      try {
        await upstream.send(message);
      } catch (error) {
        if (!neverArrived(error)) throw error;
        this.#drop(upstream);
        await (await this.#connected(!greets)).send(message);
      }
    } catch (error) {
      await this.#refuse(message, error);
    }
  }

  /** The connection, which all messages share. `again`: a new one begins with the agent's greeting. */
  #connected(again: boolean): Promise<Transport> {
    if (this.#upstream) return this.#upstream;
    const connecting = this.#connect(again);
    this.#upstream = connecting;
    connecting.then(
      (upstream) => {
        this.#live = upstream;
      },
      () => {
        if (this.#upstream === connecting) this.#upstream = null;
      },
    );
    return connecting;
  }

  async #connect(again: boolean): Promise<Transport> {
    const upstream = await this.#options.dial();
    let answer = (_answered: JSONRPCMessage) => {};
    const answered = new Promise<JSONRPCMessage>((resolve) => {
      answer = resolve;
    });
    upstream.onmessage = (message) => {
      if ('id' in message && message.id === REPLAYED) return answer(message);
      if ('id' in message && message.id === this.#greeting?.id) agreeOn(upstream, message);
      void this.#options.agent.send(message);
    };
    await upstream.start();
    if (again && this.#greeting) {
      await upstream.send({ ...this.#greeting, id: REPLAYED });
      agreeOn(upstream, await answered);
      await upstream.send({ jsonrpc: '2.0', method: 'notifications/initialized' });
    }
    return upstream;
  }

  #drop(upstream: Transport): void {
    if (this.#live === upstream) {
      this.#live = null;
      this.#upstream = null;
    }
    void upstream.close().catch(() => {});
  }

  async #refuse(message: JSONRPCMessage, error: unknown): Promise<void> {
    if (!('method' in message && 'id' in message)) return;
    const reason = error instanceof Error ? error.message : String(error);
    const text = `The companion of Progeny did not answer: ${reason}`;
    await this.#options.agent.send({
      jsonrpc: '2.0',
      id: message.id,
      error: { code: SERVER_ERROR, message: text },
    });
  }
}

/** The version that both agreed on goes with every later request. */
function agreeOn(upstream: Transport, answer: JSONRPCMessage): void {
  const version = 'result' in answer ? answer.result.protocolVersion : undefined;
  if (typeof version === 'string') upstream.setProtocolVersion?.(version);
}

/** True where the message cannot have been acted upon: nobody was there, or the session or the token is of yesterday. */
function neverArrived(error: unknown): boolean {
  const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } };
  return code === 401 || code === 404 || cause?.code === 'ECONNREFUSED';
}
