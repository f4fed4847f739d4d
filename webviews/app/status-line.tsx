import { useLayoutEffect, useRef } from 'preact/hooks';
import { MODE_WORDS, type ServiceState, type Status } from '../../companion/protocol/index.ts';
import { visibleLine } from '../../companion/protocol/visible-text.ts';
import { WHEEL_STATUS_WORDS } from '../../companion/protocol/wheel-words.ts';
import { useSession } from '../data/session.ts';
import { useConnection } from '../data/use-companion.ts';
import { useLasting } from '../data/use-now.ts';
import { DOOR_WORDS, openDoors } from '../model/doors.ts';
import { to } from '../model/location.ts';
import { Icon } from '../parts/icon.tsx';
import type { IconName } from '../parts/icon-table.ts';
import { Moment } from '../parts/moment.tsx';
import { Link } from './link.tsx';

const STATE_WORDS: Record<ServiceState, string | null> = {
  FULL: null,
  AMNESIA: 'Searches by words only: no embeddings',
  OFFLINE: 'No language model is running',
  READ_ONLY: 'Nothing can be saved',
};

/** Modes in which it speaks less than the settings say; what is degraded is said by the state. */
const QUIETER: ReadonlySet<Status['mode']> = new Set(['convergence', 'quiet', 'slumber']);

/** The state of the service in words; colour and icon only repeat them. */
export function StatusLine({ status }: { status: Status | null }) {
  const { client, workspace } = useSession();
  const { state } = useConnection(client);
  const away = useLasting(state !== 'connected', 400);
  const [icon, word]: [IconName, string] = !away
    ? ['plug', state === 'connected' ? 'Connected' : 'Connecting']
    : state === 'connecting'
      ? ['sync', 'Connecting']
      : ['debug-disconnect', 'Not connected'];
  const folder = status?.workspaces.find(({ path }) => path === workspace);
  const doors = folder ? openDoors(folder.doors).map((name) => DOOR_WORDS[name].word) : [];
  const condition = status && STATE_WORDS[status.state];
  const line = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const { current } = line;
    if (!current) return;
    // The rail above it ends where it begins, however much there is to say.
    const watching = new ResizeObserver(() =>
      document.documentElement.style.setProperty('--status-height', `${current.offsetHeight}px`),
    );
    watching.observe(current);
    return () => watching.disconnect();
  }, []);
  return (
    <footer class="status-line" ref={line}>
      <span class="status-item">
        <Icon name={icon} /> {word}
      </span>
      {status?.demo && <span class="status-item">Demo: invented projects, nothing of yours</span>}
      {condition && <span class="status-item">{condition}</span>}
      {status && QUIETER.has(status.mode) && <span class="status-item">{MODE_WORDS[status.mode]}</span>}
      {doors.length > 0 && (
        <span class="status-item" title="What may leave this folder; closed in the editor">
          <Icon name="plug" /> Open to {doors.join(', ')}
        </span>
      )}
      {status?.wheel && (
        <span class="status-item">
          <Icon name="play-circle" />{' '}
          <Link to={to('wheel', status.wheel.run)} title={visibleLine(status.wheel.sentence)}>
            Delegated: {WHEEL_STATUS_WORDS[status.wheel.status].toLowerCase()}
          </Link>
        </span>
      )}
      {status?.pausedUntil != null && (
        <span class="status-item">
          Taps paused until <Moment at={status.pausedUntil} as="stamp" />
        </span>
      )}
      {status && <span class="status-item">Progeny {status.version}</span>}
    </footer>
  );
}
