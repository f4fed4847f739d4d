import type { Grant } from '../../companion/protocol/index.ts';
import type { Tier } from '../../companion/protocol/stance-words.ts';
import { programWords } from './wheel-view.ts';
import { count } from './words.ts';

/** How leave stands: it counts, its time is over, or it was taken back. Pure. */
export function grantStanding(
  { revokedAt, expiresAt }: Pick<Grant, 'revokedAt' | 'expiresAt'>,
  now: number,
): 'live' | 'expired' | 'revoked' {
  if (revokedAt !== null) return 'revoked';
  return expiresAt <= now ? 'expired' : 'live';
}

/** What it is confined to: "the whole folder", "below src and docs, for `npm run lint …`". Pure. */
export function scopeWords({ paths, argv }: Pick<Grant, 'paths' | 'argv'>): string {
  const places = paths.length === 0 ? 'the whole folder' : `only below ${paths.join(', ')}`;
  return argv === null ? places : `${places}, only \`${programWords(argv)} …\``;
}

export function usesWords(uses: number): string {
  return uses === 0 ? 'never used' : `used ${count(uses, 'time')}`;
}

/** Trust from which each tier begins. */
export const TIER_FROM: Readonly<Record<Tier, number>> = { T0: 0, T1: 0.6, T2: 0.8, T3: 0.9 };

/** The tier after this one, and how much trust there is missing; null at the highest. Pure. */
export function nextTier(tier: Tier, trust: number): { tier: Tier; missing: number } | null {
  const next = (Object.keys(TIER_FROM) as Tier[]).find((each) => each > tier);
  return next === undefined ? null : { tier: next, missing: Math.max(0, TIER_FROM[next] - trust) };
}
