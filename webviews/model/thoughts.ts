import type { Thought } from '../../companion/protocol/index.ts';
import type { IconName } from '../parts/icon-table.ts';
import { SINCES, type Since } from './memory-filter.ts';

export type Step = Thought['step'];

/** What each step does, in plain words. */
export const STEP_WORDS: Readonly<
  Record<
    Step,
    { readonly word: string; readonly many: string; readonly icon: IconName; readonly hint: string }
  >
> = {
  perception: {
    word: 'Read the question',
    many: 'Reading questions',
    icon: 'eye',
    hint: 'What the question is after, how urgent it sounds, the names in it',
  },
  retrieval: {
    word: 'Looked it up',
    many: 'Looking up',
    icon: 'search',
    hint: 'Where it looked, and how much of what it found speaks to the question',
  },
  proposal: {
    word: 'Laid out options',
    many: 'Options',
    icon: 'law',
    hint: 'Answers that differ, each to be examined',
  },
  critique: {
    word: 'Examined them',
    many: 'Examinations',
    icon: 'checklist',
    hint: 'What speaks against each option',
  },
  synthesis: {
    word: 'Wrote the answer',
    many: 'Writing answers',
    icon: 'edit',
    hint: 'How the answer came together, and whether it kept the rules',
  },
  fallback: {
    word: 'Answered without a model',
    many: 'Answers without a model',
    icon: 'discard',
    hint: 'Why the answer is a search answer',
  },
  council: {
    word: 'Heard the advisers',
    many: 'Advisers',
    icon: 'organization',
    hint: 'What the advisers said',
  },
  dream: { word: 'Dreamed', many: 'Dreams', icon: 'sparkle', hint: 'What the nightly run made of it' },
};

/** Which thoughts to look at. */
export interface ThoughtFilter {
  readonly text: string;
  readonly step: Step | 'any';
  readonly since: Since;
  readonly everywhere: boolean;
}

export const DEFAULT_THOUGHT_FILTER: ThoughtFilter = {
  text: '',
  step: 'any',
  since: 'any',
  everywhere: false,
};

/** More cannot be asked for. */
export const LONGEST_TEXT = 500;

/** How long a step took: "340 ms", "2.4 s"; null where it took no time to speak of. */
export function took(ms: number): string | null {
  if (ms < 1) return null;
  return ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** The filter as it stands in an address; only what differs from the default. */
export function thoughtQuery(filter: ThoughtFilter): Record<string, string> {
  const entries = Object.entries(filter).filter(
    ([key, value]) => value !== DEFAULT_THOUGHT_FILTER[key as keyof ThoughtFilter],
  );
  return Object.fromEntries(entries.map(([key, value]) => [key, String(value)]));
}

/** The filter in an address; what it does not know becomes the default. */
export function thoughtFilter(query: Readonly<Record<string, string>>): ThoughtFilter {
  const { text = '', step = '', since = '', everywhere } = query;
  return {
    text: text.slice(0, LONGEST_TEXT),
    step: Object.hasOwn(STEP_WORDS, step) ? (step as Step) : 'any',
    since: Object.hasOwn(SINCES, since) ? (since as Since) : 'any',
    everywhere: everywhere === 'true',
  };
}

export function isNarrowedThoughts({ text, step, since }: ThoughtFilter): boolean {
  return text.trim() !== '' || step !== 'any' || since !== 'any';
}
