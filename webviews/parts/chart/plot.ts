import uPlot from 'uplot';
import { axisDate } from '../../model/time.ts';
import type { Ink } from './ink.ts';
import { type ChartData, isWhole, type Look, rangeOf } from './series.ts';

export interface PlotOptions {
  readonly place: HTMLElement;
  readonly data: ChartData;
  readonly ink: Ink;
  readonly height: number;
  /** Without axes: for many small ones beside each other. */
  readonly small: boolean;
  value(of: number): string;
  /** The pointer is over a point; null when it left. */
  over(point: number | null): void;
}

export interface Plot {
  resize(width: number): void;
  /** Puts the cursor on a point; null takes it away. */
  show(point: number | null): void;
  dispose(): void;
}

const SECOND = 1000;
/** Steps of an axis of counts. */
const WHOLE = [1, 2, 5]
  .flatMap((n) => [1, 10, 100, 1000, 10_000, 100_000].map((tens) => n * tens))
  .sort((a, b) => a - b);
/** So much room has the text of the axis of values. */
const VALUES_WIDTH = 38;

/** Draws a chart into its place. Nothing in it moves by itself. */
export function drawPlot(options: PlotOptions): Plot {
  const { place, data, height, small } = options;
  const at = data.at.map((ms) => ms / SECOND);
  const from = (data.from ?? data.at[0] ?? 0) / SECOND;
  const until = (data.until ?? data.at.at(-1) ?? 0) / SECOND;
  let quiet = false;
  const plot = new uPlot(
    {
      width: Math.max(80, place.clientWidth),
      height,
      padding: small ? [4, 2, 2, 2] : [8, 8, 0, 0],
      legend: { show: false },
      scales: {
        x: { time: true, range: [from, until > from ? until : from + 1] },
        y: { range: rangeOf(data) },
      },
      axes: axesOf(options),
      series: [{}, ...data.series.map(({ look, values }) => lookOf(look, options.ink, isSparse(values)))],
      cursor: {
        x: true,
        y: false,
        drag: { x: false, y: false },
        points: { size: 7, width: 2, fill: options.ink.ground },
      },
      hooks: {
        setCursor: [
          ({ cursor }) => {
            if (!quiet) options.over(cursor.idx ?? null);
          },
        ],
      },
    },
    [at, ...data.series.map(({ values }) => [...values])] as uPlot.AlignedData,
    place,
  );
  return {
    resize: (width) => plot.setSize({ width: Math.max(80, width), height }),
    show(point) {
      const left = point === null ? -10 : plot.valToPos(at[point] ?? 0, 'x');
      quiet = true;
      plot.setCursor({ left, top: point === null ? -10 : 0 });
      quiet = false;
    },
    dispose: () => plot.destroy(),
  };
}

function axesOf({ data, ink, small, value }: PlotOptions): uPlot.Axis[] {
  if (small) return [{ show: false }, { show: false }];
  const line = { stroke: ink.grid, width: 1 };
  const text = { stroke: ink.quiet, font: ink.font, ticks: { show: false } };
  const until = data.until ?? data.at.at(-1) ?? 0;
  const span = until - (data.from ?? data.at[0] ?? 0);
  return [
    {
      ...text,
      size: 24,
      gap: 6,
      space: 64,
      grid: { show: false },
      border: { show: true, ...line },
      // What begins where the axis ends has no room for its name.
      values: (_, splits) =>
        splits.map((second) => (until - second * SECOND < span / 32 ? '' : axisDate(second * SECOND, span))),
    },
    {
      ...text,
      size: VALUES_WIDTH,
      gap: 6,
      space: 26,
      ...(isWhole(data) && { incrs: WHOLE }),
      grid: line,
      values: (_, splits) => splits.map(value),
    },
  ];
}

/** A lone point between gaps is no line: it is drawn as a dot. */
function isSparse(values: readonly (number | null)[]): boolean {
  return values.filter((value) => value !== null).length < 2;
}

function lookOf(look: Look, ink: Ink, dots: boolean): uPlot.Series {
  const points = { show: dots, size: 5 };
  switch (look) {
    case 'columns': {
      const paths = uPlot.paths.bars?.({ size: [0.72, 28, 2], align: 0 });
      return {
        ...(paths && { paths }),
        stroke: ink.columns,
        fill: ink.columns,
        width: 0,
        points: { show: false },
      };
    }
    case 'area':
      return { stroke: ink.accent, fill: ink.wash, width: 2, points };
    case 'dashed':
      return { stroke: ink.quiet, width: 1.5, dash: [4, 3], points };
    case 'line':
      return { stroke: ink.accent, width: 2, points };
  }
}
