import type { LoopSource } from '../../../companion/protocol/index.ts';
import { useSession } from '../../data/session.ts';
import { useStatus } from '../../data/use-companion.ts';
import { type LoopFilter, ORDERS, SCOPES } from '../../model/loop-filter.ts';
import { SOURCE_WORDS } from '../../model/words.ts';
import { IconButton } from '../../parts/button.tsx';
import { Checkbox, TextField } from '../../parts/fields.tsx';
import { Select } from '../../parts/fields-native.tsx';

interface Props {
  filter: LoopFilter;
  setFilter(filter: LoopFilter): void;
  board: boolean;
  toggleBoard(): void;
}

const scopes = new Map(
  Object.entries(SCOPES).map(([scope, { label }]) => [scope as LoopFilter['scope'], label]),
);
const sources = new Map<LoopSource | 'any', string>([
  ['any', 'Any origin'],
  ...Object.entries(SOURCE_WORDS).map(
    ([source, { word }]) => [source as LoopSource, `From ${word}`] as const,
  ),
]);

/** Which threads to list, and how. */
export function LoopsToolbar({ filter, setFilter, board, toggleBoard }: Props) {
  const { client } = useSession();
  const folders = useStatus(client)?.workspaces.length ?? 0;
  const set = (change: Partial<LoopFilter>) => setFilter({ ...filter, ...change });
  return (
    <search class="toolbar" aria-label="Filter the threads">
      <TextField
        bare
        label="Filter by text"
        placeholder="Filter"
        value={filter.text}
        onInput={(text) => set({ text })}
      />
      <Select
        bare
        label="Status"
        value={filter.scope}
        options={scopes}
        onChange={(scope) => set({ scope })}
      />
      <Select
        bare
        label="Origin"
        value={filter.source}
        options={sources}
        onChange={(source) => set({ source })}
      />
      <Select bare label="Order" value={filter.order} options={ORDERS} onChange={(order) => set({ order })} />
      {folders > 1 && (
        <Checkbox
          label="All folders"
          checked={filter.everywhere}
          onChange={(everywhere) => set({ everywhere })}
        />
      )}
      <IconButton
        class="board-switch"
        icon={board ? 'list-unordered' : 'layout'}
        label={board ? 'Show as a list' : 'Show as a board'}
        onClick={toggleBoard}
      />
    </search>
  );
}
