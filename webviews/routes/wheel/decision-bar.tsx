import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { WheelConflict, WheelRun } from '../../../companion/protocol/index.ts';
import { visibleLine } from '../../../companion/protocol/visible-text.ts';
import { Link } from '../../app/link.tsx';
import { to } from '../../model/location.ts';
import { Button } from '../../parts/button.tsx';
import { Coded } from '../../parts/coded.tsx';
import { useFirst } from '../../parts/first.tsx';
import { BeforeIt } from './before-it.tsx';
import { Countdown } from './countdown.tsx';
import { DoneBar } from './done-bar.tsx';
import { useOrder } from './use-order.ts';
import { useSeen } from './use-seen.ts';
import type { ShownPreview } from './use-wheel.ts';

export interface BarProps {
  run: WheelRun;
  /** When this page was told of the run. */
  heardAt: number;
  shown: ShownPreview;
  /** The files that are marked: to be done before, to be undone afterwards. */
  picked: readonly string[];
  total: number;
  saved(run: WheelRun): void;
}

/** What the reader can say now. It stays in sight while they look at what it is about. */
export function DecisionBar(props: BarProps) {
  const { run, heardAt, shown, saved } = props;
  const { id, status, reason, proposal, countdown, conflicts } = run;
  const bar = useRef<HTMLElement>(null);
  const place = useRef<HTMLDivElement>(null);
  const { busy, problem, order } = useOrder(saved);
  useFocusKept(bar, status);
  useSeen(run, shown.changed ? null : (shown.preview?.digest ?? null), place, saved);
  // Why it waited is said no more once it was answered.
  const underWay = status === 'counting' || status === 'acting' || status === 'verifying';
  const stop = (word: string, primary = false) => (
    <Button
      icon="debug-stop"
      primary={primary}
      class="first-focus"
      aria-disabled={busy}
      onClick={() => order((wheel) => wheel.stop({ id }))}
    >
      {word}
    </Button>
  );
  return (
    <section ref={bar} class={`run-bar ${status}`} aria-label="Your word" tabIndex={-1}>
      {reason !== null && !underWay && (
        <p class="run-reason">
          <Coded text={reason} />{' '}
          {proposal !== null && <Link to={to('council', proposal)}>What the advisers said</Link>}
        </p>
      )}
      {status === 'planning' && (
        <div class="bar-row">
          <p>It is tried on a copy. Nothing in your folder changes.</p>
          {stop('Stop')}
        </div>
      )}
      {status === 'previewed' && <BeforeIt {...props} busy={busy} order={order} />}
      {status === 'counting' && countdown && (
        <div class="bar-row">
          <Countdown countdown={countdown} heardAt={heardAt} place={place} />
          {stop('No, don’t', true)}
        </div>
      )}
      {(status === 'acting' || status === 'verifying') && (
        <div class="bar-row">
          <p>
            {status === 'acting'
              ? 'It changes your folder now. Stop ends it and rolls back.'
              : 'It is done and being verified. A failure rolls back by itself.'}
          </p>
          {stop('Stop and roll back')}
        </div>
      )}
      {(status === 'done' || status === 'interrupted') && <DoneBar {...props} busy={busy} order={order} />}
      {problem !== null && (
        <p role="alert" class="form-problem">
          {problem}
        </p>
      )}
      {conflicts.length > 0 && <Conflicts conflicts={conflicts} />}
    </section>
  );
}

/**
 * When the run moves on, the button that had the focus is gone. What stops it takes the focus, so that a key pressed
 * twice can only end something; what would begin or undo something never does.
 */
function useFocusKept(bar: { current: HTMLElement | null }, status: WheelRun['status']): void {
  const had = useRef(false);
  useEffect(() => {
    const element = bar.current;
    const note = () => {
      had.current = element?.contains(document.activeElement) ?? false;
    };
    document.addEventListener('focusin', note);
    return () => document.removeEventListener('focusin', note);
  }, []);
  useLayoutEffect(() => {
    if (!had.current || document.activeElement !== document.body) return;
    (bar.current?.querySelector<HTMLElement>('.first-focus') ?? bar.current)?.focus({ preventScroll: true });
  }, [status]);
}

/** What undoing left, and why. */
function Conflicts({ conflicts }: { conflicts: readonly WheelConflict[] }) {
  const { shown, more } = useFirst(conflicts, 5);
  return (
    <div class="conflicts">
      <h2>Left as it is, because it was changed since</h2>
      <ul>
        {shown.map(({ path, why }) => (
          <li key={path}>
            <code>
              <bdi>{visibleLine(path)}</bdi>
            </code>{' '}
            <bdi>{visibleLine(why)}</bdi>
          </li>
        ))}
        {more && <li>{more}</li>}
      </ul>
    </div>
  );
}
