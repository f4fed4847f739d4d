import { useMemo } from 'preact/hooks';
import type { GlobePoint, GlobeTie } from '../../../companion/protocol/index.ts';
import { Link } from '../../app/link.tsx';
import type { GlobeFilter } from '../../model/globe/globe-filter.ts';
import { NO_FILTER } from '../../model/globe/globe-filter.ts';
import { kindIcon, kindWord, statusWord, toneSentence } from '../../model/globe/globe-words.ts';
import { type Location, to } from '../../model/location.ts';
import type { Problem } from '../../model/problem.ts';
import { Button } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Moment } from '../../parts/moment.tsx';
import { DetailsPanel } from '../details-panel.tsx';
import { LoopPart, RecordPart } from './details-parts.tsx';
import { ShortTitle } from './short-title.tsx';
import { TiesPart } from './ties-part.tsx';
import { ToneMark } from './tone-mark.tsx';
import type { Globe } from './use-globe.ts';

interface Props {
  id: string;
  globe: Globe;
  ties: readonly GlobeTie[];
  back: Location;
  toPoint(id: string): Location;
  filter: GlobeFilter;
  setFilter(filter: GlobeFilter): void;
  themeOf(cluster: string | null): string | null;
}

const GONE: Problem = {
  kind: 'unknown',
  title: 'This point is not there any more',
  text: 'It was archived, forgotten or withdrawn.',
};

/** One point, whole: what it is, why it has its tone, its notes and places, and what it is tied to. */
export function GlobeDetails({ id, globe, ties, back, toPoint, filter, setFilter, themeOf }: Props) {
  const point = globe.model.find(id);
  const live = { problem: globe.state.done && !point ? GONE : globe.state.problem, refresh: globe.retry };
  return (
    <DetailsPanel
      label="Point"
      back={back}
      backWords="All points"
      live={live}
      heading={point && <ShortTitle title={point.title} most={160} />}
    >
      {point && (
        <>
          <Facts point={point} globe={globe} />
          <Ways
            point={point}
            filter={filter}
            setFilter={setFilter}
            theme={themeOf(point.cluster)}
            globe={globe}
          />
          {!point.private &&
            (point.kind === 'loop' ? <LoopPart id={point.id} /> : <RecordPart id={point.id} />)}
          <TiesPart point={point} model={globe.model} ties={ties} toPoint={toPoint} />
        </>
      )}
    </DetailsPanel>
  );
}

function Facts({ point, globe }: { point: GlobePoint; globe: Globe }) {
  const status = globe.model.statusOf(point);
  return (
    <div>
      <p class="sub">
        <Icon name={kindIcon(point.kind)} /> {kindWord(point.kind)}
        {status !== null && ` · ${statusWord(status)}`} · <Moment at={point.touchedAt} />
      </p>
      <p class="globe-tone-line">
        <ToneMark tone={point.tone} /> {toneSentence(point)}
      </p>
      {point.private && (
        <p class="quiet">
          <Icon name="lock" /> Private: its words stand only where it is opened.
        </p>
      )}
    </div>
  );
}

/** What can be done with it: opened, asked about, seen with its like. */
function Ways({
  point,
  filter,
  setFilter,
  theme,
  globe,
}: Pick<Props, 'filter' | 'setFilter' | 'globe'> & { point: GlobePoint; theme: string | null }) {
  const own = point.kind === 'loop';
  const panels = useMemo(
    () => globe.state.guilds.filter(({ id }) => point.guilds.includes(id)),
    [globe.state.guilds, point.guilds],
  );
  const only = (change: Partial<GlobeFilter>) => setFilter({ ...NO_FILTER, here: filter.here, ...change });
  return (
    <div class="controls">
      <div class="control-row">
        <Link to={to(own ? 'loops' : 'memory', point.id)} class="button">
          <Icon name="link-external" /> {own ? 'Open the thread' : 'Open the memory'}
        </Link>
        {!point.private && (
          <Link to={to('memory', null, { text: point.title.slice(0, 120) })} class="button">
            <Icon name="search" /> Recall about it
          </Link>
        )}
      </div>
      <div class="control-row">
        {theme !== null && point.cluster !== null && (
          <Button
            icon="filter"
            onClick={() => only({ theme: point.cluster! })}
            label={`Only this theme: ${theme}`}
          >
            Only this theme
          </Button>
        )}
        <Button icon="filter" onClick={() => only({ tones: [point.tone] })}>
          Only {point.tone}
        </Button>
        {panels.map(({ id, name }) => (
          <Button key={id} icon="organization" onClick={() => only({ panel: id })}>
            Only <ShortTitle title={name} most={24} />
          </Button>
        ))}
      </div>
      {theme !== null && (
        <p class="quiet">
          Theme: <bdi>{theme}</bdi>
        </p>
      )}
    </div>
  );
}
