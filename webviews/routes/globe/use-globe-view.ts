import { useEffect, useRef, useState } from 'preact/hooks';
import { browserClock } from '../../data/clock.ts';
import { useSession } from '../../data/session.ts';
import { type Location, to } from '../../model/location.ts';
import type { Globe } from './use-globe.ts';
import { type GlobeShown, VIEWS } from './view-switch.tsx';

const SHOWN = 'globe.shown';
const REST_MS = 300;
const WIDE = '(width >= 1080px)';

/** What the view remembers: globe, list or both; the time that is shown, which rests in the address. */
export function useGlobeView(location: Location, globe: Globe) {
  const { host } = useSession();
  const [view, show] = useState<GlobeShown>(() =>
    viewOf(location.query.view ?? host.getState<string>(SHOWN)),
  );
  const [time, setTimeNow] = useState<number | null>(() => timeOf(location.query.at));
  const [lost, setLost] = useState(false);
  const timer = useRef<{ dispose(): void } | null>(null);
  const here = useRef(location);
  here.current = location;
  useEffect(() => () => timer.current?.dispose(), []);
  const { remember } = globe;
  const { done, past } = globe.state;
  useEffect(() => {
    if (time !== null && done && past === null) remember();
  }, [time, done, past]);

  const setTime = (next: number | null) => {
    setTimeNow(next);
    timer.current?.dispose();
    timer.current = browserClock.after(REST_MS, () => {
      const { id, query } = here.current;
      const { at: _, ...rest } = query;
      host.navigation.go(to('globe', id, { ...rest, ...(next !== null && { at: String(next) }) }), {
        replace: true,
      });
    });
  };
  const setView = (next: GlobeShown) => {
    show(next);
    host.setState(SHOWN, next);
  };
  return {
    time,
    setTime,
    view: lost ? ('list' as const) : view,
    setView,
    lost,
    onLost: () => setLost(true),
    /** What stands in the address beside the filter. */
    query: { ...(time !== null && { at: String(time) }) } as Record<string, string>,
  };
}

function viewOf(asked: string | undefined): GlobeShown {
  if (asked !== undefined && Object.hasOwn(VIEWS, asked)) return asked as GlobeShown;
  return matchMedia(WIDE).matches ? 'both' : 'globe';
}

function timeOf(at: string | undefined): number | null {
  const time = Number(at);
  return at !== undefined && Number.isSafeInteger(time) && time > 0 && time < browserClock.now()
    ? time
    : null;
}
