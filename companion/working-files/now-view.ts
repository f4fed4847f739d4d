import type { Loop } from '../protocol/index.ts';
import type { Day } from './day-state.ts';
import { isOpen } from './listed.ts';

export const TOP = 3;

export interface NowItem {
  id: string;
  title: string;
}

/** What `now.md` shows. */
export interface NowView {
  day: string;
  focus: string;
  energy: string;
  top: NowItem[];
  close: (NowItem & { done: boolean })[];
  notes: string;
}

/**
 * What `now.md` shows of a day: the top three as the user ordered them, its free places filled with the nearest
 * loops; up to `shown` loops to close, then those ticked off today. `loops` are nearest first and hold no private
 * ones; `lookUp` finds loops that are closed already. Pure.
 */
export function nowView(
  day: Day,
  loops: readonly Loop[],
  shown: number,
  lookUp: (id: string) => Loop | null,
): NowView {
  const open = loops.filter(isOpen);
  const chosen = day.top.flatMap((id) => open.find((loop) => loop.id === id) ?? []);
  const nearest = day.fill ? open.filter((loop) => !chosen.includes(loop)) : [];
  const top = [...chosen, ...nearest].slice(0, TOP);
  const close = open
    .filter((loop) => loop.status !== 'proposed' || top.includes(loop))
    .filter((loop, i) => i < shown || top.includes(loop));
  const done = day.done
    .map(lookUp)
    .filter((loop) => loop !== null)
    .filter((loop) => !loop.private && loop.status === 'blessed');
  const item = ({ id, title }: Loop): NowItem => ({ id, title });
  return {
    day: day.day,
    focus: day.focus,
    energy: day.energy,
    top: top.map(item),
    close: [
      ...close.map((loop) => ({ ...item(loop), done: false })),
      ...done.map((loop) => ({ ...item(loop), done: true })),
    ],
    notes: day.notes,
  };
}
