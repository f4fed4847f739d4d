import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { CompanionClient } from '../../companion/client/index.ts';
import type { Host } from '../host/host.ts';

/** What was done, or could not be done; `undo` takes it back. */
export interface Notice {
  tone: 'done' | 'failed';
  text: string;
  undo?: () => void;
}

/** What every view may use. */
export interface Session {
  host: Host;
  client: CompanionClient;
  /** The folder the views are about; null while none is known. */
  workspace: string | null;
  /** Says something to those who listen, without showing it. */
  announce(text: string): void;
  /** Shows and says what came of an action. */
  notify(notice: Notice): void;
}

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('A view was rendered outside the app.');
  return session;
}
