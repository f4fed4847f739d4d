// Nothing is imported here but types: the extension and the web app show these words, and must not load the contract.
import type { Drift } from './drift.ts';

const BANDS: Readonly<Record<Exclude<Drift['band'], 'stable'>, string>> = {
  moderate: 'somewhat otherwise',
  volatile: 'otherwise',
  chaotic: 'much otherwise',
  critical: 'quite otherwise',
};

/**
 * How a mask's voting has moved, in words: "Votes otherwise than it used to. Right in 3 of 10 of its last votes, in 20
 * of 24 before." Null while it votes as ever. Pure.
 */
export function maskDriftWords({ band, reasons }: Pick<Drift, 'band' | 'reasons'>): string | null {
  if (band === 'stable') return null;
  const [first] = reasons;
  return `Votes ${BANDS[band]} than it used to.${first === undefined ? '' : ` ${first}.`}`;
}
