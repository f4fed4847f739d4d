import type { Loop } from '../../../companion/protocol/index.ts';
import { useLive } from '../../data/use-live.ts';
import { to } from '../../model/location.ts';
import { filterToQuery, type LoopFilter } from '../../model/loop-filter.ts';
import { SOURCE_WORDS, STATUS_WORDS } from '../../model/words.ts';
import { Icon } from '../../parts/icon.tsx';
import { DetailsPanel } from '../details-panel.tsx';
import { LoopControls } from './loop-controls.tsx';
import { LoopDrift } from './loop-drift.tsx';
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
  const listed = actions.loops?.find((loop) => loop.id === id) ?? null;
  const live = useLive(`loop ${id}`, (api, signal) => api.loops.get({ id }, { signal }));
  // The list knows of changes under way; a thread that is not listed (closed, elsewhere) is asked for by itself.
  const loop = listed ?? live.data;

  return (
    <DetailsPanel
      label="Thread"
      back={to('loops', null, filterToQuery(filter))}
      backWords="All threads"
      live={live}
      heading={loop && <bdi>{loop.title}</bdi>}
    >
      {loop && (
        <>
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
          <LoopDrift id={loop.id} />
          <LoopGround loop={loop} />
          <LoopNotes loop={loop} />
          <LoopFacts loop={loop} />
        </>
      )}
    </DetailsPanel>
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
