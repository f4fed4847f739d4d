import type { StoryLine } from '../../../companion/protocol/index.ts';
import { isDay, type Order } from './day.ts';

export type Importance = 'all' | 'notable' | 'important';

/** Which lines of which day to read, and how. */
export interface StoryFilter {
  /** `2026-03-02`; null: today. */
  readonly day: string | null;
  readonly speaker: StoryLine['speaker'] | 'both';
  readonly from: Importance;
  /** Null: today the newest first, a day that is past from its morning on. */
  readonly order: Order | null;
  readonly everywhere: boolean;
}

export const DEFAULT_STORY_FILTER: StoryFilter = {
  day: null,
  speaker: 'both',
  from: 'all',
  order: null,
  everywhere: false,
};

export const SPEAKERS: Readonly<Record<StoryFilter['speaker'], string>> = {
  both: 'Cal and Arty',
  Cal: 'Told by Cal',
  Arty: 'Told by Arty',
};

/** The least importance that a line needs; .7 is what the editor's status bar shows. */
export const IMPORTANCES: Readonly<Record<Importance, { readonly label: string; readonly least: number }>> = {
  all: { label: 'Every line', least: 0 },
  notable: { label: 'What matters', least: 0.5 },
  important: { label: 'Only the important', least: 0.7 },
};

export function fits({ speaker, importance }: StoryLine, filter: StoryFilter): boolean {
  const { least } = IMPORTANCES[filter.from];
  return importance >= least && (filter.speaker === 'both' || filter.speaker === speaker);
}

/** Whether the filter leaves lines of a day out. */
export function isNarrowed({ speaker, from }: StoryFilter): boolean {
  return speaker !== 'both' || from !== 'all';
}

/** The filter as it stands in an address; only what differs from the default. */
export function storyQuery(filter: StoryFilter): Record<string, string> {
  const entries = Object.entries(filter).filter(
    ([key, value]) => value !== DEFAULT_STORY_FILTER[key as keyof StoryFilter],
  );
  return Object.fromEntries(entries.map(([key, value]) => [key, String(value)]));
}

/** The filter in an address; what it does not know becomes the default. */
export function storyFilter(query: Readonly<Record<string, string>>): StoryFilter {
  const { day = '', speaker = '', from = '', order = '', everywhere } = query;
  return {
    day: isDay(day) ? day : null,
    speaker: Object.hasOwn(SPEAKERS, speaker) ? (speaker as StoryFilter['speaker']) : 'both',
    from: Object.hasOwn(IMPORTANCES, from) ? (from as Importance) : 'all',
    order: order === 'newest' || order === 'oldest' ? order : null,
    everywhere: everywhere === 'true',
  };
}
