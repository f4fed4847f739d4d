import type {
  Api,
  Capabilities,
  CompanionClient,
  Connection,
  SocketLike,
} from '../../companion/client/index.ts';
import { type Disposable, Listeners } from '../../companion/kernel/index.ts';
import type { Event, Status } from '../../companion/protocol/index.ts';
import type { Door } from './door.ts';
import { type Link, sameLink } from './link.ts';
import { Starter, type StarterOptions } from './starter.ts';

export interface CompanionLinkOptions extends StarterOptions {
  readonly version: string;
  readonly capabilities: Capabilities;
  door(): Promise<Door>;
}

const STOP_LIMIT_MS = 8000;
const LOOK_AGAIN_MS = 50;

/** This window's connection to the companion. Once opened it heals itself. */
export class CompanionLink implements Disposable {
  readonly #options: CompanionLinkOptions;
  readonly #starter: Starter;
  readonly #changes = new Listeners<Link>();
  readonly #statuses = new Listeners<Status>();
  readonly #events = new Listeners<Event>();
  #door: Door | null = null;
  #client: CompanionClient | null = null;
  #link: Link = { state: 'starting' };
  #disposed = false;

  constructor(options: CompanionLinkOptions) {
    this.#options = options;
    this.#starter = new Starter(options);
  }

  get link(): Link {
    return this.#link;
  }

  /** The latest picture of the service, while connected. */
  get status(): Status | null {
    return this.#link.state === 'connected' ? (this.#client?.status ?? null) : null;
  }

  /** The contract, while connected. */
  get api(): Api | null {
    return this.#link.state === 'connected' ? (this.#client?.api ?? null) : null;
  }

  onChange(listener: (link: Link) => void): Disposable {
    return this.#changes.add(listener);
  }

  onStatus(listener: (status: Status) => void): Disposable {
    return this.#statuses.add(listener);
  }

  onEvent(listener: (event: Event) => void): Disposable {
    return this.#events.add(listener);
  }

  /** Begins to connect. Never rejects: what goes wrong is the link's state. */
  async open(): Promise<void> {
    const { door, version, capabilities, clock } = this.#options;
    try {
      const opened = await door();
      if (this.#disposed) return;
      this.#door = opened;
      const client = new opened.CompanionClient({
        open: () => this.#starter.openSocket(opened),
        kind: 'extension',
        version,
        capabilities,
        clock,
      });
      this.#client = client;
      client.onConnection((connection) => this.#connectionChanged(connection));
      client.onStatus((status) => this.#statuses.tell(status));
      client.onEvent((event) => this.#events.tell(event));
    } catch (error) {
      this.#set({ state: 'failed', problem: String(error) });
    }
  }

  /** Starts the companion, or one of this version in the place of one that is incompatible. Rejects with why it cannot. */
  async start(ms: number): Promise<Api> {
    if (!this.#client) throw new Error('Progeny is still starting in this window.');
    if (this.#link.state === 'incompatible') {
      await this.#door?.endProcess(this.#options.dataDirectory);
      await this.#gone();
    }
    this.#starter.ask();
    if (this.#link.state !== 'connected') this.#set({ state: 'starting' });
    this.#client.reconnect();
    return await this.#client.connected(ms);
  }

  /** Stops the companion for every window and client of this user. Rejects when it goes on. */
  async stop(): Promise<void> {
    if (!this.#client) return;
    this.#starter.stop(true);
    // It may close the connection before its answer is out, so its leaving counts, not its answer.
    const answer = this.#client.api.system.stop({}).then(
      () => null,
      (error: unknown) => error,
    );
    const refusal = await Promise.race([answer, this.#gone().then(() => null)]);
    await this.#gone();
    if (await this.#running()) {
      this.#starter.stop(false);
      throw refusal ?? new Error(`The companion did not stop within ${STOP_LIMIT_MS / 1000} s.`);
    }
    await this.#until(STOP_LIMIT_MS, () => this.#link.state !== 'connected');
  }

  /** The contract once connected; null when it turns out that there is none, or `ms` have passed first. */
  async whenConnected(ms: number): Promise<Api | null> {
    await this.#until(ms, () => this.#link.state !== 'starting' && this.#link.state !== 'lost');
    return this.api;
  }

  /** This window has no files on this machine: nothing is connected. */
  rest(): void {
    this.#set({ state: 'virtual' });
  }

  /** Looks again at once, for example because auto-start was switched on or a folder was opened. */
  lookAgain(): void {
    this.#client?.reconnect();
  }

  /** A socket of its own for a webview's relay. The token stays here. */
  async openRelay(): Promise<SocketLike> {
    const found = await this.#door?.readDiscovery(this.#options.dataDirectory);
    if (!this.#door || !found) throw new Error('The companion is not running.');
    return await this.#door.openSocket(found);
  }

  dispose(): void {
    this.#disposed = true;
    this.#client?.dispose();
    for (const listeners of [this.#changes, this.#statuses, this.#events]) listeners.clear();
  }

  #connectionChanged({ state, problem }: Connection): void {
    const words = problem ?? this.#starter.restingBecause;
    if (state === 'connected') {
      this.#starter.connected();
      this.#set({ state: 'connected' });
      if (this.#client?.status) this.#statuses.tell(this.#client.status);
    } else if (state === 'incompatible') {
      this.#set({ state: 'incompatible', problem: words });
    } else if (state === 'down') {
      this.#set(this.#whenDown(words));
    }
  }

  #whenDown(problem: string): Link {
    const { stoppedHere, restingBecause, step } = this.#starter;
    if (this.#link.state === 'connected') {
      return stoppedHere ? { state: 'stopped', problem: restingBecause } : { state: 'lost', problem };
    }
    if (step === 'rest') return { state: 'stopped', problem };
    if (step === 'wait' && this.#link.state !== 'stopped') return this.#link;
    return { state: 'failed', problem };
  }

  /** Waits until the old process has left, so that the next look does not find its last moments. */
  async #gone(): Promise<void> {
    const { clock } = this.#options;
    const end = clock.now() + STOP_LIMIT_MS;
    while (clock.now() < end && (await this.#running())) {
      await new Promise<void>((resolve) => void clock.after(LOOK_AGAIN_MS, resolve));
    }
  }

  async #running(): Promise<boolean> {
    return (await this.#door?.readDiscovery(this.#options.dataDirectory)) != null;
  }

  /** Resolves when `settled`, looked at whenever the link changes, or after `ms`. */
  #until(ms: number, settled: () => boolean): Promise<void> {
    if (settled()) return Promise.resolve();
    return new Promise((resolve) => {
      const end = () => {
        timer.dispose();
        listening.dispose();
        resolve();
      };
      const timer = this.#options.clock.after(ms, end);
      const listening = this.onChange(() => {
        if (settled()) end();
      });
    });
  }

  #set(link: Link): void {
    if (sameLink(link, this.#link)) return;
    this.#link = link;
    const problem = 'problem' in link ? { problem: link.problem } : {};
    this.#options.log.info({ state: link.state, ...problem }, 'connection');
    this.#changes.tell(link);
  }
}
