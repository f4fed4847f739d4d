import { useEffect, useRef, useState } from 'preact/hooks';
import { useSearchText } from '../../data/use-search-text.ts';
import {
  choices,
  type GlobeFilter,
  LONGEST_TEXT,
  NO_FILTER,
  NO_THEME,
} from '../../model/globe/globe-filter.ts';
import { KIND_CHOICES, STATE_CHOICES, themeWords } from '../../model/globe/globe-words.ts';
import { Button } from '../../parts/button.tsx';
import { SearchField } from '../../parts/fields.tsx';
import { Select } from '../../parts/fields-native.tsx';
import type { GlobeDeskState } from './globe-desk.ts';

interface Props {
  filter: GlobeFilter;
  setFilter(filter: GlobeFilter): void;
  state: Pick<GlobeDeskState, 'clusters' | 'guilds'>;
}

const REST_MS = 200;
const NARROW = '(width < 640px)';
const LONGEST_NAME = 40;
const PLACES = { everywhere: 'Everywhere', here: 'This folder' };

/** Which points to see, on the globe and in the list alike. */
export function GlobeToolbar({ filter, setFilter, state }: Props) {
  const { text, set, typed } = useSearchText(filter, setFilter, REST_MS);
  const field = useRef<HTMLElement>(null);
  const narrow = useNarrow();
  const [opened, setOpened] = useState(false);

  const themes = new Map([
    ['', 'Any theme'],
    ...state.clusters.map(({ id, name, size }) => [id, `${short(themeWords(name))} (${size})`] as const),
    [NO_THEME, 'Without a theme'],
  ]);
  const panels = new Map([
    ['', 'Any panel'],
    ...state.guilds.map(({ id, name }) => [id, short(name)] as const),
  ]);
  const made = choices(filter);
  const selects = (
    <>
      <Select
        bare
        label="Kind"
        value={filter.kind}
        options={KIND_CHOICES}
        onChange={(kind) => set({ kind })}
      />
      <Select
        bare
        label="Status"
        value={filter.state}
        options={STATE_CHOICES}
        onChange={(state) => set({ state })}
      />
      {state.clusters.length > 0 && (
        <Select
          bare
          label="Theme"
          value={filter.theme}
          options={themes}
          onChange={(theme) => set({ theme })}
        />
      )}
      {state.guilds.length > 0 && (
        <Select
          bare
          label="Panel"
          value={filter.panel}
          options={panels}
          onChange={(panel) => set({ panel })}
        />
      )}
      <Select
        bare
        label="Where"
        value={filter.here ? 'here' : 'everywhere'}
        options={PLACES}
        onChange={(place) => set({ here: place === 'here' })}
      />
    </>
  );
  return (
    <search class="toolbar globe-toolbar" aria-label="Filter the points">
      <SearchField
        label="Filter by text"
        placeholder="Filter by words of a title"
        maxLength={LONGEST_TEXT}
        value={text}
        onInput={typed}
        onEnter={() => set({})}
        field={field}
      />
      {narrow ? (
        <details
          class="globe-choices"
          open={opened}
          onToggle={(event) => setOpened(event.currentTarget.open)}
        >
          <summary>Filters{made > 0 && ` (${made})`}</summary>
          <div class="globe-choices-all">{selects}</div>
        </details>
      ) : (
        selects
      )}
      {made > 0 && (
        <Button icon="close" onClick={() => setFilter(NO_FILTER)}>
          Show all
        </Button>
      )}
    </search>
  );
}

/** There is no room for a row of choices. */
function useNarrow(): boolean {
  const [narrow, setNarrow] = useState(matchMedia(NARROW).matches);
  useEffect(() => {
    const asked = matchMedia(NARROW);
    const changed = () => setNarrow(asked.matches);
    changed();
    asked.addEventListener('change', changed);
    return () => asked.removeEventListener('change', changed);
  }, []);
  return narrow;
}

function short(name: string): string {
  const characters = [...name];
  return characters.length <= LONGEST_NAME ? name : `${characters.slice(0, LONGEST_NAME).join('')}…`;
}
