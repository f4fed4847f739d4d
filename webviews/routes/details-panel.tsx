import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Link } from '../app/link.tsx';
import { useSession } from '../data/session.ts';
import type { useLive } from '../data/use-live.ts';
import type { Location } from '../model/location.ts';
import { Icon } from '../parts/icon.tsx';
import { Skeleton } from '../parts/states.tsx';
import { ProblemBlank } from './problem-view.tsx';

interface Props {
  /** What it shows: "Thread", "Memory". */
  label: string;
  back: Location;
  /** "All threads". */
  backWords: string;
  live: Pick<ReturnType<typeof useLive>, 'problem' | 'refresh'>;
  /** Null while it is not known; gets the focus when it comes. */
  heading: ComponentChildren | null;
  children: ComponentChildren;
}

/** One thing, whole: beside its list where there is room, instead of it where there is not. Escape goes back. */
export function DetailsPanel({ label, back, backWords, live, heading, children }: Props) {
  const { host } = useSession();
  const title = useRef<HTMLHeadingElement>(null);
  const present = heading !== null;
  useEffect(() => {
    if (present) title.current?.focus();
  }, [present]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.defaultPrevented) host.navigation.go(back);
  };
  return (
    <aside class="details" aria-label={label} onKeyDown={onKeyDown}>
      <p class="details-back">
        <Link to={back}>
          <Icon name="arrow-left" /> {backWords}
        </Link>
      </p>
      {!present && live.problem && <ProblemBlank problem={live.problem} retry={live.refresh} />}
      {!present && !live.problem && <Skeleton rows={5} label={`Loading the ${label.toLowerCase()}`} />}
      {present && (
        <>
          <h2 ref={title} tabIndex={-1}>
            {heading}
          </h2>
          {children}
        </>
      )}
    </aside>
  );
}
