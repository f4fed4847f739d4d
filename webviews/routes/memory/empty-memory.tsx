import { DEFAULT_MEMORY_FILTER, type MemoryFilter } from '../../model/memory-filter.ts';
import { Button } from '../../parts/button.tsx';
import { Blank, Command } from '../../parts/states.tsx';

interface Props {
  filter: MemoryFilter;
  setFilter(filter: MemoryFilter): void;
}

/** Nothing to show: because nothing fits, or because there is nothing yet. */
export function EmptyMemory({ filter, setFilter }: Props) {
  const narrowed = filter.kind !== 'any' || filter.since !== 'any';
  const wider = !filter.everywhere && (
    <Button onClick={() => setFilter({ ...filter, everywhere: true })}>Search everywhere</Button>
  );
  if (filter.text.trim() !== '' || narrowed) {
    return (
      <Blank icon="search" title="Nothing that is remembered fits">
        <p>
          {filter.everywhere
            ? 'Try other words, or fewer.'
            : 'Try other words, or look beyond this folder: chats and notes may belong to none.'}
        </p>
        <div class="control-row">
          {wider}
          {narrowed && (
            <Button
              onClick={() =>
                setFilter({ ...DEFAULT_MEMORY_FILTER, text: filter.text, everywhere: filter.everywhere })
              }
            >
              Any kind, any time
            </Button>
          )}
        </div>
      </Blank>
    );
  }
  return (
    <Blank icon="comment-discussion" title="Nothing is remembered here yet">
      <p>
        Every note on a line and every decision is remembered by itself, with its place. Take up your chats,
        notes or git history: <Command>progeny import PATH</Command>
      </p>
      {wider && <Button onClick={() => setFilter({ ...filter, everywhere: true })}>Look everywhere</Button>}
    </Blank>
  );
}
