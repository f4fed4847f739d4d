import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { inkOf, onTheme } from './ink.ts';
import type { Plot, PlotOptions } from './plot.ts';

/** The library comes with the first chart, and once for all. */
const library = () => import('./plot.ts');

type Wanted = Pick<PlotOptions, 'data' | 'height' | 'small' | 'value' | 'over'>;

/**
 * Keeps a chart in its place: drawn when its code has come, drawn anew when data or theme change, gone while the page
 * is hidden. `failed`: its code did not come.
 */
export function usePlot(place: RefObject<HTMLElement | null>, wanted: Wanted, point: number | null) {
  const plot = useRef<Plot | null>(null);
  const latest = useRef(wanted);
  latest.current = wanted;
  const shown = useRef(point);
  shown.current = point;
  const [failed, setFailed] = useState(false);

  useEffect(() => {
    const element = place.current;
    if (!element) return;
    let gone = false;
    const draw = () => {
      plot.current?.dispose();
      plot.current = null;
      if (document.visibilityState === 'hidden') return;
      library().then(
        ({ drawPlot }) => {
          if (gone) return;
          plot.current?.dispose();
          const { value, over, ...rest } = latest.current;
          plot.current = drawPlot({
            ...rest,
            place: element,
            ink: inkOf(element),
            value: (of) => latest.current.value(of),
            over: (of) => latest.current.over(of),
          });
          if (shown.current !== null) plot.current.show(shown.current);
        },
        () => !gone && setFailed(true),
      );
    };
    draw();
    const theme = onTheme(draw);
    document.addEventListener('visibilitychange', draw);
    const room = new ResizeObserver(([entry]) => {
      if (entry && entry.contentRect.width > 0) plot.current?.resize(entry.contentRect.width);
    });
    room.observe(element);
    return () => {
      gone = true;
      theme.dispose();
      document.removeEventListener('visibilitychange', draw);
      room.disconnect();
      plot.current?.dispose();
      plot.current = null;
    };
  }, [wanted.data, wanted.height, wanted.small]);

  useEffect(() => plot.current?.show(point), [point]);
  return { failed };
}
