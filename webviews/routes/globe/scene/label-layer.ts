import { visibleLine } from '../../../../companion/protocol/visible-text.ts';
import type { LabelPlace } from './label-placement.ts';

const CLASS = 'globe-label';
const LONGEST = 32;
const WIDEST = 260;
export const LABEL_HEIGHT = 18;

/** Labels as elements over the canvas, reused; what they say is always text. */
export interface LabelLayer {
  /** Pixels that the label of this title takes. */
  widthOf(title: string): number;
  show(places: readonly LabelPlace[], titles: readonly string[], marked: number | null): void;
  dispose(): void;
}

export function labelLayer(holder: HTMLElement): LabelLayer {
  const elements = new Map<number, HTMLElement>();
  const spare: HTMLElement[] = [];
  const widths = new Map<string, number>();
  const context = document.createElement('canvas').getContext('2d');
  let font = '';

  const widthOf = (title: string) => {
    const known = widths.get(title);
    if (known !== undefined) return known;
    if (font === '') {
      const style = getComputedStyle(holder);
      font = `500 11px ${style.fontFamily || 'sans-serif'}`;
      if (context) context.font = font;
    }
    const text = labelText(title);
    const width = Math.min(WIDEST, Math.ceil(context?.measureText(text).width ?? text.length * 7) + 10);
    if (widths.size > 2_000) widths.clear();
    widths.set(title, width);
    return width;
  };

  const elementFor = (index: number, title: string) => {
    const present = elements.get(index);
    if (present) return present;
    const element = spare.pop() ?? document.createElement('bdi');
    element.className = CLASS;
    element.textContent = labelText(title);
    elements.set(index, element);
    holder.append(element);
    return element;
  };

  return {
    widthOf,
    show(places, titles, marked) {
      const wanted = new Set(places.map(({ index }) => index));
      for (const [index, element] of elements) {
        if (wanted.has(index)) continue;
        elements.delete(index);
        element.remove();
        spare.push(element);
      }
      for (const { index, x, y, width } of places) {
        const title = titles[index]!;
        const element = elementFor(index, title);
        const text = labelText(title);
        if (element.textContent !== text) element.textContent = text;
        element.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
        element.style.width = `${width}px`;
        element.classList.toggle('marked', index === marked);
      }
    },
    dispose() {
      for (const element of elements.values()) element.remove();
      elements.clear();
      spare.length = 0;
      widths.clear();
    },
  };
}

function labelText(title: string): string {
  const characters = [...visibleLine(title.slice(0, LONGEST * 8))];
  return characters.length <= LONGEST ? characters.join('') : `${characters.slice(0, LONGEST).join('')}…`;
}
