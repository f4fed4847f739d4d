import { useSession } from '../../data/session.ts';
import { useStatus } from '../../data/use-companion.ts';
import type { Order } from '../../model/story/day.ts';
import { IMPORTANCES, type Importance, SPEAKERS, type StoryFilter } from '../../model/story/filter.ts';
import { Checkbox } from '../../parts/fields.tsx';
import { Select } from '../../parts/fields-native.tsx';

interface Props {
  filter: StoryFilter;
  order: Order;
  setFilter(filter: StoryFilter): void;
}

const importances = new Map(
  Object.entries(IMPORTANCES).map(([from, { label }]) => [from as Importance, label]),
);
const orders: Record<Order, string> = { newest: 'Newest first', oldest: 'As it went' };

/** Which lines to read, and in which order. */
export function StoryToolbar({ filter, order, setFilter }: Props) {
  const { client } = useSession();
  const folders = useStatus(client)?.workspaces.length ?? 0;
  const set = (change: Partial<StoryFilter>) => setFilter({ ...filter, ...change });
  return (
    <search class="toolbar story-toolbar" aria-label="Filter the story">
      <Select
        bare
        label="Speaker"
        value={filter.speaker}
        options={SPEAKERS}
        onChange={(speaker) => set({ speaker })}
      />
      <Select
        bare
        label="Importance"
        value={filter.from}
        options={importances}
        onChange={(from) => set({ from })}
      />
      <Select bare label="Order" value={order} options={orders} onChange={(next) => set({ order: next })} />
      {folders > 1 && (
        <Checkbox
          label="All folders"
          checked={filter.everywhere}
          onChange={(everywhere) => set({ everywhere })}
        />
      )}
    </search>
  );
}
