import { useEffect, useRef } from 'preact/hooks';
import type { Loop } from '../../../companion/protocol/index.ts';
import { Link } from '../../app/link.tsx';
import { useSession } from '../../data/session.ts';
import { useLive } from '../../data/use-live.ts';
import { to } from '../../model/location.ts';
import { filterToQuery, type LoopFilter } from '../../model/loop-filter.ts';
import { SOURCE_WORDS, STATUS_WORDS } from '../../model/words.ts';
import { Icon } from '../../parts/icon.tsx';
import { Skeleton } from '../../parts/states.tsx';
import { ProblemBlank } from '../problem-view.tsx';
import { LoopControls } from './loop-controls.tsx';
import { LoopFacts } from './loop-facts.tsx';
import { LoopGround } from './loop-ground.tsx';
import { LoopNotes } from './loop-notes.tsx';
import type { Loops } from './use-loops.ts';

interface Props {
  id: string;
  filter: LoopFilter;
  actions: Loops;
}

/** One thread, whole: beside the list where there is room, instead of it where there is not. */
export function LoopDetails({ id, filter, actions }: Props) {
  const { host } = useSession();
  const listed = actions.loops?.find((loop) => loop.id === id) ?? null;
  const live = useLive(`loop ${id}`, (api, signal) => api.loops.get({ id }, { signal }));
  // The list knows of changes under way; a thread that is not listed (closed, elsewhere) is asked for by itself.
  const loop = listed ?? live.data;
  const back = to('loops', null, filterToQuery(filter));

  const heading = useRef<HTMLHeadingElement>(null);
  const present = loop !== null;
  useEffect(() => {
    if (present) heading.current?.focus();
  }, [present]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.defaultPrevented) host.navigation.go(back);
  };

  return (
    <aside class="details" aria-label="Thread" onKeyDown={onKeyDown}>
      <p class="details-back">
        <Link to={back}>
          <Icon name="arrow-left" /> All threads
        </Link>
      </p>
      {!loop && live.problem && <ProblemBlank problem={live.problem} retry={live.refresh} />}
      {!loop && !live.problem && <Skeleton rows={5} label="Loading the thread" />}
      {loop && (
        <>
          <h2 ref={heading} tabIndex={-1}>
            <bdi>{loop.title}</bdi>
          </h2>
          <p class="sub">
            <StatusWord loop={loop} /> · from {SOURCE_WORDS[loop.source].word}
          </p>
          {loop.summary !== '' && (
            <p>
              <bdi>{loop.summary}</bdi>
            </p>
          )}
          {loop.context !== '' && <p class="context">{loop.context}</p>}
          <LoopControls loop={loop} actions={actions} />
          <LoopGround loop={loop} />
          <LoopNotes loop={loop} />
          <LoopFacts loop={loop} />
        </>
      )}
    </aside>
  );
}

function StatusWord({ loop }: { loop: Loop }) {
  const { word, product, icon, hint } = STATUS_WORDS[loop.status];
  return (
    <span title={hint}>
      <Icon name={icon} /> {word}
      {product && ` · ${product}`}
    </span>
  );
}
