import type { IncomingMessage } from 'node:http';
import { ProgenyError } from '../protocol/index.ts';

/** Names by which this machine's own programs reach a loopback port. */
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Refuses a request that a web page of another site, or a rebound DNS name, could have caused:
 * Host must be a loopback name with our port, and Origin, where there is one, our own address.
 */
export function assertLocal(headers: IncomingMessage['headers'], port: number): void {
  const allowed = LOOPBACK.map((name) => `${name}:${port}`);
  if (!allowed.includes(headers.host ?? '')) {
    throw new ProgenyError('forbidden', `The Host "${clip(headers.host)}" is not this companion's address.`);
  }
  const { origin } = headers;
  if (origin !== undefined && !allowed.some((host) => origin === `http://${host}`)) {
    throw new ProgenyError('forbidden', `Pages of "${clip(origin)}" may not call the companion.`);
  }
}

/** The token of a request: `Authorization: Bearer …`, or for sockets the subprotocol `token.…`. */
export function tokenOf(headers: IncomingMessage['headers']): string | null {
  const bearer = /^Bearer (\S+)$/.exec(headers.authorization ?? '');
  if (bearer) return bearer[1] as string;
  const protocols = (headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  return protocols.find((name) => name.startsWith('token.'))?.slice('token.'.length) ?? null;
}

function clip(text: string | undefined): string {
  return (text ?? '').slice(0, 100);
}
