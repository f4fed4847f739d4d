import { useRef, useState } from 'preact/hooks';
import type { GlobePoint, GlobeTie } from '../../../companion/protocol/index.ts';
import { nearCentre } from '../../model/globe/near-centre.ts';
import { Skeleton } from '../../parts/states.tsx';
import { HoverCard } from './hover-card.tsx';
import { ShortTitle } from './short-title.tsx';
import type { Globe } from './use-globe.ts';
import { useScene } from './use-scene.ts';

interface Props {
  globe: Globe;
  picture: object;
  ties: readonly GlobeTie[];
  chosen: string | null;
  choose(id: string | null): void;
  onLost(): void;
  themeOf(cluster: string | null): string | null;
}

const STEP = 0.14;
const KEYS: Readonly<Record<string, readonly [longitude: number, latitude: number]>> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, STEP],
  ArrowDown: [0, -STEP],
};
const ZOOMS: Readonly<Record<string, number>> = { '+': 1.2, '=': 1.2, '-': 1 / 1.2, _: 1 / 1.2 };
const NEAREST = 6;

/** The globe: what is under the pointer says what it is; the keyboard turns, zooms and goes through what is near the middle. */
export function GlobeStage({ globe, picture, ties, chosen, choose, onLost, themeOf }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const labels = useRef<HTMLDivElement>(null);
  const { scene, hit, view } = useScene(canvas, labels, { globe, picture, ties, chosen, choose, onLost });
  const [focused, setFocused] = useState<GlobePoint | null>(null);
  const { model } = globe;
  const shown = model.rows.length;

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !scene) return;
    const turn = KEYS[event.key];
    const zoom = ZOOMS[event.key];
    if (turn) scene.turn(...turn);
    else if (zoom !== undefined) scene.zoom(zoom);
    else if (event.key === 'Escape' && chosen !== null) choose(null);
    else return;
    event.preventDefault();
  };
  const hovered = hit ? model.points[hit.index] : undefined;
  const near = nearCentre(model.columns, view ?? { longitude: 0, latitude: 0, distance: 3 }, NEAREST);
  const instructions =
    'Arrows turn it, + and − zoom, Tab goes through what is near the middle, Escape lets go. The list holds the same.';
  return (
    <div class="globe-stage">
      <div
        class="globe-frame"
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is turned and zoomed with the keyboard
        tabIndex={0}
        aria-label={`Globe of ${shown.toLocaleString('en-GB')} points. ${instructions}`}
        onKeyDown={onKeyDown}
      >
        <canvas ref={canvas} class="globe-canvas" />
        <div ref={labels} class="globe-labels" aria-hidden="true" />
        {!scene && <Skeleton rows={0} label="Drawing the globe" />}
        {hit && hovered && (
          <HoverCard
            point={hovered}
            theme={themeOf(hovered.cluster)}
            at={hit}
            status={model.statusOf(hovered)}
          />
        )}
        {!hit && focused && (
          <HoverCard
            point={focused}
            theme={themeOf(focused.cluster)}
            at={null}
            status={model.statusOf(focused)}
          />
        )}
      </div>
      {near.length > 0 && (
        <ul class="near-centre" aria-label="Near the middle">
          {near.map((index) => {
            const point = model.points[index]!;
            return (
              <li key={point.id}>
                <button
                  type="button"
                  class="opens"
                  onFocus={() => setFocused(point)}
                  onBlur={() => setFocused(null)}
                  onClick={() => choose(point.id)}
                >
                  <ShortTitle title={point.title} most={28} />
                </button>
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}
