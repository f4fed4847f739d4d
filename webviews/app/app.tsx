import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { CompanionClient } from '../../companion/client/index.ts';
import { SessionContext } from '../data/session.ts';
import { useStatus } from '../data/use-companion.ts';
import type { Host } from '../host/host.ts';
import { formatLocation } from '../model/location.ts';
import { Boundary } from './boundary.tsx';
import { Gate } from './gate.tsx';
import { Lazy } from './lazy.tsx';
import { LoginPage } from './login-page.tsx';
import { routeOf } from './routes.ts';
import { Shell } from './shell.tsx';
import { StoryPlace } from './story-place.tsx';
import { Toast } from './toast.tsx';
import { useKeptScroll } from './use-kept-scroll.ts';
import { useNotices } from './use-notices.ts';
import { useWorkspace } from './use-workspace.ts';

/** The whole app, wherever it is shown. */
export function App({ host, client }: { host: Host; client: CompanionClient }) {
  const [location, setLocation] = useState(host.navigation.current);
  const [refused, setRefused] = useState(false);
  const status = useStatus(client);
  const workspace = useWorkspace(host, status);
  const { notice, said, announce, notify, dismiss, hold } = useNotices();
  const route = routeOf(location);
  useKeptScroll(host, location);

  useEffect(() => {
    const moving = host.navigation.onMove(setLocation);
    // Whoever led elsewhere before this listened is followed, too.
    setLocation(host.navigation.current);
    const refusal = host.onRefused(() => setRefused(true));
    return () => {
      moving.dispose();
      refusal.dispose();
    };
  }, [host]);
  const shown = useRef(route);
  useEffect(() => {
    document.title = `${route.title} · Progeny`;
    // What had the focus went with the last view: go on from the top of this one.
    const moved = shown.current !== route;
    shown.current = route;
    if (moved && document.activeElement === document.body)
      document.getElementById('main')?.focus({ preventScroll: true });
  }, [route]);

  const session = useMemo(
    () => ({ host, client, workspace, announce, notify }),
    [host, client, workspace, announce, notify],
  );
  if (refused) return <LoginPage reason="ended" />;
  return (
    <SessionContext.Provider value={session}>
      <Shell route={route} status={status}>
        <Gate status={status} free={route.free === true}>
          <Boundary at={formatLocation(location)}>
            <Lazy name={route.id} title={route.title} load={route.load} props={{ location }} />
          </Boundary>
        </Gate>
      </Shell>
      <StoryPlace route={route.id} />
      <div class="unseen" role="status">
        {said}
      </div>
      <Toast notice={notice} dismiss={dismiss} hold={hold} />
    </SessionContext.Provider>
  );
}
