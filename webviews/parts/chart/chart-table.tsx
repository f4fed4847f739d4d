import { useState } from 'preact/hooks';
import type { ChartData } from './series.ts';

/** More rows than this nobody reads. */
const MOST = 200;

interface Props {
  label: string;
  data: ChartData;
  pointName(point: number): string;
  value(of: number): string;
  open: boolean;
}

/** The numbers of a chart, the newest first, for whoever would rather read them. */
export function ChartTable({ label, data: { at, series }, pointName, value, open }: Props) {
  const [shown, setShown] = useState(false);
  const points = at.map((_, point) => point).reverse();
  return (
    <details
      class="chart-table"
      open={open}
      onToggle={(event) => setShown((event.currentTarget as HTMLDetailsElement).open)}
    >
      <summary>As a table</summary>
      {(shown || open) && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        <section class="chart-rows" aria-label={`${label}, as a table`} tabIndex={0}>
          <table>
            <caption class="unseen">{label}</caption>
            <thead>
              <tr>
                <th scope="col">When</th>
                {series.map(({ name }) => (
                  <th scope="col" key={name}>
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {points.slice(0, MOST).map((point) => (
                <tr key={point}>
                  <th scope="row">{pointName(point)}</th>
                  {series.map(({ name, values }) => {
                    const of = values[point] ?? null;
                    return <td key={name}>{of === null ? '' : value(of)}</td>;
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {shown && points.length > MOST && (
        <p class="quiet">
          The newest {MOST} of {points.length}.
        </p>
      )}
    </details>
  );
}
