import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Caller } from '../gateway/index.ts';
import type { Clock, Logger } from '../kernel/index.ts';
import { ProgenyError } from '../protocol/index.ts';
import type { AgentDoor, Principal } from './agent-door.ts';
import type { OpenSession } from './session.ts';

/** The folder that a session over stdio was started for, percent-encoded. */
export const FOLDER_HEADER = 'x-progeny-folder';
/** `http`: this session over stdio sees its folder only while it is open to agents; so the editor starts it. */
export const DOOR_HEADER = 'x-progeny-door';

export interface HttpDoorOptions {
  /** What a principal may do; asked for once a session. */
  open(principal: Principal): AgentDoor;
  /** A session began with this token. */
  began(account: string): void;
  readonly version: string;
  readonly clock: Clock;
  readonly logger: Logger;
}

interface AgentSession {
  readonly account: string;
  readonly folder: string | null;
  readonly open: OpenSession;
  usedAt: number;
}

/** Sessions kept at once; the one that was used longest ago makes room. Its client is told to begin anew. */
const MOST_SESSIONS = 200;
const BUSY_MS = 5 * 60_000;

/** MCP over Streamable HTTP: one session with a server of its own for each agent that greets. */
export class HttpDoor {
  readonly #options: HttpDoorOptions;
  readonly #sessions = new Map<string, AgentSession>();

  constructor(options: HttpDoorOptions) {
    this.#options = options;
  }

  /** How many sessions were used within the last minutes. */
  get busy(): number {
    const since = this.#options.clock.now() - BUSY_MS;
    return [...this.#sessions.values()].filter(({ usedAt }) => usedAt >= since).length;
  }

  /** Answers a request that was let in. Throws what leaves as an error of the gateway. */
  async answer(
    request: IncomingMessage,
    response: ServerResponse,
    body: unknown,
    caller: Caller,
  ): Promise<void> {
    // One message a request, so that the rate limit counts what is done.
    if (Array.isArray(body)) throw new ProgenyError('bad_input', 'One message a request; received a batch.');
    const id = request.headers['mcp-session-id'];
    const session =
      id === undefined ? await this.#begin(request, body, caller) : this.#find(String(id), request, caller);
    session.usedAt = this.#options.clock.now();
    await session.open.answer(request, response, body);
  }

  /** Ends the sessions of a token that was taken back. */
  async end(account: string): Promise<void> {
    const ended = [...this.#sessions].filter(([, session]) => session.account === account);
    for (const [id] of ended) this.#sessions.delete(id);
    await Promise.all(ended.map(([, session]) => session.open.close()));
  }

  async dispose(): Promise<void> {
    const all = [...this.#sessions.values()];
    this.#sessions.clear();
    await Promise.all(all.map((session) => session.open.close()));
  }

  /** A session is its token's and its folder's: to anybody else it does not exist. */
  #find(id: string, request: IncomingMessage, caller: Caller): AgentSession {
    const session = this.#sessions.get(id);
    if (session && session.account === caller.account && session.folder === folderOf(request)) return session;
    throw new ProgenyError('not_found', 'There is no such session (any more). Begin with "initialize".');
  }

  async #begin(request: IncomingMessage, body: unknown, caller: Caller): Promise<AgentSession> {
    if ((body as { method?: unknown } | null)?.method !== 'initialize')
      throw new ProgenyError('bad_input', 'A session begins with "initialize"; no session was named.');
    const { clock, version, logger, open, began } = this.#options;
    const { account, actor } = caller;
    const folder = folderOf(request);
    // Only the owner's own programs may speak for a folder that is not open to agents.
    const own = caller.permissions.has('admin') && folder !== null && request.headers[DOOR_HEADER] !== 'http';
    const door = own ? 'stdio' : 'http';
    const { openSession } = await import('./session.ts');
    const opened = await openSession({
      door: open({ actor, door, folder }),
      version,
      logger,
      onBegun: (id) => {
        this.#sessions.set(id, session);
        this.#makeRoom();
      },
      onEnded: (id) => void this.#sessions.delete(id),
    });
    const session = { account, folder, open: opened, usedAt: clock.now() };
    began(account);
    return session;
  }

  #makeRoom(): void {
    if (this.#sessions.size <= MOST_SESSIONS) return;
    const [oldest] = [...this.#sessions].sort(([, a], [, b]) => a.usedAt - b.usedAt);
    if (!oldest) return;
    this.#sessions.delete(oldest[0]);
    void oldest[1].open.close();
  }
}

function folderOf(request: IncomingMessage): string | null {
  const given = request.headers[FOLDER_HEADER];
  if (given === undefined) return null;
  try {
    return decodeURIComponent(String(given));
  } catch {
    throw new ProgenyError('bad_input', `${FOLDER_HEADER}: expected a percent-encoded path.`);
  }
}
