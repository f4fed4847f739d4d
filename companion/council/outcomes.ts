import type { Event } from '../protocol/index.ts';
import type { Stored } from './proposal-rows.ts';

const DAY = 24 * 60 * 60 * 1000;
/** An outcome that following the vote caused is scored only then: whether it held is known, not that it was done. */
export const SCORED_AFTER_MS = 90 * DAY;
/** A loop that was touched within this is alive. */
const ALIVE_MS = 30 * DAY;

/** What the log tells of how something came out. */
export interface Sign {
  readonly about: string;
  readonly what: 'done' | 'dropped' | 'open' | 'confirmed' | 'denied' | 'kept' | 'undone';
}

/** How something came out, and which choices that bears out; none where it cannot be told. */
export interface Observed {
  readonly words: string;
  readonly right: readonly string[];
}

/** A loop as it stands; null where there is none any more. */
export type LoopState = { readonly status: string; readonly touchedAt: number } | null;

const KEEP = ['preserve', 'fork'];
const DROP = ['discard'];

/** What an event says of an outcome; null for most. Pure. */
export function signOf({ type, subject, data }: Event): Sign | null {
  if (type === 'loop.finished') return { about: subject, what: 'done' };
  if (type === 'loop.changed') {
    if (data.status === 'blessed' || data.status === 'merged') return { about: subject, what: 'done' };
    if (data.status === 'dropped') return { about: subject, what: 'dropped' };
    return data.status === 'open' || data.status === 'proposed' ? { about: subject, what: 'open' } : null;
  }
  if (type === 'hypothesis.answered')
    return { about: subject, what: data.answer === 'deny' ? 'denied' : 'confirmed' };
  if (type === 'wheel.settled')
    return { about: subject, what: data.outcome === 'success' ? 'kept' : 'undone' };
  return null;
}

/**
 * What a sign means for a question that waits for its outcome. Null: nothing yet; what following the decision itself
 * brought about waits for `judgeLater`. Pure.
 */
export function judge({ kind, decision, subject }: Stored, { about, what }: Sign): Observed | null {
  if (kind === 'loop_fate') return judgeFate(decision?.choice ?? null, what, about === subject);
  if (kind === 'blessing') {
    if (what === 'dropped') return { words: 'It was dropped.', right: ['wait'] };
    return what === 'open' && decision?.choice === 'bless'
      ? { words: 'It was opened again.', right: ['wait'] }
      : null;
  }
  if (kind === 'hypothesis') {
    if (what === 'confirmed') return { words: 'You confirmed it.', right: ['confirm'] };
    return what === 'denied' ? { words: 'You denied it.', right: ['deny'] } : null;
  }
  if (kind !== 'action') return null;
  if (what === 'kept') return { words: 'It was done and kept.', right: ['approve'] };
  return what === 'undone' ? { words: 'It failed or was undone.', right: ['revise', 'reject'] } : null;
}

function judgeFate(decided: string | null, what: Sign['what'], itself: boolean): Observed | null {
  switch (what) {
    case 'done':
      return decided === null || decided === 'discard' ? { words: 'It was finished.', right: KEEP } : null;
    case 'dropped':
      return decided === null || (decided === 'preserve' && itself)
        ? { words: 'It was dropped.', right: DROP }
        : null;
    case 'open':
      return decided === 'discard' ? { words: 'It was taken up again.', right: KEEP } : null;
    default:
      return null;
  }
}

/** How it came out when its time is over. `loops`: the subject, and the child if there is one. Pure. */
export function judgeLater({ kind, decision }: Stored, loops: readonly LoopState[], now: number): Observed {
  if (kind === 'question' || kind === 'action' || kind === 'hypothesis')
    return decision && kind === 'question'
      ? { words: 'Your decision has stood for 90 days.', right: [decision.choice] }
      : UNKNOWN;
  const there = loops.filter((loop) => loop !== null);
  if (there.length === 0) return UNKNOWN;
  const some = (...statuses: string[]) => there.some(({ status }) => statuses.includes(status));
  if (kind === 'blessing') {
    if (decision?.choice !== 'bless')
      return some('blessed', 'merged') ? { words: 'It was finished.', right: ['bless'] } : UNKNOWN;
    return some('blessed', 'merged')
      ? { words: 'It has stayed done for 90 days.', right: ['bless'] }
      : { words: 'It is not done after 90 days.', right: ['wait'] };
  }
  if (some('blessed', 'merged')) return { words: 'It was finished.', right: KEEP };
  if (there.every(({ status }) => status === 'dropped'))
    return { words: 'It has stayed dropped.', right: DROP };
  const alive = there.some(({ status, touchedAt }) => status !== 'dropped' && now - touchedAt < ALIVE_MS);
  if (alive) return { words: 'It is still worked on.', right: KEEP };
  return some('deferred') ? UNKNOWN : { words: 'Nobody has touched it for a month.', right: DROP };
}

const UNKNOWN: Observed = { words: 'It is not known how it came out.', right: [] };
