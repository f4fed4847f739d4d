import type { GlobeColours } from '../../../model/globe/globe-scene.ts';

/** Red, green, blue and opacity, 0-1, as the screen takes them. */
export type Rgba = readonly [red: number, green: number, blue: number, alpha: number];

export interface Palette {
  readonly sea: Rgba;
  readonly graticule: Rgba;
  readonly arc: Rgba;
  readonly text: Rgba;
  readonly focus: Rgba;
  readonly tones: readonly Rgba[];
  /** Whether the sea is dark: what is new then shines, and on a light sea it is surrounded. */
  readonly dark: boolean;
  readonly outlined: boolean;
}

/** Reads any CSS colour as the browser itself would; what it cannot read is a middle grey. */
export type ReadColour = (css: string) => Rgba;

export function colourReader(): ReadColour {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  return (css) => {
    if (!context) return [0.5, 0.5, 0.5, 1];
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = '#808080';
    context.fillStyle = css;
    context.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0, alpha = 0] = context.getImageData(0, 0, 1, 1).data;
    return [red / 255, green / 255, blue / 255, alpha / 255];
  };
}

export function paletteOf(colours: GlobeColours, read: ReadColour): Palette {
  const sea = read(colours.sea);
  return {
    sea,
    graticule: read(colours.graticule),
    arc: read(colours.arc),
    text: read(colours.text),
    focus: read(colours.focus),
    tones: colours.tones.map(read),
    dark: lightness(sea) < 0.5,
    outlined: colours.outlined ?? false,
  };
}

/** 0 black to 1 white, as the eye takes it (Rec. 709 weights of the encoded values). */
export function lightness([red, green, blue]: Rgba): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** So much of the other colour; opacity stays. */
export function mixed(one: Rgba, other: Rgba, share: number): Rgba {
  const at = (i: 0 | 1 | 2) => one[i] + (other[i] - one[i]) * share;
  return [at(0), at(1), at(2), one[3]];
}

export function cssOf([red, green, blue, alpha]: Rgba, opacity = 1): string {
  const byte = (value: number) => Math.round(value * 255);
  return `rgb(${byte(red)} ${byte(green)} ${byte(blue)} / ${(alpha * opacity).toFixed(3)})`;
}
