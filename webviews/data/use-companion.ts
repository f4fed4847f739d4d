import { useEffect, useState } from 'preact/hooks';
import type { CompanionClient, Connection } from '../../companion/client/index.ts';
import type { Status } from '../../companion/protocol/index.ts';
import { oncePerFrame } from './frames.ts';

export function useConnection(client: CompanionClient): Connection {
  const [connection, setConnection] = useState(client.connection);
  useEffect(() => {
    setConnection(client.connection);
    const listening = client.onConnection(setConnection);
    return () => listening.dispose();
  }, [client]);
  return connection;
}

/** The latest complete picture of the service; null before the first. */
export function useStatus(client: CompanionClient): Status | null {
  const [status, setStatus] = useState(client.status);
  useEffect(() => {
    setStatus(client.status);
    const put = oncePerFrame(setStatus);
    const listening = client.onStatus(put);
    const connecting = client.onConnection(() => setStatus(client.status));
    return () => {
      put.dispose();
      listening.dispose();
      connecting.dispose();
    };
  }, [client]);
  return status;
}
