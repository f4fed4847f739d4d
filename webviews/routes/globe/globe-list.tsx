import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { GlobeModel } from '../../model/globe/globe-model.ts';
import { rowsInSight, scrollTo } from '../../model/globe/virtual-rows.ts';
import { nextIndex } from '../../model/keys.ts';
import type { Location } from '../../model/location.ts';
import { GlobeRow } from './globe-row.tsx';

interface Props {
  model: GlobeModel;
  /** Changes with every other picture of the model. */
  version: number;
  chosen: string | null;
  toPoint(id: string): Location;
  themeOf(cluster: string | null): string | null;
}

/** Of every row, in pixels; the style sheet keeps to it. */
const HEIGHT = 56;
const PAGE_KEYS: Readonly<Record<string, number>> = { PageDown: 8, PageUp: -8 };

/** The same points as on the globe, in the same order, as rows; only those in sight stand in the page. */
export function GlobeList({ model, version, chosen, toPoint, themeOf }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [scrolled, setScrolled] = useState(0);
  const [sight, setSight] = useState(600);
  const [active, setActive] = useState<string | null>(null);
  const wanted = useRef<string | null>(null);
  const { rows, points } = model;

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const watching = new ResizeObserver(() => setSight(element.clientHeight));
    watching.observe(element);
    setSight(element.clientHeight);
    return () => watching.disconnect();
  }, []);

  const positionOf = (id: string | null) => {
    const index = id === null ? null : model.indexOf(id);
    return index === null ? -1 : placeIn(rows, index);
  };
  const bring = (position: number) => {
    const element = box.current;
    if (!element || position < 0) return;
    const top = scrollTo(position, element.scrollTop, element.clientHeight, HEIGHT);
    if (top === null) return;
    element.scrollTop = top;
    setScrolled(top);
  };
  // What was chosen on the globe is in sight in the list.
  useEffect(() => bring(positionOf(chosen)), [chosen]);
  // A row takes the focus once it stands in the page.
  useLayoutEffect(() => {
    if (wanted.current === null) return;
    const row = box.current?.querySelector<HTMLElement>(`[data-row="${wanted.current}"] .title`);
    if (!row) return;
    wanted.current = null;
    row.focus({ preventScroll: true });
  });

  const entry = [active, chosen].find((id) => positionOf(id) >= 0) ?? points[rows[0] ?? -1]?.id ?? null;
  const at = positionOf(entry);
  const onKeyDown = (event: KeyboardEvent) => {
    const leap = PAGE_KEYS[event.key];
    const next =
      leap === undefined
        ? nextIndex(event.key, at, rows.length)
        : Math.min(rows.length - 1, Math.max(0, at + leap));
    if (next === null || event.defaultPrevented || rows.length === 0) return;
    event.preventDefault();
    const { id } = points[rows[next]!]!;
    wanted.current = id;
    setActive(id);
    bring(next);
  };

  const { first, end } = rowsInSight(scrolled, sight, HEIGHT, rows.length);
  const inPage = Array.from({ length: end - first }, (_, i) => first + i);
  // The row with the focus stays in the page, wherever one scrolls.
  if (at >= 0 && (at < first || at >= end)) inPage.push(at);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows are a second way; every row can be reached without
    <div
      ref={box}
      class="globe-list"
      data-version={version}
      onScroll={(event) => setScrolled(event.currentTarget.scrollTop)}
      onKeyDown={onKeyDown}
    >
      <ul aria-label="Points" style={{ height: `${rows.length * HEIGHT}px` }}>
        {inPage.map((position) => {
          const point = points[rows[position]!]!;
          return (
            <GlobeRow
              key={point.id}
              point={point}
              status={model.statusOf(point)}
              theme={themeOf(point.cluster)}
              to={toPoint(point.id)}
              chosen={point.id === chosen}
              position={position + 1}
              size={rows.length}
              top={position * HEIGHT}
              entry={point.id === entry}
              focused={() => setActive(point.id)}
            />
          );
        })}
      </ul>
    </div>
  );
}

/** The place of an index in rows that rise; -1 where it is not shown. */
function placeIn(rows: readonly number[], index: number): number {
  let [low, high] = [0, rows.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const there = rows[middle]!;
    if (there === index) return middle;
    if (there < index) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
