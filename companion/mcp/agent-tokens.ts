import { createHash } from 'node:crypto';
import type { Clock } from '../kernel/index.ts';
import { type AgentToken, ProgenyError } from '../protocol/index.ts';
import type { Hub } from '../store/index.ts';

interface TokenRow {
  name: string;
  actor: string;
  created_at: number;
  used_at: number | null;
}

export interface AgentTokensOptions {
  readonly hub: Hub;
  readonly clock: Clock;
  /** A new secret. */
  newToken(): string;
  /** Takes in the person whose mind it is for. */
  addActor(actor: string): void;
}

/** Tokens of agents. They outlive the companion; of each only a digest is kept. */
export class AgentTokens {
  readonly #options: AgentTokensOptions;

  constructor(options: AgentTokensOptions) {
    this.#options = options;
  }

  list(): AgentToken[] {
    const sql = 'SELECT name, actor, created_at, used_at FROM agent_tokens ORDER BY created_at, name';
    return this.#options.hub.read((reader) => reader.all<TokenRow>(sql)).map(toToken);
  }

  /** Throws `conflict` for a name that is taken. The secret is in the answer, and nowhere else. */
  add(name: string, actor: string): AgentToken & { token: string } {
    const { hub, clock, newToken, addActor } = this.#options;
    if (this.list().some((known) => known.name === name))
      throw new ProgenyError(
        'conflict',
        `There is a token "${name}" already. \`progeny mcp revoke ${name}\` takes it back.`,
      );
    addActor(actor);
    const token = newToken();
    const createdAt = clock.now();
    const sql = 'INSERT INTO agent_tokens (name, digest, actor, created_at) VALUES (?, ?, ?, ?)';
    hub.transact((tx) => tx.run(sql, name, digestOf(token), actor, createdAt));
    return { name, actor, createdAt, usedAt: null, token };
  }

  /** Throws `not_found`. */
  remove(name: string): void {
    const { hub } = this.#options;
    const { changes } = hub.transact((tx) => tx.run('DELETE FROM agent_tokens WHERE name = ?', name));
    if (changes === 0)
      throw new ProgenyError('not_found', `There is no token "${name}". \`progeny mcp tokens\` lists them.`);
  }

  /** The agent whose token has this digest; null for none. A digest of 256 random bits tells nothing by its timing. */
  find(digest: string): { name: string; actor: string } | null {
    const sql = 'SELECT name, actor FROM agent_tokens WHERE digest = ?';
    return (
      this.#options.hub.read((reader) => reader.get<{ name: string; actor: string }>(sql, digest)) ?? null
    );
  }

  used(name: string): void {
    const { hub, clock } = this.#options;
    hub.record((writer) =>
      writer.run('UPDATE agent_tokens SET used_at = ? WHERE name = ?', clock.now(), name),
    );
  }
}

function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('base64');
}

function toToken({ name, actor, created_at: createdAt, used_at: usedAt }: TokenRow): AgentToken {
  return { name, actor, createdAt, usedAt };
}
