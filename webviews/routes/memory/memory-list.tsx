import { useRef } from 'preact/hooks';
import type { MemoryRecord } from '../../../companion/protocol/index.ts';
import type { MemoryAnswer } from '../../model/memory-answer.ts';
import type { MemoryFilter } from '../../model/memory-filter.ts';
import { useRowFocus } from '../../parts/row-focus.ts';
import { MemoryRow } from './memory-row.tsx';
import type { Memories } from './use-memories.ts';

interface Props {
  answer: MemoryAnswer;
  filter: MemoryFilter;
  chosen: string | null;
  memories: Memories;
  forget(record: MemoryRecord): void;
}

/** What was found, best first, or the newest. */
export function MemoryList({ answer, filter, chosen, memories, forget }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const order = answer.shown.map(({ record }) => record.id);
  const focus = useRowFocus(list, order, chosen);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows are a second way; every row can be reached without
    <div ref={list} class="memory-list" onKeyDown={focus.onKeyDown} aria-busy={memories.old}>
      <section aria-label={answer.asked ? 'Found' : 'Newest'}>
        <ul>
          {answer.shown.map((shown) => (
            <MemoryRow
              key={shown.record.id}
              shown={shown}
              successor={answer.successors.get(shown.record.closedBy ?? '') ?? null}
              filter={filter}
              chosen={shown.record.id === chosen}
              entry={shown.record.id === focus.entry}
              focused={() => focus.focused(shown.record.id)}
              memories={memories}
              forget={() => forget(shown.record)}
            />
          ))}
        </ul>
      </section>
    </div>
  );
}
