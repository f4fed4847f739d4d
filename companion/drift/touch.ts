import { confidenceOf, type Measuring, measure } from './measure.ts';
import { isNeutral } from './neutral.ts';
import { type Digest, isInside, learn, scopeOf } from './scope.ts';
import { HOUR, MINUTE, type Thread, type Touch, type Window } from './thread.ts';
import { type DriftParts, weigh } from './weights.ts';

/** What a rating of a thread is made with, beside what happened. */
export interface DriftContext {
  readonly digest: Digest;
  readonly staleDays: number;
  /** How far the masks disagreed about a loop as of a time, 0-1; null where they did not vote on it lately. */
  conflict(loop: string, at: number): number | null;
}

/** The baseline is learned from so many touches, over so long at least. */
const LEARNED_TOUCHES = 20;
const LEARNED_MS = 45 * MINUTE;
/** After so many of the user's commits it is learned as well. */
const LEARNED_COMMITS = 3;
const MOST_WINDOWS = 48;
const MOST_FILES = 200;

/** A window says by itself that the scope creeps from such a share of its touches on, and so many, this surely. */
const SAYS_SHARE = 0.25;
const SAYS_TOUCHES = 2;
const SAYS_RATING = 0.2;
const SAYS_CONFIDENCE = 0.3;
/** A window of fewer touches is too thin to say anything, and is passed over. */
const FEWEST_TOUCHES = 5;
/** Two windows further apart do not follow each other. */
const FOLLOWS_MS = 24 * HOUR;
/** Told again only after two windows in a row below. */
const BACK_RATING = 0.15;

/** A touch by hand: it teaches the scope while that is learned, and is measured by it after. Pure. */
export function touched(thread: Thread, touch: Touch, context: DriftContext): Thread {
  const { file, at } = touch;
  const recent = remember(thread.recent, file, at);
  const seen = { ...thread, recent, touchedAt: Math.max(thread.touchedAt, at) };
  if (isNeutral(file)) return seen;
  return thread.scope === null ? taught(seen, touch) : measured(seen, touch, context);
}

function taught(thread: Thread, { file, at }: Touch): Thread {
  const learning = learn(thread.learning, file);
  const learned = thread.learned + 1;
  const enough =
    learned >= LEARNED_TOUCHES && (at - thread.since >= LEARNED_MS || thread.commits >= LEARNED_COMMITS);
  const scope = enough ? scopeOf(learning, thread.branch) : null;
  return { ...thread, learning, learned, scope };
}

function measured(thread: Thread, { file, at }: Touch, context: DriftContext): Thread {
  const outside = !isInside(thread.scope!, file, context.digest);
  const start = at - (at % HOUR);
  const current = thread.windows.at(-1);
  if (current && start < current.start) return late(thread, start, outside);
  const fresh = current?.start !== start;
  const next: Window = fresh
    ? { start, n: 1, out: outside ? 1 : 0, rating: 0, says: false }
    : { ...current, n: current.n + 1, out: current.out + (outside ? 1 : 0) };
  const windows = fresh
    ? [...thread.windows, next].slice(-MOST_WINDOWS)
    : [...thread.windows.slice(0, -1), next];
  const files = fresh ? { [file]: outside } : bounded({ ...thread.files, [file]: outside });
  const before = fresh ? afterWindow(thread) : thread;
  const rated = rate({ ...before, windows, files }, at, context, outside);
  return outside ? saying(rated) : rated;
}

/** What arrives after its window is over counts for what is usual, and changes no rating. */
function late(thread: Thread, start: number, outside: boolean): Thread {
  const windows = thread.windows.map((window) =>
    window.start === start ? { ...window, n: window.n + 1, out: window.out + (outside ? 1 : 0) } : window,
  );
  return { ...thread, windows };
}

/**
 * The thread with its rating as of now. Only what went outside may raise it: an edit within the scope never does, not
 * even by beginning an hour in which what is usual weighs more. Pure.
 */
export function rate(thread: Thread, now: number, context: DriftContext, mayRaise: boolean): Thread {
  const measuring: Measuring = {
    staleDays: context.staleDays,
    conflict: thread.loop === null ? null : context.conflict(thread.loop, now),
  };
  const found = measure(thread, now, measuring);
  const parts = mayRaise ? found : lower(thread.parts, found);
  const weighed = weigh(parts).rating;
  const rating = mayRaise ? weighed : Math.min(thread.rating, weighed);
  const current = thread.windows.at(-1);
  if (!current) return { ...thread, parts, rating, ratedAt: now };
  const windows = [...thread.windows.slice(0, -1), { ...current, rating }];
  return { ...thread, parts, rating, windows, ratedAt: now };
}

/** Two windows in a row say that the scope creeps, and it was not told. Pure. */
export function isAlert({ windows, alerted, active, loop }: Thread): boolean {
  const current = windows.at(-1);
  if (alerted || !active || loop === null || !current?.says) return false;
  const before = windows.slice(0, -1).findLast(isTelling);
  return before?.says === true && current.start - before.start <= FOLLOWS_MS;
}

function isTelling({ n }: Window): boolean {
  return n >= FEWEST_TOUCHES;
}

/** Whether the current window says by itself that the scope creeps; once it did, it did. */
function saying(thread: Thread): Thread {
  const current = thread.windows.at(-1)!;
  const { n, out, rating } = current;
  const says =
    out >= SAYS_TOUCHES &&
    out / n >= SAYS_SHARE &&
    rating >= SAYS_RATING &&
    confidenceOf(thread, thread.parts) >= SAYS_CONFIDENCE;
  if (!says || current.says) return thread;
  return { ...thread, windows: [...thread.windows.slice(0, -1), { ...current, says }] };
}

/** A window is over: after two that were calm an alert may be told again. */
function afterWindow(thread: Thread): Thread {
  if (!thread.alerted) return thread;
  const last = thread.windows.filter(isTelling).slice(-2);
  const calm = last.length === 2 && last.every(({ rating, says }) => rating < BACK_RATING && !says);
  return calm ? { ...thread, alerted: false } : thread;
}

function lower(before: DriftParts, found: DriftParts): DriftParts {
  const min = (a: number | null, b: number | null) => (a === null || b === null ? b : Math.min(a, b));
  return {
    magnitude: min(before.magnitude, found.magnitude),
    // What the masks say is theirs.
    conflict: found.conflict,
    forecast: min(before.forecast, found.forecast),
    volatility: min(before.volatility, found.volatility),
    age: min(before.age, found.age),
  };
}

function remember(recent: Thread['recent'], file: string, at: number): Thread['recent'] {
  const { [file]: _, ...others } = recent;
  return bounded({ ...others, [file]: at });
}

/** The newest entries of a record. */
function bounded<T>(record: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  const names = Object.keys(record);
  if (names.length <= MOST_FILES) return record;
  return Object.fromEntries(Object.entries(record).slice(-MOST_FILES));
}
