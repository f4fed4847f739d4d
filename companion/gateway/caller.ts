import type { Capability, Permission } from '../protocol/index.ts';
import type { Connection } from './connection.ts';

/** Who calls, through which door, and what the token permits. Every handler gets it as its context. */
export interface Caller {
  permissions: ReadonlySet<Permission>;
  /** Which token or connection the rate limiter counts. */
  account: string;
  /** Whose mind the token belongs to. */
  actor: string;
  /** The socket it came through; null for the REST door. */
  connection: Connection | null;
  requestId: string;
}

export const ALL_PERMISSIONS: ReadonlySet<Permission> = new Set([
  'public',
  'read',
  'write',
  'sense',
  'admin',
  'agent',
]);
/** What a browser that logged in with a one-use code may do. */
export const SESSION_PERMISSIONS: ReadonlySet<Permission> = new Set(['public', 'read', 'write']);
/** What the token of an agent may do: speak MCP, and nothing else. */
export const AGENT_PERMISSIONS: ReadonlySet<Permission> = new Set(['public', 'agent']);
export const NO_PERMISSIONS: ReadonlySet<Permission> = new Set(['public']);

/** What a client said of itself in `system.hello`. */
export interface ClientInfo {
  kind: string;
  version: string;
  capabilities: ReadonlySet<Capability>;
}
