import { type Clock, type Disposable, Listeners, systemClock } from '../kernel/index.ts';
import {
  type Capability,
  type EditorGenerateInput,
  type EditorRenameAnswer,
  type EditorRenameInput,
  type Event,
  PROTOCOL,
  ProgenyError,
  type Status,
  type Tap,
  type TapAnswer,
} from '../protocol/index.ts';
import { type Api, createApi, NotConnectedError, type SocketLike } from './api.ts';

export type ClientKind = 'extension' | 'webview' | 'browser' | 'cli' | 'test';

export interface Connection {
  state: 'connecting' | 'connected' | 'down' | 'incompatible';
  /** Why it is down, in words; null while connected. */
  problem: string | null;
}

/** What this client can do for the companion. */
export interface Capabilities {
  tap?: (tap: Tap) => Promise<TapAnswer>;
  /** Has the editor's own model write; its text goes back by `language.part`. Resolves once it has ended. */
  generate?: (input: EditorGenerateInput) => Promise<unknown>;
  /** Tells what the editor's own provider would change for a rename; changes nothing. */
  rename?: (input: EditorRenameInput) => Promise<EditorRenameAnswer>;
}

export interface ClientOptions {
  /** Opens a socket to the companion, already open or opening; rejects where there is none. */
  open(): Promise<SocketLike>;
  kind: ClientKind;
  version: string;
  capabilities?: Capabilities;
  /** Event sequence to resume from; left out, only events from now on are told. */
  since?: number;
  clock?: Clock;
}

const RETRY_MS = [100, 250, 500, 1000, 2000, 5000] as const;
const INCOMPATIBLE_RETRY_MS = 15_000;

/**
 * A connection that stays: it connects again by itself, agrees on the contract version, and resumes the
 * event log from the last sequence it told, so that listeners see every event once and in order.
 */
