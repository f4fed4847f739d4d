import { DEFAULT_FILTER, type LoopFilter } from '../../model/loop-filter.ts';
import { Button } from '../../parts/button.tsx';
import { Blank } from '../../parts/states.tsx';

interface Props {
  filter: LoopFilter;
  setFilter(filter: LoopFilter): void;
  add(): void;
}

/** No thread to list: because the filter hides them, or because there is none yet. */
export function EmptyLoops({ filter, setFilter, add }: Props) {
  const filtered = filter.text !== '' || filter.source !== 'any';
  if (filtered || filter.scope !== 'now') {
    const title = filtered
      ? 'No thread matches'
      : filter.scope === 'later'
        ? 'Nothing is put off'
        : 'Nothing here yet';
    return (
      <Blank icon="search" title={title}>
        <Button onClick={() => setFilter({ ...DEFAULT_FILTER, everywhere: filter.everywhere })}>
          Show the open threads
        </Button>
      </Blank>
    );
  }
  return (
    <Blank icon="list-unordered" title="No open threads">
      <p>Branches, uncommitted work, stashes, TODOs and your notes appear here by themselves.</p>
      <Button icon="add" onClick={add}>
        Open one by hand
      </Button>
    </Blank>
  );
}
