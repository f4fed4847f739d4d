import type { FromWebview, ToWebview } from './messages.ts';

const CONNECTING = 0;
const OPEN = 1;
const CLOSED = 3;

/** A socket whose frames the extension carries; it alone holds the token. */
export class RelaySocket extends EventTarget {
  readonly id: number;
  readonly #post: (message: FromWebview) => void;
  #state = CONNECTING;
  /** Why the extension closed it, in words. */
  problem: string | null = null;

  constructor(id: number, post: (message: FromWebview) => void) {
    super();
    this.id = id;
    this.#post = post;
    post({ type: 'socket', id, state: 'open' });
  }

  get readyState(): number {
    return this.#state;
  }

  send(data: string | ArrayBufferLike | ArrayBufferView | Blob): void {
    if (typeof data !== 'string') throw new TypeError('The relay carries text frames only.');
    if (this.#state === OPEN) this.#post({ type: 'frame', id: this.id, data });
  }

  close(): void {
    if (this.#state === CLOSED) return;
    this.#post({ type: 'socket', id: this.id, state: 'closed' });
    this.#end();
  }

  /** Takes a message of the extension; one that belongs to another socket is left alone. */
  receive(message: ToWebview): void {
    if (message.type === 'context' || message.type === 'place') return;
    if ((message.id ?? this.id) !== this.id || this.#state === CLOSED) return;
    if (message.type === 'frames') {
      for (const data of message.data) {
        if (this.readyState === OPEN) this.dispatchEvent(new MessageEvent('message', { data }));
      }
      if (this.readyState === OPEN) this.#post({ type: 'taken', id: this.id });
    } else if (message.state === 'open') {
      this.#state = OPEN;
      this.dispatchEvent(new Event('open'));
    } else {
      this.problem = message.problem ?? null;
      this.#end();
    }
  }

  #end(): void {
    this.#state = CLOSED;
    this.dispatchEvent(new Event('close'));
  }
}

/** Resolves once open; rejects, with the extension's words, when it closes first. */
export function opened(socket: RelaySocket): Promise<RelaySocket> {
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => resolve(socket), { once: true });
    const failed = () => reject(new Error(socket.problem ?? 'The companion is not running.'));
    socket.addEventListener('close', failed, { once: true });
  });
}
