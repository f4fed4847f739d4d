import type { RefObject } from 'preact';
import { useSearchText } from '../../data/use-search-text.ts';
import { SINCES, type Since } from '../../model/memory-filter.ts';
import { LONGEST_TEXT, STEP_WORDS, type Step, type ThoughtFilter } from '../../model/thoughts.ts';
import { SearchField } from '../../parts/fields.tsx';
import { Select } from '../../parts/fields-native.tsx';

interface Props {
  filter: ThoughtFilter;
  setFilter(filter: ThoughtFilter): void;
  search: RefObject<HTMLElement | null>;
}

/** It is searched when typing rests for so long; Enter searches at once. */
const REST_MS = 300;

const steps = new Map<Step | 'any', string>([
  ['any', 'Every step'],
  ...Object.entries(STEP_WORDS).map(([step, { many }]) => [step as Step, many] as const),
]);
const sinces = new Map(Object.entries(SINCES).map(([since, { label }]) => [since as Since, label]));
const places = { here: 'This folder', everywhere: 'Everywhere' };

/** Which thoughts to look at: by words, by step, by time, and where. */
export function ThoughtsToolbar({ filter, setFilter, search }: Props) {
  const { text, set, typed } = useSearchText(filter, setFilter, REST_MS);
  return (
    <search class="toolbar" aria-label="Search the thoughts">
      <SearchField
        label="Words of a thought or its question"
        placeholder="Words of a thought or its question"
        maxLength={LONGEST_TEXT}
        value={text}
        onInput={typed}
        onEnter={() => set({})}
        field={search}
      />
      <Select bare label="Step" value={filter.step} options={steps} onChange={(step) => set({ step })} />
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
