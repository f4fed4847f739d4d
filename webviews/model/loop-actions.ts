import type { Loop, LoopStatus } from '../../companion/protocol/index.ts';
import type { IconName } from '../parts/icon-table.ts';
import { type Location, to } from './location.ts';
import { DAY } from './time.ts';

export type LoopPatch = Partial<
  Pick<Loop, 'status' | 'priority' | 'private' | 'deferUntil' | 'title' | 'context'>
>;

export interface LoopAction {
  id: string;
  label: string;
  icon: IconName;
  patch: LoopPatch;
  /** What to say when it is done: "Done". */
  done: string;
}

const CLOSED: readonly LoopStatus[] = ['blessed', 'dropped', 'merged'];

export function isClosed({ status }: Loop): boolean {
  return CLOSED.includes(status);
}

/** Where the council is asked whether to keep, split or drop a thread. */
export function fateOf({ id }: Loop): Location {
  return to('council', null, { fate: id });
}

/** What can be done with a loop as it stands, the likeliest first. */
export function actionsFor(loop: Loop, now: number): LoopAction[] {
  if (isClosed(loop)) return [reopen('Reopen')];
  const done: LoopAction = {
    id: 'done',
    label: 'Done',
    icon: 'check',
    patch: { status: 'blessed' },
    done: 'Done',
  };
  const drop: LoopAction = {
    id: 'drop',
    label: 'Drop',
    icon: 'close',
    patch: { status: 'dropped' },
    done: 'Dropped',
  };
  if (loop.status === 'deferred') return [reopen('Take up now'), done, drop];
  const take = loop.status === 'open' ? [] : [reopen('Take up')];
  return [done, ...take, later('day', now + DAY), later('week', now + 7 * DAY), drop];
}

function reopen(label: string): LoopAction {
  return {
    id: 'open',
    label,
    icon: 'debug-start',
    patch: { status: 'open', deferUntil: null },
    done: 'Open again',
  };
}

function later(unit: 'day' | 'week', deferUntil: number): LoopAction {
  return {
    id: `later-${unit}`,
    label: `Later, in a ${unit}`,
    icon: 'clockface',
    patch: { status: 'deferred', deferUntil },
    done: `Put off by a ${unit}`,
  };
}

/** The change that takes `patch` back. */
export function inverse(loop: Loop, patch: LoopPatch): LoopPatch {
  return Object.fromEntries(Object.keys(patch).map((key) => [key, loop[key as keyof LoopPatch]]));
}

/** The list as it will be when the changes under way succeed. The list itself stays as the companion told it. */
export function withPending(loops: readonly Loop[], pending: ReadonlyMap<string, LoopPatch>): Loop[] {
  return loops.map((loop) => ({ ...loop, ...pending.get(loop.id) }));
}

/** The list with the companion's own answer in the place of what it replaces, or in front. */
export function withSaved(loops: readonly Loop[], saved: Loop): Loop[] {
  return loops.some(({ id }) => id === saved.id)
    ? loops.map((loop) => (loop.id === saved.id ? saved : loop))
    : [saved, ...loops];
}
