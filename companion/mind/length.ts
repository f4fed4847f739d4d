import type { Perception } from '../protocol/index.ts';
import type { Limits } from './ruled-text.ts';

export interface Length extends Limits {
  readonly tokens: number;
  /** For the prompt. */
  readonly words: string;
}

const LENGTHS: Readonly<Record<'short' | 'plain' | 'long', Length>> = {
  short: { sentences: 3, characters: 500, tokens: 160, words: 'At most three short sentences.' },
  plain: { sentences: 6, characters: 1000, tokens: 320, words: 'At most six sentences.' },
  long: { sentences: 12, characters: 2200, tokens: 700, words: 'At most twelve sentences.' },
};

/** How long an answer may be: it follows the energy of whoever asks. Pure. */
export function lengthFor({ tone, urgency, load, intent }: Perception): Length {
  const short = tone === 'weary' || tone === 'tense' || tone === 'focused' || urgency >= 0.6 || load >= 0.6;
  if (short) return LENGTHS.short;
  return tone === 'curious' || intent === 'decide' ? LENGTHS.long : LENGTHS.plain;
}
