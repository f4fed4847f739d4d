import type { GlobeArc, GlobeColumns } from '../../../model/globe/globe-scene.ts';
import { arcChoice } from './arc-choice.ts';
import { type Eye, project } from './camera.ts';
import { labelChoice } from './label-choice.ts';
import { LABEL_HEIGHT, labelLayer } from './label-layer.ts';
import { type LabelPlace, placeLabels } from './label-placement.ts';
import type { Ring } from './layers/rings.ts';
import type { Painter } from './painter.ts';
import type { PointIndex } from './point-index.ts';
import { pointRadius, radiusOf } from './point-radius.ts';
import { onSphere } from './sphere.ts';

export interface Annotated {
  readonly columns: GlobeColumns;
  readonly index: PointIndex;
  readonly eye: Eye;
  readonly selected: number | null;
  readonly hovered: number | null;
  readonly now: number;
  /** Labels at most. */
  readonly most: number;
  /** Arcs at most, beside those tied to the selection. */
  readonly arcs: number;
}

/** What is to have a label or an arc is thought over so often at most; where they stand follows each frame. */
const CHOICE_MS = 160;

/** Labels, arcs and rings: what is said about points. */
export function annotations(holder: HTMLElement, painter: Painter) {
  const layer = labelLayer(holder);
  let arcs: readonly GlobeArc[] = [];
  let wanted: readonly number[] = [];
  let placed: readonly LabelPlace[] = [];
  let pulsing: readonly number[] | null = null;
  let chosenAt = Number.NEGATIVE_INFINITY;
  let chosenFor = '';
  let chosenSelected: number | null = null;
  let chosenHovered: number | null = null;
  let stale = true;

  const placeOf = (columns: GlobeColumns, i: number, eye: Eye) => {
    const { x, y, front } = project(eye, onSphere(columns.longitudes[i]!, columns.latitudes[i]!));
    return { x, y, front };
  };

  const choose = ({ columns, index, eye, selected, hovered, most, arcs: mostArcs }: Annotated) => {
    const before = new Set(placed.map(({ index: i }) => i));
    wanted = labelChoice(index.of(columns), columns, eye, [selected, hovered], before, most * 3);
    painter.setArcs(arcChoice(arcs, columns, eye, selected, mostArcs), columns);
  };

  const place = ({ columns, eye, selected, hovered, most }: Annotated) => {
    const sides = new Map(placed.map(({ index, side }) => [index, side]));
    const radius = pointRadius(columns.count, eye);
    const wishes = wanted.flatMap((index) => {
      const { x, y, front } = placeOf(columns, index, eye);
      const central = front > 0.2 || ((index === selected || index === hovered) && front > 0.02);
      if (!central || columns.shown[index] === 0) return [];
      const side = sides.get(index);
      const gap = radiusOf(columns.sizes[index]!, radius) + (index === selected ? 4 : 1);
      const width = layer.widthOf(columns.titles[index]!);
      return [{ index, x, y, gap, width, height: LABEL_HEIGHT, ...(side && { side }) }];
    });
    placed = placeLabels(wishes, eye, most);
    layer.show(placed, columns.titles, selected);
  };

  const ring = ({ columns, eye, selected, hovered }: Annotated) => {
    const radius = pointRadius(columns.count, eye);
    const at = (i: number, kind: Ring['kind'], more: number): Ring => ({
      place: onSphere(columns.longitudes[i]!, columns.latitudes[i]!),
      radius: radiusOf(columns.sizes[i]!, radius) + more,
      kind,
    });
    pulsing ??= pulsesOf(columns);
    const rings = pulsing.map((i) => at(i, 'pulse', 1));
    if (hovered !== null && hovered !== selected) rings.unshift(at(hovered, 'hovered', 3));
    if (selected !== null && columns.shown[selected] === 1) rings.unshift(at(selected, 'selected', 4));
    painter.setRings(rings);
  };

  return {
    placeOf(columns: GlobeColumns, i: number, eye: Eye): { x: number; y: number } {
      const { x, y } = placeOf(columns, i, eye);
      return { x, y };
    },
    setArcs(next: readonly GlobeArc[]): void {
      arcs = next;
      stale = true;
    },
    /** Whether there is more to be thought over although nothing moves. */
    get due(): boolean {
      return stale;
    },
    touched(): void {
      stale = true;
      pulsing = null;
    },
    forget(): void {
      stale = true;
      pulsing = null;
      wanted = placed = [];
      chosenAt = Number.NEGATIVE_INFINITY;
      layer.show([], [], null);
    },
    /** Brings all up to this frame; whether anything pulses in it. */
    write(frame: Annotated): boolean {
      const { eye, selected, hovered, now, most } = frame;
      const seen = `${eye.towards} ${eye.distance} ${eye.width} ${eye.height} ${most}`;
      stale ||= seen !== chosenFor;
      // What a hand just did is answered in this frame.
      const asked = selected !== chosenSelected || hovered !== chosenHovered;
      if (asked || (stale && now - chosenAt >= CHOICE_MS)) {
        choose(frame);
        [chosenAt, chosenFor, chosenSelected, chosenHovered] = [now, seen, selected, hovered];
        stale = false;
      }
      place(frame);
      ring(frame);
      return pulsing !== null && pulsing.length > 0;
    },
    dispose(): void {
      layer.dispose();
    },
  };
}

/** At most sixty. */
function pulsesOf({ pulses, shown, count }: GlobeColumns): number[] {
  const found: number[] = [];
  for (let i = 0; i < count && found.length < 60; i++) if (pulses[i] === 1 && shown[i] === 1) found.push(i);
  return found;
}
