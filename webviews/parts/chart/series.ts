/** How a series is drawn. Shape and dash tell series apart where colour does not. */
export type Look = 'line' | 'area' | 'dashed' | 'columns';

export interface Series {
  readonly name: string;
  /** One for each point; null where nothing is known. */
  readonly values: readonly (number | null)[];
  readonly look: Look;
}

/** What a chart shows, as plain data. */
export interface ChartData {
  /** Milliseconds since the epoch, ascending and each once. */
  readonly at: readonly number[];
  readonly series: readonly Series[];
  /** Of the axis of time; left out: the first and the last point. */
  readonly from?: number;
  readonly until?: number;
  /** Of the other axis; left out: from 0 to a little above the highest value. */
  readonly range?: readonly [low: number, high: number];
}

/** The lowest and highest value of the axis: never without any height. Pure. */
export function rangeOf({ series, range }: ChartData): [number, number] {
  if (range !== undefined) return [...range];
  const highest = Math.max(0, ...series.flatMap(({ values }) => values.map((value) => value ?? 0)));
  return [0, highest === 0 ? 1 : highest * 1.08];
}

/** Whether all values are whole, so that nothing between them stands on the axis. Pure. */
export function isWhole({ series }: ChartData): boolean {
  return series.every(({ values }) => values.every((value) => value === null || Number.isInteger(value)));
}

/** The point after a key; null where the key does not move. Pure. */
export function pointAfter(key: string, point: number, count: number): number | null {
  const last = count - 1;
  const leap = Math.max(1, Math.round(count / 10));
  const moved: Partial<Record<string, number>> = {
    ArrowLeft: point - 1,
    ArrowDown: point - 1,
    ArrowRight: point + 1,
    ArrowUp: point + 1,
    PageDown: point - leap,
    PageUp: point + leap,
    Home: 0,
    End: last,
  };
  const to = moved[key];
  return to === undefined || count === 0 ? null : Math.max(0, Math.min(last, to));
}

/** A line through values from 0 to 1, as an SVG path in a box of `width` by `height`. Pure. */
export function sparkPath(
  points: readonly { readonly x: number; readonly y: number }[],
  width: number,
  height: number,
): string {
  const clamp = (part: number) => Math.max(0, Math.min(1, part));
  return points
    .map(({ x, y }, i) => {
      const place = `${(clamp(x) * width).toFixed(1)} ${((1 - clamp(y)) * height).toFixed(1)}`;
      return `${i === 0 ? 'M' : 'L'}${place}`;
    })
    .join('');
}
