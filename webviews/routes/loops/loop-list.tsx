import { useRef } from 'preact/hooks';
import type { Loop } from '../../../companion/protocol/index.ts';
import { groupByStatus, type LoopFilter } from '../../model/loop-filter.ts';
import { STATUS_WORDS } from '../../model/words.ts';
import { useRowFocus } from '../../parts/row-focus.ts';
import { LoopRow } from './loop-row.tsx';
import type { Loops } from './use-loops.ts';

interface Props {
  loops: readonly Loop[];
  filter: LoopFilter;
  board: boolean;
  chosen: string | null;
  actions: Loops;
}

/**
 * The threads, as a list in the filter's order or as a board with a column for each status. One row takes part
 * in the Tab order; the arrows, Home and End move between rows.
 */
export function LoopList({ loops, filter, board, chosen, actions }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const groups = board ? groupByStatus(loops, filter.scope) : [{ status: null, loops }];
  const order = groups.flatMap((group) => group.loops.map(({ id }) => id));
  const focus = useRowFocus(list, order, chosen);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows are a second way; every row can be reached without
    <div ref={list} class={board ? 'loop-board' : 'loop-list'} onKeyDown={focus.onKeyDown}>
      {groups.map(({ status, loops: group }) => (
        <section key={status} aria-label={status ? STATUS_WORDS[status].word : 'Threads'}>
          {status && (
            <h2 class="group-head" title={STATUS_WORDS[status].hint}>
              {STATUS_WORDS[status].word} <span class="quiet">{group.length}</span>
            </h2>
          )}
          <ul>
            {group.map((loop) => (
              <LoopRow
                key={loop.id}
                loop={loop}
                filter={filter}
                chosen={loop.id === chosen}
                entry={loop.id === focus.entry}
                focused={() => focus.focused(loop.id)}
                actions={actions}
              />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
