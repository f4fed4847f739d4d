import { implement } from '@orpc/server';
import { contract, incompatibility, negotiate, PROTOCOL, ProgenyError } from '../protocol/index.ts';
import type { Caller } from './caller.ts';
import type { Connection } from './connection.ts';
import type { Sessions } from './sessions.ts';

export interface GatewayHandlerOptions {
  sessions: Sessions;
  version: string;
  instance: string;
  /** The address of the web UI, without a fragment. */
  address(): string;
  onHello(): void;
}

/** The procedures that are about the connection itself. */
export function gatewayHandlers({ sessions, version, instance, address, onHello }: GatewayHandlerOptions) {
  const os = implement(contract).$context<Caller>();
  const connectionOf = (caller: Caller): Connection => {
    if (caller.connection) return caller.connection;
    throw new ProgenyError(
      'bad_input',
      'This belongs to a connection: call it over the socket, not over REST.',
    );
  };
  return {
    hello: os.system.hello.handler(({ input, context }) => {
      const connection = connectionOf(context);
      const protocol = negotiate(PROTOCOL, input.protocol);
      if (protocol === null)
        throw new ProgenyError('incompatible', incompatibility(PROTOCOL, input.protocol));
      connection.client = { ...input.client, capabilities: new Set(input.capabilities) };
      onHello();
      return { protocol, version, connection: connection.id, instance };
    }),
    auth: {
      code: os.auth.code.handler(() => {
        const { code, expiresAt } = sessions.newCode();
        return { code, url: `${address()}/#code=${code}`, expiresAt };
      }),
      exchange: os.auth.exchange.handler(({ input }) => sessions.exchange(input.code)),
    },
    clients: {
      requests: os.clients.requests.handler(({ context, signal }) => connectionOf(context).requests(signal)),
      answer: os.clients.answer.handler(({ input, context }) => {
        connectionOf(context).answer(input.id, input.result, input.error);
        return {};
      }),
    },
  };
}
