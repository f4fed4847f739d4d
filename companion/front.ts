import type { AgentSide } from './agent-side.ts';
import {
  Gateway,
  gatewayHandlers,
  newToken,
  publishDiscovery,
  Sessions,
  type WebUi,
  withdrawDiscovery,
} from './gateway/index.ts';
import type { Clock, Disposables, Logger, Random } from './kernel/index.ts';
import { idleWatch } from './lifetime.ts';
import { PROTOCOL, type Status } from './protocol/index.ts';
import { createRouter, type Services } from './router.ts';
import { serviceStatus } from './service-status.ts';
import { VERSION } from './version.ts';
import { watchSnapshots } from './watch-snapshots.ts';

/** What the doors open on: all that the handlers stand on, but for what the doors themselves know. */
type Behind = Omit<Services, 'gateway' | 'status' | 'watchStatus' | 'changed' | 'stop'> & {
  readonly agents: AgentSide;
};

export interface FrontOptions extends Behind {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly dataDirectory: string;
  /** Nothing that it knows is the user's. */
  readonly demo: boolean;
  readonly instance: string;
  readonly ui: WebUi | null;
  /** Stop after this long without a client, in ms; 0 for never. */
  readonly idleExitMs: number;
}

const STATUS_PULSE_MS = 60_000;
const STATUS_SETTLES_MS = 50;
/** So that who asked for it hears the answer. */
const STOPS_AFTER_MS = 50;

/** Everything through which the service is reached: its picture, its sessions, its gateway, the discovery file. */
export class Front {
  /** Resolves when it has been told to stop (by a client, or for want of clients). */
  readonly stopRequested: Promise<void>;
  readonly status: () => Status;
  readonly gateway: Gateway;
  readonly #options: FrontOptions;
  readonly #owned: Disposables;
  readonly #startedAt: number;
  readonly #token = newToken();
  readonly #snapshots: ReturnType<typeof watchSnapshots<Status>>;

  constructor(options: FrontOptions, owned: Disposables) {
    this.#options = options;
    this.#owned = owned;
    const { clock, store, workspaces, language, agents, answering, settings, instance } = options;
    this.#startedAt = clock.now();
    const { promise, resolve: requestStop } = Promise.withResolvers<void>();
    this.stopRequested = promise;
    this.status = serviceStatus({
      store,
      workspaces,
      clock,
      version: VERSION,
      instance,
      startedAt: this.#startedAt,
      dataDirectory: options.dataDirectory,
      demo: options.demo,
      clients: () => this.gateway.clients.length,
      pausedUntil: () => options.interruption.pausedUntil,
      models: options.models,
      language: language.models,
      self: options.self,
      wheel: options.wheel,
      violations: options.violations,
    });
    this.#snapshots = watchSnapshots(this.status, clock, {
      settleMs: STATUS_SETTLES_MS,
      pulseMs: STATUS_PULSE_MS,
    });
    owned.add(this.#snapshots);
    for (const source of [workspaces.changed, store.changed, store.mind.committed, language.models.changed])
      source.add(() => this.changed());
    const sessions = new Sessions(
      this.#token,
      clock,
      () => settings.current.gateway,
      (digest) => agents.tokens.find(digest),
    );
    const inUse = () => this.gateway.clients.length + agents.busy + answering.chat.busy;
    owned.add(idleWatch(clock, options.idleExitMs, inUse, requestStop));
    const clientsChanged = () => {
      language.clientsChanged();
      this.changed();
    };
    const router = createRouter({
      ...options,
      gateway: gatewayHandlers({
        sessions,
        version: VERSION,
        instance,
        address: () => this.address,
        onHello: clientsChanged,
      }),
      doors: async (folder, change) => {
        const now = await options.doors(folder, change);
        this.changed();
        return now;
      },
      status: this.status,
      watchStatus: (signal) => this.#snapshots.follow(signal),
      changed: () => this.changed(),
      stop: () => clock.after(STOPS_AFTER_MS, requestStop),
    });
    this.gateway = new Gateway({
      router,
      sessions,
      settings: () => settings.current.gateway,
      ui: options.ui,
      mounts: [agents.mount],
      ready: () => !store.guard.readOnly,
      clock,
      random: options.random,
      logger: options.logger,
      onClients: clientsChanged,
    });
    owned.add({ dispose: () => this.gateway.close() });
  }

  get address(): string {
    return `http://127.0.0.1:${this.gateway.port}`;
  }

  /** The picture of the service is another now. */
  changed(): void {
    this.#snapshots.changed();
  }

  /** Clients find it from now on. */
  async publish(): Promise<void> {
    const { dataDirectory, instance } = this.#options;
    await publishDiscovery(dataDirectory, {
      port: this.gateway.port,
      token: this.#token,
      pid: process.pid,
      instance,
      version: VERSION,
      protocol: { ...PROTOCOL },
      startedAt: this.#startedAt,
    });
    this.#owned.add({ dispose: () => withdrawDiscovery(dataDirectory, instance) });
  }
}
