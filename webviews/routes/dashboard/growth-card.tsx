import { useMemo } from 'preact/hooks';
import type { MemoryGrowth, MemoryKind } from '../../../companion/protocol/index.ts';
import { Link } from '../../app/link.tsx';
import { to } from '../../model/location.ts';
import { KIND_WORDS } from '../../model/memory-words.ts';
import { grownKinds, middles, spanName, standing, takenUp } from '../../model/overview/growth-series.ts';
import { RANGES, type Range } from '../../model/overview/range.ts';
import { count } from '../../model/words.ts';
import { Chart } from '../../parts/chart/chart.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Card, CardBlank } from './card.tsx';
import { useGrowth } from './use-dashboard.ts';

const SMALL = 56;

/** How much is remembered, and what came to it. */
export function GrowthCard({ range, now }: { range: Range; now: number }) {
  const live = useGrowth(range);
  return (
    <Card
      title="What it remembers"
      product="memory"
      live={live}
      loading="Loading how memory grew"
      action={<Link to={to('memory')}>Search it</Link>}
    >
      {(growth) =>
        growth.total === 0 ? (
          <CardBlank>
            Nothing yet. A note, a decision or an import is remembered with its source; then this shows how it
            grows.
          </CardBlank>
        ) : (
          <Body growth={growth} range={range} now={now} />
        )
      }
    </Card>
  );
}

function Body({ growth, range, now }: { growth: MemoryGrowth; range: Range; now: number }) {
  const kinds = grownKinds(growth);
  const grown = kinds.reduce((sum, { n }) => sum + n, 0);
  const data = useMemo(
    () => ({
      at: middles(growth),
      ...(growth.spans[0] && { from: growth.spans[0].at, until: growth.until }),
      series: [{ name: 'records in all', values: standing(growth), look: 'area' as const }],
    }),
    [growth],
  );
  return (
    <>
      <p>
        {count(growth.total, 'record')}, {grown.toLocaleString('en-GB')} of them taken up in {RANGES[range]}.
        What was merged or forgotten since is not counted.
      </p>
      <Chart
        label={`Records in all, the last ${RANGES[range]}`}
        data={data}
        pointName={(point) => spanName(growth, point, now)}
        value={short}
      />
      {kinds.length > 0 && (
        <ul class="multiples" aria-label="Taken up, by kind">
          {kinds.map(({ kind, n }) => (
            <Kind key={kind} growth={growth} kind={kind} n={n} now={now} />
          ))}
        </ul>
      )}
    </>
  );
}

/** One kind beside the others, all drawn the same way. */
function Kind({ growth, kind, n, now }: { growth: MemoryGrowth; kind: MemoryKind; n: number; now: number }) {
  const data = useMemo(
    () => ({
      at: middles(growth),
      ...(growth.spans[0] && { from: growth.spans[0].at, until: growth.until }),
      series: [
        {
          name: 'taken up',
          values: growth.spans.map((span) => takenUp(span, kind)),
          look: 'columns' as const,
        },
      ],
    }),
    [growth, kind],
  );
  const { many, icon } = KIND_WORDS[kind];
  return (
    <li class="multiple">
      <span>
        <Icon name={icon} /> {many} <strong>{n.toLocaleString('en-GB')}</strong>
      </span>
      <Chart
        small
        height={SMALL}
        label={many}
        data={data}
        pointName={(point) => spanName(growth, point, now)}
        value={(of) => String(Math.round(of))}
      />
    </li>
  );
}

/** "840", "12k". */
function short(of: number): string {
  if (of < 10_000) return Math.round(of).toLocaleString('en-GB');
  return `${Math.round(of / 1000).toLocaleString('en-GB')}k`;
}
