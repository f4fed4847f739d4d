import { useEffect, useState } from 'preact/hooks';
import type { Api } from '../../companion/client/index.ts';
import { isCancelled, problemOf } from '../model/problem.ts';
import { browserClock } from './clock.ts';
import type { LiveState } from './live-query.ts';
import { useSession } from './session.ts';

export interface Watched<T> extends LiveState<T> {
  refresh(): void;
  /** Puts in what the companion answered to a change. */
  set(data: T): void;
}

/** Follows a stream of complete pictures; begins anew with each connection, and when a hidden page is seen again. `key` names the question. */
export function useWatch<T>(
  key: string,
  open: (api: Api, signal: AbortSignal) => Promise<AsyncIterable<T>>,
): Watched<T> {
  const { client } = useSession();
  const [told, setTold] = useState<{ key: string; state: LiveState<T> } | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let following: AbortController | null = null;
    const tell = (change: Partial<LiveState<T>>) =>
      setTold((before) => {
        const known = before?.key === key ? before.state : { data: null, problem: null, at: null };
        return { key, state: { ...known, ...change } };
      });
    const follow = async (own: AbortController) => {
      try {
        for await (const data of await open(client.api, own.signal)) {
          if (following !== own) return;
          tell({ data, problem: null, at: browserClock.now() });
        }
      } catch (error) {
        if (following === own && !isCancelled(error) && client.connection.state === 'connected')
          tell({ problem: problemOf(error) });
      }
    };
    const begin = () => {
      const last = following;
      following = null;
      // A stream went with its connection: there is nobody left to be told that it is over.
      if (client.connection.state !== 'connected') return;
      last?.abort();
      if (client.resting) return;
      following = new AbortController();
      void follow(following);
    };
    begin();
    const listening = [client.onConnection(begin), client.onRest(begin)];
    return () => {
      for (const one of listening) one.dispose();
      const last = following;
      following = null;
      if (client.connection.state === 'connected') last?.abort();
    };
  }, [client, key, attempt]);
  const state = told?.key === key ? told.state : { data: null, problem: null, at: null };
  return {
    ...state,
    refresh: () => setAttempt(attempt + 1),
    set: (data) => setTold({ key, state: { data, problem: null, at: browserClock.now() } }),
  };
}
