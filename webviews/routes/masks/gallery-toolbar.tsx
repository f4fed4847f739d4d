import type { Archetype, Proposal, Tone } from '../../../companion/protocol/index.ts';
import { ARCHETYPE_WORDS, TONE_WORDS } from '../../model/council-words.ts';
import {
  AGES,
  type Age,
  MASK_SORTS,
  type MaskFilter,
  type MaskSort,
  votedThreads,
} from '../../model/gallery.ts';
import { Checkbox, TextField } from '../../parts/fields.tsx';
import { Select } from '../../parts/fields-native.tsx';

interface Props {
  filter: MaskFilter;
  setFilter(filter: MaskFilter): void;
  proposals: readonly Proposal[];
}

const tones = new Map<Tone | 'any', string>([
  ['any', 'Any tone'],
  ...(Object.entries(TONE_WORDS) as [Tone, string][]),
]);
const archetypes = new Map<Archetype | 'any', string>([
  ['any', 'Any kind'],
  ...(Object.keys(ARCHETYPE_WORDS) as Archetype[]).map((each) => [each, ARCHETYPE_WORDS[each].word] as const),
]);
/** A select is no place for a long question. */
const LONGEST = 60;

/** Which masks, and in what order. */
export function GalleryToolbar({ filter, setFilter, proposals }: Props) {
  const set = (change: Partial<MaskFilter>) => setFilter({ ...filter, ...change });
  const threads = [...votedThreads(proposals)].map(
    ([id, words]) => [id, words.length > LONGEST ? `${words.slice(0, LONGEST)}…` : words] as const,
  );
  const voted = new Map([['any', 'Voted on anything'], ...threads]);
  return (
    <search class="toolbar gallery-bar" aria-label="Which advisers">
      <TextField
        bare
        label="Name or words"
        placeholder="Name or words"
        value={filter.text}
        maxLength={200}
        onInput={(text) => set({ text })}
      />
      <Select bare label="Tone" value={filter.tone} options={tones} onChange={(tone) => set({ tone })} />
      <Select
        bare
        label="Kind"
        value={filter.archetype}
        options={archetypes}
        onChange={(archetype) => set({ archetype })}
      />
      <Select bare label="Age" value={filter.age} options={AGES} onChange={(age: Age) => set({ age })} />
      {threads.length > 0 && (
        <Select
          bare
          label="Voted on"
          value={voted.has(filter.voted) ? filter.voted : 'any'}
          options={voted}
          onChange={(thread) => set({ voted: thread })}
        />
      )}
      <Select
        bare
        label="Order"
        value={filter.sort}
        options={MASK_SORTS}
        onChange={(sort: MaskSort) => set({ sort })}
      />
      <Checkbox
        label="Favourites"
        checked={filter.favourites}
        onChange={(favourites) => set({ favourites })}
      />
    </search>
  );
}
