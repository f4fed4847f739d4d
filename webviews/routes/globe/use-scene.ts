import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { GlobeTie } from '../../../companion/protocol/index.ts';
import { useSession } from '../../data/session.ts';
import type { GlobeScene, GlobeView } from '../../model/globe/globe-scene.ts';
import { onThemeChange, readColours } from './globe-colours.ts';
import type { Globe } from './use-globe.ts';

export interface Hit {
  readonly index: number;
  readonly x: number;
  readonly y: number;
}

interface Options {
  globe: Globe;
  picture: object;
  ties: readonly GlobeTie[];
  chosen: string | null;
  choose(id: string | null): void;
  /** There is no WebGL 2 here, or it went for good. */
  onLost(): void;
}

const VIEW = 'globe.view';

/** The drawn globe in its frame: made when it is first shown, fed with each picture, gone with the view. */
export function useScene(
  canvas: RefObject<HTMLCanvasElement | null>,
  labels: RefObject<HTMLElement | null>,
  { globe, picture, ties, chosen, choose, onLost }: Options,
) {
  const { host } = useSession();
  const [scene, setScene] = useState<GlobeScene | null>(null);
  const [hit, setHit] = useState<Hit | null>(null);
  const [view, setView] = useState<GlobeView | null>(host.getState<GlobeView>(VIEW) ?? null);
  const latest = useRef({ globe, choose, onLost });
  latest.current = { globe, choose, onLost };

  useEffect(() => {
    let current = true;
    let made: GlobeScene | null = null;
    const closing: (() => void)[] = [];
    const make = async () => {
      const { createGlobeScene } = await import('./scene/create-scene.ts');
      const [drawn, frame] = [canvas.current, labels.current];
      if (!current || !drawn || !frame) return;
      made = createGlobeScene({
        canvas: drawn,
        labels: frame,
        colours: readColours(drawn.parentElement ?? frame),
        reducedMotion: host.reducedMotion,
        view,
        onHover: setHit,
        onPick: (index) => latest.current.choose(latest.current.globe.model.points[index]?.id ?? null),
        onView(next) {
          host.setState(VIEW, next);
          setView(next);
        },
        onLost: () => latest.current.onLost(),
      });
      const scene = made;
      if (!scene) return latest.current.onLost();
      const sized = new ResizeObserver(() =>
        scene.resize(drawn.clientWidth, drawn.clientHeight, devicePixelRatio),
      );
      sized.observe(drawn);
      const seen = () => scene.setVisible(document.visibilityState === 'visible');
      document.addEventListener('visibilitychange', seen);
      seen();
      closing.push(
        () => sized.disconnect(),
        () => document.removeEventListener('visibilitychange', seen),
        onThemeChange(() => scene.setColours(readColours(drawn.parentElement ?? frame))),
        latest.current.globe.onTouch((indexes) => scene.touch(indexes)),
      );
      scene.resize(drawn.clientWidth, drawn.clientHeight, devicePixelRatio);
      setScene(scene);
    };
    make().catch(() => current && latest.current.onLost());
    return () => {
      current = false;
      for (const close of closing) close();
      made?.dispose();
    };
  }, []);

  const { model } = globe;
  useEffect(() => scene?.setPoints(model.columns), [scene, picture]);
  useEffect(() => scene?.setArcs(model.arcs(ties)), [scene, picture, ties]);
  useEffect(() => scene?.select(chosen === null ? null : model.indexOf(chosen)), [scene, picture, chosen]);
  return { scene, hit, view };
}
