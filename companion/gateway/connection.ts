import { Doorbell } from '../kernel/index.ts';
import { type Capability, ProgenyError } from '../protocol/index.ts';
import type { ClientInfo } from './caller.ts';

export interface ClientRequest {
  id: string;
  capability: Capability;
  input: unknown;
}

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
  /** Lets go of the signal. */
  done(): void;
}

/** One open socket: what its client said of itself, and what the companion has asked it to do. */
export class Connection {
  readonly id: string;
  client: ClientInfo | null = null;
  readonly #waiting = new Map<string, Waiting>();
  readonly #outbox: ClientRequest[] = [];
  readonly #bell = new Doorbell();
  #closed = false;

  constructor(id: string) {
    this.id = id;
  }

  /**
   * Asks the client to do something it declared; resolves with its answer. Rejects with `no_client` when the
   * client goes away first, and with `cancelled` when `signal` aborts.
   */
  ask(capability: Capability, input: unknown, signal: AbortSignal): Promise<unknown> {
    if (this.#closed) return Promise.reject(gone());
    const id = crypto.randomUUID();
    return new Promise((resolve, reject) => {
      const withdrawn = new ProgenyError('cancelled', 'The question to the client was withdrawn.');
      if (signal.aborted) return reject(withdrawn);
      const abort = () => this.#settle(id)?.reject(withdrawn);
      signal.addEventListener('abort', abort, { once: true });
      this.#waiting.set(id, { resolve, reject, done: () => signal.removeEventListener('abort', abort) });
      this.#outbox.push({ id, capability, input });
      this.#bell.ring();
    });
  }

  /** The client's answer. Throws `not_found` for a question that was not asked or is answered already. */
  answer(id: string, result: unknown, error: string | undefined): void {
    const waiting = this.#settle(id);
    if (!waiting)
      throw new ProgenyError('not_found', `No question "${id}" is waiting for an answer on this connection.`);
    if (error === undefined) waiting.resolve(result);
    else waiting.reject(new Error(error));
  }

  /** The questions for this client, as they come. */
  async *requests(signal?: AbortSignal): AsyncGenerator<ClientRequest, void> {
    while (!this.#closed && !signal?.aborted) {
      const next = this.#outbox.shift();
      if (next) yield next;
      else await this.#bell.wait(signal);
    }
  }

  close(): void {
    this.#closed = true;
    this.#bell.ring();
    for (const id of [...this.#waiting.keys()]) this.#settle(id)?.reject(gone());
  }

  #settle(id: string): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    waiting?.done();
    return waiting;
  }
}

function gone(): ProgenyError {
  return new ProgenyError('no_client', 'The client that was asked has gone.');
}
