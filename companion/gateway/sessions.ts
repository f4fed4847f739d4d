import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../kernel/index.ts';
import { type Permission, ProgenyError } from '../protocol/index.ts';
import { AGENT_PERMISSIONS, ALL_PERMISSIONS, SESSION_PERMISSIONS } from './caller.ts';

export interface Grant {
  permissions: ReadonlySet<Permission>;
  account: string;
  actor: string;
}

/** Finds the agent whose token has this digest (SHA-256, base64); null for none. */
export type FindAgent = (digest: string) => { name: string; actor: string } | null;

const CREATOR = 'creator';

export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * Tokens of this run of the companion: the one of the discovery file, and those of browsers that traded a
 * one-use code; beside them those of agents, which outlive it and are kept elsewhere. Only digests are kept, and compared in constant time.
 */
export class Sessions {
  readonly #clock: Clock;
  readonly #owner: Buffer;
  readonly #sessions = new Map<string, { expiresAt: number }>();
  readonly #codes = new Map<string, { expiresAt: number }>();
  readonly #limits: () => { sessionHours: number; codeSeconds: number };

  readonly #agent: FindAgent;

  constructor(
    ownerToken: string,
    clock: Clock,
    limits: () => { sessionHours: number; codeSeconds: number },
    agent: FindAgent = () => null,
  ) {
    this.#agent = agent;
    this.#owner = digest(ownerToken);
    this.#clock = clock;
    this.#limits = limits;
  }

  /** What a token permits; null when it is not (or no longer) one of ours. */
  grant(token: string | null): Grant | null {
    if (token === null) return null;
    const given = digest(token);
    if (timingSafeEqual(given, this.#owner))
      return { permissions: ALL_PERMISSIONS, account: 'owner', actor: CREATOR };
    const key = given.toString('base64');
    const session = this.#sessions.get(key);
    if (session && session.expiresAt > this.#clock.now())
      return { permissions: SESSION_PERMISSIONS, account: key.slice(0, 12), actor: CREATOR };
    const agent = this.#agent(key);
    return agent && { permissions: AGENT_PERMISSIONS, account: `agent:${agent.name}`, actor: agent.actor };
  }

  newCode(): { code: string; expiresAt: number } {
    this.#forgetExpired();
    const code = randomBytes(18).toString('base64url');
    const expiresAt = this.#clock.now() + this.#limits().codeSeconds * 1000;
    this.#codes.set(digest(code).toString('base64'), { expiresAt });
    return { code, expiresAt };
  }

  /** Trades a code for a session token; a code works once. */
  exchange(code: string): { token: string; expiresAt: number } {
    const key = digest(code).toString('base64');
    const known = this.#codes.get(key);
    this.#codes.delete(key);
    if (!known || known.expiresAt <= this.#clock.now()) {
      throw new ProgenyError(
        'unauthorized',
        'This login code was used already or is too old. Ask for a new address with `progeny status`.',
      );
    }
    const token = newToken();
    const expiresAt = this.#clock.now() + this.#limits().sessionHours * 3_600_000;
    this.#sessions.set(digest(token).toString('base64'), { expiresAt });
    return { token, expiresAt };
  }

  #forgetExpired(): void {
    const now = this.#clock.now();
    for (const store of [this.#codes, this.#sessions]) {
      for (const [key, { expiresAt }] of store) if (expiresAt <= now) store.delete(key);
    }
  }
}

function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
