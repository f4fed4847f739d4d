import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Loop } from '../../../companion/protocol/index.ts';
import { nextIndex } from '../../model/keys.ts';
import { groupByStatus, type LoopFilter } from '../../model/loop-filter.ts';
import { STATUS_WORDS } from '../../model/words.ts';
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
  const [active, setActive] = useState<string | null>(null);
  const groups = board ? groupByStatus(loops, filter.scope) : [{ status: null, loops }];
  const order = groups.flatMap((group) => group.loops.map(({ id }) => id));
  const entry = [active, chosen].find((id) => id !== null && order.includes(id)) ?? order[0] ?? null;

  const focusRow = (id: string | undefined) =>
    list.current?.querySelector<HTMLElement>(`[data-loop="${id}"] a`)?.focus();
  const onKeyDown = (event: KeyboardEvent) => {
    const next = entry === null ? null : nextIndex(event.key, order.indexOf(entry), order.length);
    if (next === null || event.defaultPrevented) return;
    event.preventDefault();
    focusRow(order[next]);
  };

  // When the row with the focus leaves the list, the row that takes its place gets the focus.
  const last = useRef<{ id: string; index: number } | null>(null);
  useLayoutEffect(() => {
    const left = last.current;
    if (left && !order.includes(left.id) && document.activeElement === document.body) {
      focusRow(order[Math.min(left.index, order.length - 1)]);
    }
  });
  // Back from the details of a thread, its row has the focus again.
  const before = useRef(chosen);
  useLayoutEffect(() => {
    if (before.current && !chosen && document.activeElement === document.body) focusRow(before.current);
    before.current = chosen;
  }, [chosen]);
  const onFocus = (id: string) => {
    last.current = { id, index: order.indexOf(id) };
    setActive(id);
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows are a second way; every row can be reached without
    <div ref={list} class={board ? 'loop-board' : 'loop-list'} onKeyDown={onKeyDown}>
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
                entry={loop.id === entry}
                focused={() => onFocus(loop.id)}
                actions={actions}
              />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
