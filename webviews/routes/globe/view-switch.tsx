import { Icon } from '../../parts/icon.tsx';
import type { IconName } from '../../parts/icon-table.ts';

export const VIEWS = { globe: 'Globe', both: 'Both', list: 'List' } as const;
export type GlobeShown = keyof typeof VIEWS;
const ICONS: Readonly<Record<GlobeShown, IconName>> = {
  globe: 'globe',
  both: 'layout',
  list: 'list-unordered',
};

/** Globe, list, or both. */
export function ViewSwitch({ view, setView }: { view: GlobeShown; setView(view: GlobeShown): void }) {
  return (
    <fieldset class="view-switch">
      <legend class="unseen">Show as</legend>
      {(Object.keys(VIEWS) as GlobeShown[]).map((each) => (
        <button
          key={each}
          type="button"
          class="button"
          aria-pressed={each === view}
          onClick={() => setView(each)}
        >
          <Icon name={ICONS[each]} />
          <span>{VIEWS[each]}</span>
        </button>
      ))}
    </fieldset>
  );
}