export class CompanionClient {
  readonly #options: ClientOptions;
  readonly #clock: Clock;
  readonly #connectionListeners = new Listeners<Connection>();
  readonly #statusListeners = new Listeners<Status>();
  readonly #eventListeners = new Listeners<Event>();
  readonly #restListeners = new Listeners<boolean>();
  #connection: Connection = { state: 'connecting', problem: null };
  #status: Status | null = null;
  #api: Api | null = null;
  #socket: SocketLike | null = null;
  #seq: number | null;
  #failures = 0;
  #retry: Disposable | null = null;
  #connecting = false;
  #resting = false;
  /** Ends the streams of status and events. */
  #watching: AbortController | null = null;
  #disposed = false;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#seq = options.since ?? null;
    void this.#connect();
  }

  get connection(): Connection {
    return this.#connection;
  }

  /** The latest complete picture of the service, or null before the first. */
  get status(): Status | null {
    return this.#status;
  }

  /** Whether status and events are left alone, because nobody looks. */
  get resting(): boolean {
    return this.#resting;
  }

  /** The contract. Throws `NotConnectedError` while there is no companion. */
  get api(): Api {
    if (!this.#api) throw new NotConnectedError(this.#connection.problem);
    return this.#api;
  }

  onConnection(listener: (connection: Connection) => void): Disposable {
    return this.#connectionListeners.add(listener);
  }

  onStatus(listener: (status: Status) => void): Disposable {
    return this.#statusListeners.add(listener);
  }

  onEvent(listener: (event: Event) => void): Disposable {
    return this.#eventListeners.add(listener);
  }

  onRest(listener: (resting: boolean) => void): Disposable {
    return this.#restListeners.add(listener);
  }

  /**
   * Nobody looks: leaves the streams of status and events, and does not connect again where the connection is lost, so
   * that nothing comes and no timer runs. What was asked for is still answered.
   */
  rest(): void {
    if (this.#resting || this.#disposed) return;
    this.#resting = true;
    this.#watching?.abort();
    this.#watching = null;
    this.#retry?.dispose();
    this.#retry = null;
    this.#restListeners.tell(true);
  }

  /** Somebody looks again: connects where there is no connection, and tells every event after the last one told. */
  wake(): void {
    if (!this.#resting || this.#disposed) return;
    this.#resting = false;
    if (this.#api && this.#socket) void this.#resume(this.#api, this.#socket);
    else if (!this.#connecting) void this.#connect();
    this.#restListeners.tell(false);
  }

  /** Resolves once connected; rejects when `ms` have passed first. */
  connected(ms: number): Promise<Api> {
    return new Promise((resolve, reject) => {
      if (this.#api) return resolve(this.#api);
      const timer = this.#clock.after(ms, () => {
        listening.dispose();
        reject(new NotConnectedError(this.#connection.problem));
      });
      const listening = this.onConnection(() => {
        if (!this.#api) return;
        timer.dispose();
        listening.dispose();
        resolve(this.#api);
      });
    });
  }

  /** Tries again at once instead of waiting for the next attempt. */
  reconnect(): void {
    if (this.#disposed || !this.#retry) return;
    this.#retry.dispose();
    this.#retry = null;
    void this.#connect();
  }

  dispose(): void {
    this.#disposed = true;
    this.#retry?.dispose();
    this.#socket?.close();
    this.#api = null;
    for (const l of [
      this.#connectionListeners,
      this.#statusListeners,
      this.#eventListeners,
      this.#restListeners,
    ])
      l.clear();
  }

  async #connect(): Promise<void> {
    this.#connecting = true;
    try {
      const socket = await this.#options.open();
      if (this.#disposed) return socket.close();
      this.#socket = socket;
      const closed = new Promise<void>((resolve) => {
        socket.addEventListener('close', () => resolve(), { once: true });
      });
      const api = createApi(socket);
      await this.#greet(api, closed);
      this.#api = api;
      this.#failures = 0;
      this.#connecting = false;
      this.#set({ state: 'connected', problem: null });
      if (!this.#resting) this.#stream(api, socket);
      if (this.#options.capabilities) void this.#during(socket, () => this.#serve(api));
      await closed;
      this.#lost('The connection to the companion was lost.');
    } catch (error) {
      this.#socket?.close();
      const incompatible = error instanceof ProgenyError && error.code === 'incompatible';
      this.#lost(error instanceof Error ? error.message : String(error), incompatible);
    }
  }

  async #greet(api: Api, closed: Promise<void>): Promise<void> {
    const greeting = (async () => {
      await api.system.hello({
        protocol: { ...PROTOCOL },
        client: { kind: this.#options.kind, version: this.#options.version },
        capabilities: Object.keys(this.#options.capabilities ?? {}) as Capability[],
      });
      this.#take(await api.system.status({}));
    })();
    const refused = closed.then(() => {
      throw new Error('The companion closed the connection.');
    });
    await Promise.race([greeting, refused]);
  }

  #take(status: Status): void {
    this.#status = status;
    // A log that ends before what we have told was restored from a backup: go on from its end.
    if (this.#seq === null || this.#seq > status.seq) this.#seq = status.seq;
  }

  async #resume(api: Api, socket: SocketLike): Promise<void> {
    try {
      this.#take(await api.system.status({}));
    } catch {
      return socket.close();
    }
    if (!this.#resting && !this.#watching && this.#api === api) this.#stream(api, socket);
  }

  #stream(api: Api, socket: SocketLike): void {
    const watching = new AbortController();
    this.#watching = watching;
    const { signal } = watching;
    void this.#during(
      socket,
      async () => {
        for await (const status of await api.system.watch({}, { signal })) {
          if (signal.aborted) return;
          this.#status = status;
          this.#statusListeners.tell(status);
        }
      },
      signal,
    );
    void this.#during(
      socket,
      async () => {
        for await (const event of await api.events.subscribe({ since: this.#seq ?? 0 }, { signal })) {
          if (signal.aborted) return;
          this.#seq = event.seq;
          this.#eventListeners.tell(event);
        }
      },
      signal,
    );
  }

  /** What ends by itself while it is wanted ends the connection: a new one resumes from the last sequence. */
  async #during(socket: SocketLike, work: () => Promise<void>, unwanted?: AbortSignal): Promise<void> {
    try {
      await work();
    } catch {
      // The companion drops a consumer that is too slow.
    }
    if (!unwanted?.aborted) socket.close();
  }

  async #serve(api: Api): Promise<void> {
    for await (const request of await api.clients.requests({})) {
      void (async () => {
        try {
          const act = this.#options.capabilities?.[request.capability as keyof Capabilities] as
            | ((input: unknown) => Promise<unknown>)
            | undefined;
          if (!act) throw new Error(`This client cannot do "${request.capability}".`);
          await api.clients.answer({ id: request.id, result: await act(request.input) });
        } catch (error) {
          const message = error instanceof Error ? error.message : String(error);
          await api.clients.answer({ id: request.id, error: message }).catch(() => {});
        }
      })();
    }
  }

  #lost(problem: string, incompatible = false): void {
    this.#api = null;
    this.#socket = null;
    this.#watching = null;
    this.#connecting = false;
    if (this.#disposed) return;
    const wait = RETRY_MS[Math.min(this.#failures++, RETRY_MS.length - 1)] ?? 5000;
    if (!this.#resting)
      this.#retry = this.#clock.after(incompatible ? INCOMPATIBLE_RETRY_MS : wait, () => {
        this.#retry = null;
        void this.#connect();
      });
    this.#set({ state: incompatible ? 'incompatible' : 'down', problem });
  }

  #set(connection: Connection): void {
    this.#connection = connection;
    this.#connectionListeners.tell(connection);
  }
}
