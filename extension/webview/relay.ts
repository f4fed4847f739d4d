import type { SocketLike } from '../../companion/client/index.ts';
import type { Clock, Disposable } from '../../companion/kernel/index.ts';
import type { FromWebview, ToWebview } from '../../webviews/host/messages.ts';
import { FrameQueue } from './frame-queue.ts';

type RelayMessage = Extract<FromWebview, { type: 'socket' | 'frame' | 'taken' }>;

/** A socket that can let its other end wait. */
export type RelayedSocket = SocketLike & { pause?(): void; resume?(): void };

const OPEN = 1;

/**
 * Carries one webview's frames, unread, over a socket of its own. The extension opens the socket, so the token
 * never enters the webview. A newer socket of the webview replaces the older one.
 */
export class Relay implements Disposable {
  readonly #open: () => Promise<RelayedSocket>;
  readonly #post: (message: ToWebview) => void;
  readonly #clock: Clock;
  #current: Carried | null = null;

  constructor(open: () => Promise<RelayedSocket>, post: (message: ToWebview) => void, clock: Clock) {
    this.#open = open;
    this.#post = post;
    this.#clock = clock;
  }

  take(message: RelayMessage): void {
    if (message.type === 'socket' && message.state === 'open') void this.#connect(message.id);
    else if (message.id !== this.#current?.id) return;
    else if (message.type === 'socket') this.#drop();
    else if (message.type === 'taken') this.#current.queue?.taken();
    else if (this.#current.socket?.readyState === OPEN) this.#current.socket.send(message.data);
  }

  /** Nobody sees the page: carries nothing. A page that is still there hears of it, and opens another socket in time. */
  rest(): void {
    if (this.#current) this.#ended(this.#current, 'The page is hidden.');
  }

  dispose(): void {
    this.#drop();
  }

  async #connect(id: number): Promise<void> {
    this.#drop();
    // A page that comes back counts its sockets from the beginning: the number alone does not tell them apart.
    const own: Carried = { id, socket: null, queue: null };
    this.#current = own;
    try {
      const socket = await this.#open();
      if (this.#current !== own) return socket.close();
      own.socket = socket;
      own.queue = new FrameQueue({
        clock: this.#clock,
        post: (data) => this.#post({ type: 'frames', id, data }),
        hold: () => socket.pause?.(),
        release: () => socket.resume?.(),
        stalled: () => this.#ended(own, 'The page took nothing any more. It goes on where it was.'),
      });
      socket.addEventListener('message', ({ data }: { data: unknown }) => own.queue?.add(String(data)));
      socket.addEventListener('close', () => this.#ended(own, 'The connection to the companion was lost.'));
      this.#post({ type: 'socket', id, state: 'open' });
    } catch (error) {
      this.#ended(own, error instanceof Error ? error.message : String(error));
    }
  }

  #ended(own: Carried, problem: string): void {
    if (this.#current !== own) return;
    this.#drop();
    this.#post({ type: 'socket', id: own.id, state: 'closed', problem });
  }

  #drop(): void {
    const last = this.#current;
    this.#current = null;
    last?.queue?.dispose();
    last?.socket?.close();
  }
}

interface Carried {
  readonly id: number;
  socket: RelayedSocket | null;
  queue: FrameQueue | null;
}
