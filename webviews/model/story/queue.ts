import type { StoryLine } from '../../../companion/protocol/index.ts';

/** A line over the other views. */
export interface Shown {
  readonly line: StoryLine;
  /** How long it may still stand, in ms; time counts only while it can be read. */
  readonly left: number;
  /** When it came; what was not read 30 s later is no news. */
  readonly cameAt: number;
}

/** Lines over the other views, and those that wait until there is room. */
export interface StoryQueue {
  readonly shown: readonly Shown[];
  readonly waiting: readonly { readonly line: StoryLine; readonly cameAt: number }[];
  /** Up to when time was counted. */
  readonly at: number;
}

/** Whether lines can be read just now: they stand and time runs; a pointer or the focus rests on them; no place is free. */
export type Reading = 'runs' | 'rests' | 'nowhere';

const MOST_SHOWN = 3;
const MOST_WAITING = 20;
/** What waited longer is not shown live; it stands in the story all the same. */
const OLDEST_MS = 30_000;
/** About 16 characters a second, as subtitles are timed, after a moment in which the eye finds the line. */
const MS_PER_CHARACTER = 60;
const FINDING_MS = 1_800;
const SHORTEST_MS = 4_000;
const LONGEST_MS = 12_000;
/** Whoever looked at a line gets a moment more before it goes. */
const AFTER_REST_MS = 2_000;

/** How long a line stands, in ms, by its length. */
export function readingTime(text: string): number {
  return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, FINDING_MS + text.length * MS_PER_CHARACTER));
}

export function emptyQueue(now: number): StoryQueue {
  return { shown: [], waiting: [], at: now };
}

/** A line has come. What is known already, or is no news, changes nothing. */
export function arrive(queue: StoryQueue, line: StoryLine, now: number): StoryQueue {
  const known = [...queue.shown, ...queue.waiting].some((each) => each.line.seq === line.seq);
  if (known || now - line.at > OLDEST_MS) return queue;
  return { ...queue, waiting: [...queue.waiting, { line, cameAt: now }].slice(-MOST_WAITING) };
}

/** Time has passed: what was read goes, what waits takes its place. Only the first `fit` lines can be read just now. */
export function pass(queue: StoryQueue, now: number, reading: Reading, fit = MOST_SHOWN): StoryQueue {
  const passed = Math.max(0, now - queue.at);
  const isNews = ({ cameAt }: { cameAt: number }) => now - cameAt <= OLDEST_MS;
  const shown = queue.shown
    .map((each, i) => ({ ...each, left: reading === 'runs' && i < fit ? each.left - passed : each.left }))
    .filter((each, i) => each.left > 0 && ((reading !== 'nowhere' && i < fit) || isNews(each)));
  const waiting = queue.waiting.filter(isNews);
  const room = Math.max(0, MOST_SHOWN - shown.length);
  const next = waiting
    .slice(0, room)
    .map(({ line, cameAt }): Shown => ({ line, cameAt, left: readingTime(line.text) }));
  return { shown: [...shown, ...next], waiting: waiting.slice(room), at: now };
}

/** The pointer or the focus has left: what would go at once stays a moment. */
export function letGo(queue: StoryQueue): StoryQueue {
  return {
    ...queue,
    shown: queue.shown.map((each) => ({ ...each, left: Math.max(each.left, AFTER_REST_MS) })),
  };
}

export function dismiss(queue: StoryQueue, seq: number): StoryQueue {
  return { ...queue, shown: queue.shown.filter(({ line }) => line.seq !== seq) };
}
