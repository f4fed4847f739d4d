import { useEffect, useState } from 'preact/hooks';
import type { Status } from '../../companion/protocol/index.ts';
import type { Host } from '../host/host.ts';

/** The folder that the views are about: the host's, else the first that the companion has open. */
export function useWorkspace(host: Host, status: Status | null): string | null {
  const [named, setNamed] = useState(host.workspace);
  useEffect(() => {
    setNamed(host.workspace);
    const listening = host.onWorkspace(setNamed);
    return () => listening.dispose();
  }, [host]);
  return named ?? status?.workspaces[0]?.path ?? null;
}
