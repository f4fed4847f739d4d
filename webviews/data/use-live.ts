import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Api } from '../../companion/client/index.ts';
import type { Event, Status } from '../../companion/protocol/index.ts';
import { browserClock } from './clock.ts';
import { eventFramesOf } from './event-frames.ts';
import { LiveQuery, type LiveState } from './live-query.ts';
import { useSession } from './session.ts';

export interface Live<T> extends LiveState<T> {
  refresh(): void;
  set(update: (data: T) => T): void;
}

/**
 * Keeps the answer of `fetch` true: asks again on every event, on a changed picture of the workspaces, after
 * a reconnection, and when a hidden view comes back (while hidden it asks nothing). `key` names the question.
 * `concerns` tells the events that can change the answer; with it, the workspaces cannot.
 */
export function useLive<T>(
  key: string,
  fetch: (api: Api, signal: AbortSignal) => Promise<T>,
  concerns?: (event: Event) => boolean,
): Live<T> {
  const { client } = useSession();
  const latest = useRef(fetch);
  latest.current = fetch;
  const [told, setTold] = useState<{ key: string; state: LiveState<T> } | null>(null);

  const query = useMemo(
    () =>
      new LiveQuery<T>({
        fetch: (signal) => latest.current(client.api, signal),
        clock: browserClock,
        onChange: (state) => setTold({ key, state }),
      }),
    [client, key],
  );

  useEffect(() => {
    let seen = workspacesOf(client.status);
    const changed = () => {
      if (client.connection.state === 'connected' && document.visibilityState === 'visible') query.refresh();
    };
    const listening = [
      client.onConnection(changed),
      eventFramesOf(client).add((events) => {
        if (!concerns || events.some(concerns)) changed();
      }),
      client.onStatus((status) => {
        const now = workspacesOf(status);
        if (now !== seen && !concerns) changed();
        seen = now;
      }),
    ];
    document.addEventListener('visibilitychange', changed);
    changed();
    return () => {
      document.removeEventListener('visibilitychange', changed);
      for (const listener of listening) listener.dispose();
      query.dispose();
    };
  }, [client, query]);

  const state = told?.key === key ? told.state : { data: null, problem: null, at: null };
  return { ...state, refresh: () => query.refresh(), set: (update) => query.set(update) };
}

function workspacesOf(status: Status | null): string {
  return JSON.stringify(status?.workspaces ?? null);
}
