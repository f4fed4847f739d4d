import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { browserClock } from '../../data/clock.ts';
import { eventFramesOf } from '../../data/event-frames.ts';
import { useSession } from '../../data/session.ts';
import type { GlobeModel } from '../../model/globe/globe-model.ts';
import { GlobeDesk, type GlobeDeskState } from './globe-desk.ts';

export interface Globe {
  readonly model: GlobeModel;
  readonly state: GlobeDeskState;
  retry(): void;
  remember(): void;
  /** Tells which entries of the columns changed in place. */
  onTouch(listener: (indexes: readonly number[]) => void): () => void;
}

/** All points, live while the page is in sight. */
export function useGlobe(): Globe {
  const { client } = useSession();
  const listeners = useRef(new Set<(indexes: readonly number[]) => void>());
  const [, render] = useState(0);
  const desk = useMemo(
    () =>
      new GlobeDesk({
        api: () => client.api,
        clock: browserClock,
        frame(task) {
          const handle = requestAnimationFrame(task);
          return { dispose: () => cancelAnimationFrame(handle) };
        },
        onChange: () => render((n) => n + 1),
        onTouch: (indexes) => {
          for (const listener of [...listeners.current]) listener(indexes);
        },
      }),
    [client],
  );
  useEffect(() => {
    const connected = () => {
      if (client.connection.state === 'connected' && !desk.state.done) void desk.load();
    };
    const seen = () => desk.setVisible(document.visibilityState === 'visible');
    const listening = [
      eventFramesOf(client).add((events) => {
        for (const event of events) desk.event(event);
      }),
      client.onConnection(connected),
    ];
    document.addEventListener('visibilitychange', seen);
    seen();
    connected();
    return () => {
      document.removeEventListener('visibilitychange', seen);
      for (const listener of listening) listener.dispose();
      desk.dispose();
    };
  }, [client, desk]);

  return {
    model: desk.model,
    state: desk.state,
    retry: () => void desk.load(),
    remember: () => void desk.remember(),
    onTouch(listener) {
      listeners.current.add(listener);
      return () => listeners.current.delete(listener);
    },
  };
}
