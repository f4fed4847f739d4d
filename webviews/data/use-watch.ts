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

/** Follows a stream of complete pictures; begins anew with each connection. `key` names the question. */
export function useWatch<T>(
  key: string,
  open: (api: Api, signal: AbortSignal) => Promise<AsyncIterable<T>>,
): Watched<T> {
  const { client } = useSession();
  const [told, setTold] = useState<{ key: string; state: LiveState<T> } | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let abort = new AbortController();
    const tell = (change: Partial<LiveState<T>>) =>
      setTold((before) => {
        const known = before?.key === key ? before.state : { data: null, problem: null, at: null };
        return { key, state: { ...known, ...change } };
      });
    const follow = async (signal: AbortSignal) => {
      try {
        for await (const data of await open(client.api, signal)) {
          if (signal.aborted) return;
          tell({ data, problem: null, at: browserClock.now() });
        }
      } catch (error) {
        if (!signal.aborted && !isCancelled(error) && client.connection.state === 'connected')
          tell({ problem: problemOf(error) });
      }
    };
    const begin = () => {
      abort.abort();
      if (client.connection.state !== 'connected') return;
      abort = new AbortController();
      void follow(abort.signal);
    };
    begin();
    const listening = client.onConnection(begin);
    return () => {
      listening.dispose();
      abort.abort();
    };
  }, [client, key, attempt]);
  const state = told?.key === key ? told.state : { data: null, problem: null, at: null };
  return {
    ...state,
    refresh: () => setAttempt(attempt + 1),
    set: (data) => setTold({ key, state: { data, problem: null, at: browserClock.now() } }),
  };
}
