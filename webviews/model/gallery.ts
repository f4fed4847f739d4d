import type { Archetype, Mask, Proposal, Tone } from '../../companion/protocol/index.ts';
import { ARCHETYPE_WORDS, TONE_WORDS } from './council-words.ts';
import { DAY } from './time.ts';

export type Age = 'any' | 'new' | 'older';
export type MaskSort = 'standing' | 'right' | 'weight' | 'newest' | 'name';

/** Which masks are shown, and in what order. */
export interface MaskFilter {
  text: string;
  tone: Tone | 'any';
  archetype: Archetype | 'any';
  age: Age;
  /** The thread that it voted on, or `any`. */
  voted: string;
  favourites: boolean;
  sort: MaskSort;
}

export const DEFAULT_MASK_FILTER: MaskFilter = {
  ...{ text: '', tone: 'any', archetype: 'any', age: 'any', voted: 'any' },
  ...{ favourites: false, sort: 'standing' },
};

export const AGES: Readonly<Record<Age, string>> = {
  any: 'Any age',
  new: 'Made in the last 30 days',
  older: 'Older than 30 days',
};
export const MASK_SORTS: Readonly<Record<MaskSort, string>> = {
  standing: 'As they stand',
  right: 'Most often right',
  weight: 'Counts the most',
  newest: 'Newest first',
  name: 'By name',
};
const NEW_MS = 30 * DAY;
const LONGEST = 200;

/** The masks that a filter lets through, in its order. `proposals` tell who voted on what. Pure. */
export function filteredMasks<M extends Mask>(
  masks: readonly M[],
  filter: MaskFilter,
  proposals: readonly Proposal[],
  now: number,
): M[] {
  const { text, tone, archetype, age, voted, favourites, sort } = filter;
  const words = text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const voters = voted === 'any' ? null : votersOn(proposals, voted);
  const kept = masks.filter((mask) => {
    const all = `${mask.name} ${mask.card} ${mask.voice} ${mask.archetype} ${mask.tone}`.toLocaleLowerCase();
    return (
      words.every((word) => all.includes(word)) &&
      (tone === 'any' || mask.tone === tone) &&
      (archetype === 'any' || mask.archetype === archetype) &&
      (age === 'any' || now - mask.birth.at <= NEW_MS === (age === 'new')) &&
      (voters === null || voters.has(mask.id)) &&
      (!favourites || mask.favourite)
    );
  });
  return sort === 'standing' ? kept : kept.sort(ORDERS[sort]);
}

const ORDERS: Record<Exclude<MaskSort, 'standing'>, (a: Mask, b: Mask) => number> = {
  right: (a, b) => b.record.rate - a.record.rate,
  weight: (a, b) => b.record.weight - a.record.weight,
  newest: (a, b) => b.birth.at - a.birth.at,
  name: (a, b) => a.name.localeCompare(b.name),
};

/** Threads that were voted on, with the words by which they were asked about; the newest first. */
export function votedThreads(proposals: readonly Proposal[]): ReadonlyMap<string, string> {
  const threads = new Map<string, string>();
  for (const { subject, question } of proposals)
    if (subject?.startsWith('loop_') && !threads.has(subject)) threads.set(subject, question);
  return threads;
}

/** The filter as it stands in an address; only what differs from the default. */
export function maskQuery(filter: MaskFilter): Record<string, string> {
  const entries = Object.entries(filter).filter(
    ([key, value]) => value !== DEFAULT_MASK_FILTER[key as keyof MaskFilter],
  );
  return Object.fromEntries(entries.map(([key, value]) => [key, String(value)]));
}

/** The filter in an address; what it does not know becomes the default. */
export function maskFilter(query: Readonly<Record<string, string>>): MaskFilter {
  const { text = '', tone = '', archetype = '', age = '', voted = 'any', favourites, sort = '' } = query;
  return {
    text: text.slice(0, LONGEST),
    tone: Object.hasOwn(TONE_WORDS, tone) ? (tone as Tone) : 'any',
    archetype: Object.hasOwn(ARCHETYPE_WORDS, archetype) ? (archetype as Archetype) : 'any',
    age: Object.hasOwn(AGES, age) ? (age as Age) : 'any',
    voted,
    favourites: favourites === 'true',
    sort: Object.hasOwn(MASK_SORTS, sort) ? (sort as MaskSort) : 'standing',
  };
}

function votersOn(proposals: readonly Proposal[], thread: string): ReadonlySet<string> {
  const rounds = proposals.filter(({ subject }) => subject === thread).flatMap((each) => each.rounds);
  return new Set(rounds.flatMap(({ ballots }) => ballots.map(({ voter }) => voter)));
}
