import { type ActorRooms, AllRooms } from './actor-rooms.ts';
import { Agents, type AgentsOptions } from './agents.ts';
import type { Embedder } from './embedding/index.ts';
import { type Mount, newToken } from './gateway/index.ts';
import type { Clock, Logger, Random } from './kernel/index.ts';
import { AgentTokens, HttpDoor } from './mcp/index.ts';
import type { AgentToken, ForgetRequest, Forgotten, NewAgentToken } from './protocol/index.ts';
import type { Mind, Store } from './store/index.ts';
import { VERSION } from './version.ts';

export interface AgentSideOptions extends Pick<AgentsOptions, 'doors' | 'workspaces' | 'forget' | 'wheel'> {
  mind: Mind;
  clock: Clock;
  random: Random;
  logger: Logger;
  store: Store;
  embedder: Embedder;
  share(): number;
  /** The rooms of the creator. */
  own: ActorRooms;
  /** That of the gateway, once it listens. */
  port(): number;
}

/** Where the hub keeps the port that agents were told. */
const PORT = 'port';

/** All that agents meet: their rooms, their tokens, and the door over HTTP. */
export class AgentSide {
  readonly tokens: AgentTokens;
  readonly #options: AgentSideOptions;
  readonly #rooms: AllRooms;
  readonly #agents: Agents;
  readonly #door: HttpDoor;

  constructor(options: AgentSideOptions) {
    this.#options = options;
    const { store, clock, logger, mind } = options;
    const { hub } = store;
    this.#rooms = new AllRooms(options);
    this.#agents = new Agents({ ...options, hub, rooms: this.#rooms, owner: mind.actor });
    this.tokens = new AgentTokens({ hub, clock, newToken, addActor: (actor) => store.addActor(actor) });
    this.#door = new HttpDoor({
      open: (principal) => this.#agents.open(principal),
      began: (account) => {
        if (account.startsWith('agent:') && !store.guard.readOnly)
          this.tokens.used(account.slice('agent:'.length));
      },
      version: VERSION,
      clock,
      logger,
    });
  }

  /** The door as the gateway hangs it. */
  get mount(): Mount {
    return {
      path: '/mcp',
      methods: ['POST', 'GET', 'DELETE'],
      permission: 'agent',
      rate: 'agent',
      answer: (request, response, body, caller) => this.#door.answer(request, response, body, caller),
    };
  }

  /** How many requests are under way. */
  get busy(): number {
    return this.#door.busy;
  }

  /** The port to listen at, if it is free: 0 for any. */
  get keptPort(): number {
    return Number(this.#options.store.hub.getMeta(PORT) ?? 0);
  }

  /** Clients over HTTP are told the address once: it stays, as long as nobody else takes the port. */
  keepPort(): void {
    const { store, port } = this.#options;
    if (this.tokens.list().length > 0 && store.hub.getMeta(PORT) !== String(port()))
      store.hub.setMeta(PORT, String(port()));
  }

  list(): AgentToken[] {
    return this.tokens.list();
  }

  /** Throws `conflict`, `read_only`. */
  add(name: string, actor: string): NewAgentToken {
    const made = this.tokens.add(name, actor);
    this.keepPort();
    return { ...made, url: `http://127.0.0.1:${this.#options.port()}/mcp` };
  }

  /** Throws `not_found`, `read_only`. */
  async remove(name: string): Promise<void> {
    this.tokens.remove(name);
    await this.#door.end(`agent:${name}`);
  }

  forgetRequests(): Promise<ForgetRequest[]> {
    return this.#agents.forgetRequests();
  }

  answerForget(id: string, allow: boolean): Promise<{ forgotten: Forgotten | null }> {
    return this.#agents.answerForget(id, allow);
  }

  async dispose(): Promise<void> {
    await this.#door.dispose();
    await this.#rooms.dispose();
  }
}
