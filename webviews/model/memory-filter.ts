import type { MemoryKind } from '../../companion/protocol/index.ts';
import { KIND_WORDS } from './memory-words.ts';
import { DAY } from './time.ts';

export type Since = 'any' | 'day' | 'week' | 'month' | 'year';

/** What to recall, and where to look. */
export interface MemoryFilter {
  text: string;
  kind: MemoryKind | 'any';
  since: Since;
  everywhere: boolean;
}

export const DEFAULT_MEMORY_FILTER: MemoryFilter = { text: '', kind: 'any', since: 'any', everywhere: false };

export const SINCES: Record<Since, { label: string; ms: number | null }> = {
  any: { label: 'Any time', ms: null },
  day: { label: 'Last 24 hours', ms: DAY },
  week: { label: 'Last 7 days', ms: 7 * DAY },
  month: { label: 'Last 30 days', ms: 30 * DAY },
  year: { label: 'Last 12 months', ms: 365 * DAY },
};

/** The longest question that can be asked. */
export const LONGEST = 10_000;

/** The moment that `since` names, on the minute so that a question stays the same while one looks at it. */
export function sinceTime(since: Since, now: number): number | null {
  const { ms } = SINCES[since];
  return ms === null ? null : Math.floor((now - ms) / 60_000) * 60_000;
}

/** The filter as it stands in an address; only what differs from the default. */
export function memoryQuery(filter: MemoryFilter): Record<string, string> {
  const entries = Object.entries(filter).filter(
    ([key, value]) => value !== DEFAULT_MEMORY_FILTER[key as keyof MemoryFilter],
  );
  return Object.fromEntries(entries.map(([key, value]) => [key, String(value)]));
}

/** The filter in an address; what it does not know becomes the default. */
export function memoryFilter(query: Readonly<Record<string, string>>): MemoryFilter {
  const { text = '', kind = '', since = '', everywhere } = query;
  return {
    text: text.slice(0, LONGEST),
    kind: Object.hasOwn(KIND_WORDS, kind) ? (kind as MemoryKind) : 'any',
    since: Object.hasOwn(SINCES, since) ? (since as Since) : 'any',
    everywhere: everywhere === 'true',
  };
}
