import type { RefObject } from 'preact';
import type { MemoryKind } from '../../../companion/protocol/index.ts';
import { useSearchText } from '../../data/use-search-text.ts';
import { LONGEST, type MemoryFilter, SINCES, type Since } from '../../model/memory-filter.ts';
import { KIND_WORDS } from '../../model/memory-words.ts';
import { SearchField } from '../../parts/fields.tsx';
import { Select } from '../../parts/fields-native.tsx';

interface Props {
  filter: MemoryFilter;
  setFilter(filter: MemoryFilter): void;
  search: RefObject<HTMLElement | null>;
}

/** A question is asked when typing rests for so long; Enter asks at once. */
const REST_MS = 300;

const kinds = new Map<MemoryKind | 'any', string>([
  ['any', 'Any kind'],
  ...Object.entries(KIND_WORDS).map(([kind, { many }]) => [kind as MemoryKind, many] as const),
]);
const sinces = new Map(Object.entries(SINCES).map(([since, { label }]) => [since as Since, label]));
const places = { here: 'This folder', everywhere: 'Everywhere' };

/** What to recall, and where to look. */
export function MemoryToolbar({ filter, setFilter, search }: Props) {
  const { text, set, typed } = useSearchText(filter, setFilter, REST_MS);

  return (
    <search class="toolbar" aria-label="Search memory">
      <SearchField
        label="What do you want to remember?"
        placeholder="Why did we freeze the clock?"
        maxLength={LONGEST}
        value={text}
        onInput={typed}
        onEnter={() => set({})}
        field={search}
      />
      <Select bare label="Kind" value={filter.kind} options={kinds} onChange={(kind) => set({ kind })} />
      <Select bare label="Since" value={filter.since} options={sinces} onChange={(since) => set({ since })} />
      <Select
        bare
        label="Where"
        value={filter.everywhere ? 'everywhere' : 'here'}
        options={places}
        onChange={(place) => set({ everywhere: place === 'everywhere' })}
      />
    </search>
  );
}
