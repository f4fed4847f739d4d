import type { Tone } from '../../../companion/protocol/index.ts';

/** What a renderer draws, in columns: one entry a point, in the order of the list beside it. */
export interface GlobeColumns {
  readonly count: number;
  readonly ids: readonly string[];
  readonly titles: readonly string[];
  /** Radians: longitude by cluster (-π to π), latitude by recency (-π/2 to π/2). */
  readonly longitudes: Float32Array;
  readonly latitudes: Float32Array;
  /** 0-1, by activity. */
  readonly sizes: Float32Array;
  /** 0-1, by recency: the newest glow. */
  readonly glows: Float32Array;
  /** Index into `TONES` (colour and shape). */
  readonly tones: Uint8Array;
  /** 1 where it pulses: a drift alert or a new blessing. */
  readonly pulses: Uint8Array;
  /** 0 where filters or the time of the scrubber hide it; it keeps its place. */
  readonly shown: Uint8Array;
}
export const TONES: readonly Tone[] = ['calm', 'curious', 'focused', 'playful', 'tense', 'weary'];

/** Indexes into the columns of the points that it ties. */
export interface GlobeArc {
  readonly from: number;
  readonly to: number;
  /** `fork`: one was split from the other; `files`: they touch the same files. */
  readonly kind: 'fork' | 'files';
}

/** Colours of the theme, as CSS colours; asked for anew when the theme changes. */
export interface GlobeColours {
  readonly sea: string;
  readonly graticule: string;
  readonly arc: string;
  readonly text: string;
  readonly focus: string;
  /** By `TONES`. */
  readonly tones: readonly string[];
  /** High contrast: lines instead of light and shade. */
  readonly outlined?: boolean;
}

/** Where somebody looks from. Radians; `distance` in radii of the globe from its centre. */
export interface GlobeView {
  readonly longitude: number;
  readonly latitude: number;
  readonly distance: number;
}

export interface GlobeSceneOptions {
  readonly canvas: HTMLCanvasElement;
  /** Labels are drawn here, over the canvas; nothing in it takes the pointer. */
  readonly labels: HTMLElement;
  readonly colours: GlobeColours;
  /** No drift, no pulse, no easing; frames are drawn only when something changed. */
  readonly reducedMotion: boolean;
  readonly view: GlobeView | null;
  /** Index of what the pointer is on, and where on the canvas in CSS pixels; null: on nothing. */
  onHover(hit: { readonly index: number; readonly x: number; readonly y: number } | null): void;
  onPick(index: number): void;
  /** Rests for 250 ms after each change by hand; to be kept and handed back as `view`. */
  onView(view: GlobeView): void;
  /** The context was lost for good: show the list. */
  onLost(): void;
}

/** The globe as it is drawn. Knows nothing of loops; whoever holds it says what is there. */
export interface GlobeScene {
  /** Replaces all points; what was selected stays so by its id. */
  setPoints(columns: GlobeColumns): void;
  /** The same columns, changed in place at these indexes: activity came in. Cheap, for each frame. */
  touch(indexes: readonly number[]): void;
  setArcs(arcs: readonly GlobeArc[]): void;
  setColours(colours: GlobeColours): void;
  /** Marks a point and turns it to the front (at once with reduced motion). */
  select(index: number | null): void;
  /** For the keyboard: turns by radians, zooms by a factor. */
  turn(longitude: number, latitude: number): void;
  zoom(factor: number): void;
  resize(width: number, height: number, pixelRatio: number): void;
  /** A hidden scene draws nothing and asks for no frame. */
  setVisible(visible: boolean): void;
  readonly stats: {
    readonly frameMs: number;
    readonly quality: number;
    readonly geometries: number;
    readonly textures: number;
  };
  /** Frees every buffer, texture and the context. */
  dispose(): void;
}

/** Null without WebGL 2. The module that has it, and three.js with it, is loaded when the globe is first shown. */
export type CreateGlobeScene = (options: GlobeSceneOptions) => GlobeScene | null;
