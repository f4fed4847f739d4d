import type { Tone } from '../../../companion/protocol/index.ts';

/** How the ring of a tone is drawn. */
export interface RingStyle {
  /** To be seen on a light and on a dark page: 3:1 at least. */
  readonly colour: string;
  /** Lengths of dash and gap, of 100 for the whole ring, which begins at the top; null: unbroken. */
  readonly dash: string | null;
  readonly cap: 'butt' | 'round';
  /** Its width, where 1 is the usual. */
  readonly weight: number;
}

/** Colour is the first channel, how it is broken the second. */
export const TONE_RINGS: Record<Tone, RingStyle> = {
  calm: { colour: '#1f7a66', dash: null, cap: 'butt', weight: 1 },
  curious: { colour: '#8552b7', dash: '0 4 17 8 17 8 17 8 17 4', cap: 'butt', weight: 1 },
  focused: { colour: '#0d93f5', dash: null, cap: 'butt', weight: 1.45 },
  playful: { colour: '#d9780b', dash: '0.01 4.99', cap: 'round', weight: 1.2 },
  tense: { colour: '#cc2a07', dash: '2.5 2.5', cap: 'butt', weight: 1.2 },
  weary: { colour: '#959392', dash: '0 30 40 30', cap: 'round', weight: 1 },
};
