import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { RouteProps } from '../../app/routes.ts';
import { browserClock } from '../../data/clock.ts';
import { useSession } from '../../data/session.ts';
import { useLive } from '../../data/use-live.ts';
import { filterOf, filterQuery, type GlobeFilter } from '../../model/globe/globe-filter.ts';
import { pointsWords, themeWords } from '../../model/globe/globe-words.ts';
import { to } from '../../model/location.ts';
import { Skeleton } from '../../parts/states.tsx';
import { ProblemBlank } from '../problem-view.tsx';
import { EmptyGlobe, NothingFits } from './empty-globe.tsx';
import { GlobeDetails } from './globe-details.tsx';
import { GlobeList } from './globe-list.tsx';
import { GlobeStage } from './globe-stage.tsx';
import { GlobeStrips, Progress } from './globe-strips.tsx';
import { GlobeToolbar } from './globe-toolbar.tsx';
import { TimeScrubber } from './time-scrubber.tsx';
import { ToneLegend } from './tone-legend.tsx';
import { useGlobe } from './use-globe.ts';
import { useGlobeView } from './use-globe-view.ts';
import { ViewSwitch } from './view-switch.tsx';

const concernsTies = ({ type }: { type: string }) => type.startsWith('loop.');

/** All work as a globe, as a list, or both: the same points, filters, order and time. */
export function GlobeRoute({ location }: RouteProps) {
  const { host, workspace } = useSession();
  const globe = useGlobe();
  const { model, state } = globe;
  const chosen = location.id;
  const filter = filterOf(location.query);
  const filterKey = JSON.stringify(filterQuery(filter));
  const { time, setTime, view, setView, lost, onLost, query } = useGlobeView(location, globe);
  const ties =
    useLive('globe arcs', (api, signal) => api.globe.arcs({}, { signal }), concernsTies).data ?? NO_TIES;

  // The model shows what is asked for before anything of it is drawn; each picture has a key of its own.
  const picture = useMemo(() => {
    model.look({ filter, time, workspace }, browserClock.now());
    return {};
  }, [model, state.version, filterKey, time, workspace]);

  const toPoint = (id: string | null) => to('globe', id, { ...filterQuery(filter), ...query });
  const setFilter = (next: GlobeFilter) =>
    host.navigation.go(to('globe', chosen, { ...filterQuery(next), ...query }), { replace: true });
  const choose = (id: string | null) => host.navigation.go(toPoint(id));
  const names = useMemo(
    () => new Map(state.clusters.map(({ id, name }) => [id, themeWords(name)])),
    [state.clusters],
  );
  const themeOf = (cluster: string | null) => (cluster === null ? null : (names.get(cluster) ?? null));

  const page = useRef<HTMLDivElement>(null);
  useReturn(page, chosen);
  const empty = model.points.length === 0;
  return (
    <div ref={page} class={`globe-page shows-${view} ${chosen === null ? '' : 'with-details'}`}>
      <header class="page-head">
        <div>
          <h1>
            Your work <small>· globe</small>
          </h1>
          <p class="sub">{empty ? 'Threads and memories' : pointsWords(model.points, model.rows)}</p>
        </div>
        {!empty && !lost && <ViewSwitch view={view} setView={setView} />}
      </header>
      <Progress state={state} />
      <GlobeStrips state={state} lost={lost} empty={empty} retry={globe.retry} />
      {empty && !state.done && !state.problem && <Skeleton rows={8} label="Reading your work" />}
      {empty && state.problem && <ProblemBlank problem={state.problem} retry={globe.retry} />}
      {empty && state.done && <EmptyGlobe />}
      {!empty && (
        <>
          <GlobeToolbar filter={filter} setFilter={setFilter} state={state} />
          <ToneLegend
            {...{ model, picture, filter, workspace }}
            choose={(tones) => setFilter({ ...filter, tones })}
          />
          <div class="globe-body">
            {view !== 'list' && <GlobeStage {...{ globe, picture, ties, chosen, choose, onLost, themeOf }} />}
            <TimeScrubber
              model={model}
              version={state.version}
              time={time}
              setTime={setTime}
              past={state.past}
            />
            <div class="globe-side">
              {chosen !== null && (
                <GlobeDetails
                  key={chosen}
                  {...{ globe, ties, filter, setFilter, themeOf, toPoint }}
                  id={chosen}
                  back={toPoint(null)}
                />
              )}
              {(view !== 'globe' || model.rows.length === 0) &&
                (model.rows.length === 0 ? (
                  <NothingFits time={time} setFilter={setFilter} toNow={() => setTime(null)} />
                ) : (
                  <GlobeList {...{ model, chosen, toPoint, themeOf }} version={state.version} />
                ))}
            </div>
          </div>
        </>
      )}
    </div>
  );
}

const NO_TIES: readonly never[] = [];

/** Back from the details of a point, its row has the focus again, or the globe where there is no list. */
function useReturn(page: { current: HTMLElement | null }, chosen: string | null): void {
  const before = useRef(chosen);
  useEffect(() => {
    if (before.current !== null && chosen === null && document.activeElement === document.body) {
      const row = page.current?.querySelector<HTMLElement>(`[data-row="${before.current}"] .title`);
      (row?.checkVisibility() ? row : page.current?.querySelector<HTMLElement>('.globe-frame'))?.focus();
    }
    before.current = chosen;
  }, [chosen]);
}
