import { useMemo } from 'preact/hooks';
import type { Drift, Loop, LoopHistory } from '../../../companion/protocol/index.ts';
import { Link } from '../../app/link.tsx';
import { BAND_WORDS, isTelling } from '../../model/drift-words.ts';
import { to } from '../../model/location.ts';
import { middles, spanName } from '../../model/overview/growth-series.ts';
import { RANGES, type Range } from '../../model/overview/range.ts';
import { shown as shownText } from '../../model/overview/shown.ts';
import { sentence } from '../../model/overview/tap-words.ts';
import { percent } from '../../model/why.ts';
import { count } from '../../model/words.ts';
import { Chart } from '../../parts/chart/chart.tsx';
import { ShareBar } from '../../parts/share-bar.tsx';
import { Card, CardBlank } from './card.tsx';
import { type Threads, useThreads } from './use-dashboard.ts';

const FURTHEST = 4;

/** How threads came and went, and which left their scope the furthest. */
export function LoopsCard({ range, now }: { range: Range; now: number }) {
  const live = useThreads(range);
  return (
    <Card
      title="Threads of work"
      product="loops, drift"
      live={live}
      loading="Loading how threads came and went"
      action={<Link to={to('loops')}>All threads</Link>}
    >
      {(threads) => <Body threads={threads} range={range} now={now} />}
    </Card>
  );
}

function Body({
  threads: { history, drift, titles },
  range,
  now,
}: {
  threads: Threads;
  range: Range;
  now: number;
}) {
  const data = useMemo(() => seriesOf(history), [history]);
  const sum = (of: 'opened' | 'finished' | 'dropped') =>
    history.spans.reduce((all, span) => all + span[of], 0);
  const last = history.spans.at(-1);
  const none = history.spans.every(({ open, stale, opened }) => open + stale + opened === 0);
  const telling = drift.filter(isTelling).slice(0, FURTHEST);
  return (
    <>
      {none || !last ? (
        <CardBlank>
          No thread yet. Open one in <Link to={to('loops')}>Open threads</Link>, or leave work uncommitted: it
          is found by itself.
        </CardBlank>
      ) : (
        <>
          <p>
            {count(last.open, 'thread')} in hand, {last.stale} left lying. In {RANGES[range]}: {sum('opened')}{' '}
            begun, {sum('finished')} finished, {sum('dropped')} dropped.
          </p>
          <Chart
            label={`Threads, the last ${RANGES[range]}`}
            data={data}
            pointName={(point) => spanName(history, point, now)}
            value={(of) => String(Math.round(of))}
          />
        </>
      )}
      {!none && (
        <section aria-label="Furthest from their scope">
          <h3>Furthest from their scope</h3>
          {telling.length === 0 ? (
            <CardBlank>All that is open keeps to what it began with, as far as that is measured.</CardBlank>
          ) : (
            <ul class="drift-rows">
              {telling.map((each) => (
                <DriftRow key={each.subject} drift={each} loop={titles.get(each.subject) ?? null} />
              ))}
            </ul>
          )}
        </section>
      )}
    </>
  );
}

function DriftRow({ drift, loop }: { drift: Drift; loop: Loop | null }) {
  const { subject, band, rating, reasons } = drift;
  return (
    <li class="drift-row">
      <Link to={to('loops', subject)} class="title">
        <bdi>{shownText(loop?.title ?? subject, 80)}</bdi>
      </Link>
      <span class="drift-rate" title={BAND_WORDS[band].hint}>
        <ShareBar share={rating} /> {percent(rating)}, {BAND_WORDS[band].word}
      </span>
      {reasons[0] !== undefined && (
        <span class="quiet drift-why">
          <bdi>{shownText(sentence(reasons[0]))}</bdi>
        </span>
      )}
    </li>
  );
}

function seriesOf(history: LoopHistory) {
  const { spans } = history;
  return {
    at: middles(history),
    ...(spans[0] && { from: spans[0].at, until: history.until }),
    series: [
      { name: 'finished', values: spans.map(({ finished }) => finished), look: 'columns' as const },
      { name: 'in hand', values: spans.map(({ open }) => open), look: 'line' as const },
      { name: 'left lying', values: spans.map(({ stale }) => stale), look: 'dashed' as const },
    ],
  };
}
