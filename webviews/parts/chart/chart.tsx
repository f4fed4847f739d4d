import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { ChartTable } from './chart-table.tsx';
import { type ChartData, pointAfter } from './series.ts';
import { usePlot } from './use-plot.ts';

interface Props {
  /** What it shows: the name of the chart. */
  label: string;
  data: ChartData;
  /** A point in words, without its values: "Mon 3 Nov". */
  pointName(point: number): string;
  value(of: number): string;
  /** CSS pixels. */
  height?: number;
  /** Without axes, legend and table: for many beside each other. The words beside it say the rest. */
  small?: boolean;
  /** A point was chosen, by a click or the Enter key. */
  onPick?(point: number): void;
}

/**
 * A chart over time. Its cursor goes by pointer and by arrow keys, and says what it is on; a table below has the same
 * numbers. Colours follow the theme; nothing moves by itself.
 */
export function Chart({ label, data, pointName, value, height = 168, small = false, onPick }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const [point, setPoint] = useState<number | null>(null);
  const id = useId();
  const count = data.at.length;
  useEffect(() => setPoint(null), [data]);
  const { failed } = usePlot(place, { data, height, small, value, over: setPoint }, point);
  const current = point !== null && point < count ? point : count - 1;
  const words = (at: number) =>
    [
      pointName(at),
      ...data.series.map(({ name, values }) => {
        const of = values[at] ?? null;
        return `${name} ${of === null ? 'not known' : value(of)}`;
      }),
    ].join(', ');
  const pressed = (event: KeyboardEvent) => {
    if (event.key === 'Escape') return setPoint(null);
    if (event.key === 'Enter' && point !== null) return onPick?.(point);
    const next = pointAfter(event.key, current, count);
    if (next === null || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    setPoint(next);
  };
  return (
    <figure class={small ? 'chart small' : 'chart'}>
      {!small && <Legend data={data} at={current} name={pointName} value={value} />}
      <div
        class="chart-plot"
        role="slider"
        tabIndex={0}
        aria-label={`${label}, by point`}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, count - 1)}
        aria-valuenow={Math.max(0, current)}
        aria-valuetext={count === 0 ? 'no points' : words(current)}
        {...(!small && { 'aria-describedby': id })}
        onKeyDown={pressed}
        onBlur={() => setPoint(null)}
        onClick={() => point !== null && onPick?.(point)}
      >
        <div class="chart-canvas" ref={place} style={{ height: `${height}px` }} aria-hidden="true" />
      </div>
      {failed && (
        <p class="quiet" role="status">
          The picture could not be loaded. The table below has its numbers.
        </p>
      )}
      {!small && (
        <>
          <p class="unseen" id={id}>
            Arrow keys go from point to point{onPick ? ', Enter chooses one' : ''}.
          </p>
          <ChartTable label={label} data={data} pointName={pointName} value={value} open={failed} />
        </>
      )}
    </figure>
  );
}

interface LegendProps {
  data: ChartData;
  at: number;
  name(point: number): string;
  value(of: number): string;
}

/** Which line is which, with the values at the cursor; without a cursor, the newest. */
function Legend({ data: { series }, at, name, value }: LegendProps) {
  return (
    <figcaption class="chart-legend" aria-hidden="true">
      {at >= 0 && <span class="chart-point">{name(at)}</span>}
      {series.map((each) => (
        <span key={each.name} class={`chart-key ${each.look}`}>
          {each.name} <strong>{value(each.values[at] ?? 0)}</strong>
        </span>
      ))}
    </figcaption>
  );
}
