import type { SocketLike } from '../../companion/client/index.ts';
import type { Disposable } from '../../companion/kernel/index.ts';
import type { FromWebview, ToWebview } from '../../webviews/host/messages.ts';

type RelayMessage = Extract<FromWebview, { type: 'socket' | 'frame' }>;

const OPEN = 1;

/**
 * Carries one webview's frames, unread, over a socket of its own. The extension opens the socket, so the token
 * never enters the webview. A newer socket of the webview replaces the older one.
 */
export class Relay implements Disposable {
  readonly #open: () => Promise<SocketLike>;
  readonly #post: (message: ToWebview) => void;
  #id = -1;
  #socket: SocketLike | null = null;

  constructor(open: () => Promise<SocketLike>, post: (message: ToWebview) => void) {
    this.#open = open;
    this.#post = post;
  }

  take(message: RelayMessage): void {
    if (message.type === 'socket' && message.state === 'open') void this.#connect(message.id);
    else if (message.id !== this.#id) return;
    else if (message.type === 'socket') this.#drop();
    else if (this.#socket?.readyState === OPEN) this.#socket.send(message.data);
  }

  dispose(): void {
    this.#id = -1;
    this.#drop();
  }

  async #connect(id: number): Promise<void> {
    this.#drop();
    this.#id = id;
    try {
      const socket = await this.#open();
      if (this.#id !== id) return socket.close();
      this.#socket = socket;
      socket.addEventListener('message', ({ data }: { data: unknown }) => {
        if (this.#id === id) this.#post({ type: 'frame', id, data: String(data) });
      });
      socket.addEventListener('close', () => this.#ended(id, 'The connection to the companion was lost.'));
      this.#post({ type: 'socket', id, state: 'open' });
    } catch (error) {
      this.#ended(id, error instanceof Error ? error.message : String(error));
    }
  }

  #ended(id: number, problem: string): void {
    if (this.#id !== id) return;
    this.#id = -1;
    this.#socket = null;
    this.#post({ type: 'socket', id, state: 'closed', problem });
  }

  #drop(): void {
    const socket = this.#socket;
    this.#socket = null;
    this.#id = -1;
    socket?.close();
  }
}
