import { createORPCClient, ORPCError } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { type Contract, isWireErrorCode, ProgenyError } from '../protocol/index.ts';

/** Every procedure of the contract as a typed function; failures reject with a `ProgenyError`. */
export type Api = ContractRouterClient<Contract>;

/** The part of a WebSocket that the contract needs; a webview's relay has the same shape. */
export interface SocketLike {
  readonly readyState: number;
  send(data: string | ArrayBufferLike | ArrayBufferView | Blob): void;
  close(): void;
  addEventListener(type: string, listener: (event: never) => void, options?: { once?: boolean }): void;
}

const OPEN = 1;

/** A call was made, or was under way, while there is no connection to a companion. */
export class NotConnectedError extends Error {
  override readonly name = 'NotConnectedError';
  readonly code = 'not_connected';

  constructor(problem: string | null) {
    super(problem ?? 'The companion is not connected.');
  }
}

/** Speaks the contract over an open (or opening) socket. */
export function createApi(socket: SocketLike): Api {
  const link = new RPCLink({
    websocket: socket as unknown as WebSocket,
    interceptors: [
      async ({ next }) => {
        try {
          return await next();
        } catch (error) {
          if (!(error instanceof ORPCError) && socket.readyState !== OPEN) throw new NotConnectedError(null);
          throw toProgenyError(error);
        }
      },
    ],
  });
  return createORPCClient<Api>(link);
}

/** Turns what a link throws into the contract's error; cancellation passes unchanged. */
export function toProgenyError(error: unknown): unknown {
  if (!(error instanceof ORPCError)) return error;
  const code = isWireErrorCode(error.code) ? error.code : 'internal';
  const details = typeof error.data === 'object' && error.data !== null ? error.data : {};
  return new ProgenyError(code, error.message, details as Record<string, unknown>);
}
