import type { Drift } from '../../companion/protocol/index.ts';

/** Each band in words: what it means for who works on it. */
export const BAND_WORDS: Readonly<Record<Drift['band'], { word: string; hint: string }>> = {
  stable: { word: 'within scope', hint: 'The work keeps to what it began with.' },
  moderate: { word: 'moderate', hint: 'Some of the work lies beyond what it began with.' },
  volatile: { word: 'volatile', hint: 'Much of the work lies beyond what it began with.' },
  chaotic: { word: 'chaotic', hint: 'Most of the work lies beyond what it began with.' },
  critical: { word: 'critical', hint: 'It is another piece of work by now.' },
};

/** Whether it is worth a word where loops are listed. */
export function isTelling({ band }: Pick<Drift, 'band'>): boolean {
  return band !== 'stable';
}

/** "Scope drift: moderate. 4 of 9 edited files lie outside of src/parser." */
export function driftSentence({ band, reasons }: Pick<Drift, 'band' | 'reasons'>): string {
  const [first] = reasons;
  return `Scope drift: ${BAND_WORDS[band].word}.${first === undefined ? '' : ` ${first}.`}`;
}

/** How much it rests on. */
export function sureness(confidence: number): string {
  if (confidence < 0.3) return 'a first impression';
  return confidence < 0.6 ? 'fairly sure' : 'sure';
}
