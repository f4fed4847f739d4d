import type { PatternEvidence } from '../protocol/index.ts';
import type { WorkEvent } from '../timeline/index.ts';
import { figures, note, type Tally, usual } from './baseline.ts';
import { confidenceOf, DAY, HOUR, MOST_EVIDENCE, type PatternContext, type Sighting } from './pattern.ts';

interface Touch {
  readonly at: number;
  readonly file: string;
}

/** Edits of the last hour, and how many files the busiest hour had that ended in each hour before. */
export interface FilesTouched {
  readonly touches: readonly Touch[];
  readonly hours: Tally;
  /** When another branch was checked out last: what changes around then is git's work. */
  readonly switchedAt: number;
  /** Up to which touch `hours` counts. */
  readonly notedAt: number;
}

export const untouched: FilesTouched = { touches: [], hours: {}, switchedAt: 0, notedAt: 0 };

/** More touches than these are not looked at; the oldest go. */
const MOST_TOUCHES = 1_000;
/** More files than this within `ACT_MS` are one act of a program (a formatter, a checkout), not of hands. */
const ACT_FILES = 5;
const ACT_MS = 2_000;
/** An hour counts as heavy from this many times the usual one on. */
const HEAVY = 2;
const WAY_OUT = 0.6;

export function touch(
  state: FilesTouched,
  event: WorkEvent | null,
  now: number,
  context: PatternContext,
): FilesTouched {
  const noted = noteHour(state, event?.at ?? now, context);
  if (event?.kind === 'branch') {
    const touches = noted.touches.filter(({ at }) => at < event.at - ACT_MS);
    return { ...noted, touches, switchedAt: event.at };
  }
  if (event?.kind === 'edit' && Math.abs(event.at - noted.switchedAt) > ACT_MS) {
    const { at, file } = event;
    const touches = within([...noted.touches, { at, file }], Math.max(now, at)).slice(-MOST_TOUCHES);
    return { ...noted, touches };
  }
  const first = noted.touches[0];
  return first && first.at <= now - HOUR ? { ...noted, touches: within(noted.touches, now) } : noted;
}

/** Counts what is over into its hour. */
function noteHour(state: FilesTouched, now: number, { settings }: PatternContext): FilesTouched {
  const last = state.touches.at(-1);
  if (!last || last.at <= state.notedAt || last.at >= now - ACT_MS) return state;
  const hour = Math.floor(last.at / HOUR);
  const files = byHand(within(state.touches, last.at), now).size;
  const hours = note(state.hours, hour, files, hour - settings.patterns.baselineDays * 24);
  return { ...state, hours, notedAt: last.at };
}

/** More files in an hour than `filesPerHour`, and than twice the user's own usual hour (systems.md, section 1). Pure. */
export function manyFiles(
  { touches, hours }: FilesTouched,
  now: number,
  { settings }: PatternContext,
): Omit<Sighting, 'subject'> | null {
  const files = byHand(within(touches, now), now);
  const { filesPerHour, baselineDays } = settings.patterns;
  if (files.size <= WAY_OUT * filesPerHour) return null;
  const hour = Math.floor(now / HOUR);
  // What goes on now says nothing about what is usual.
  const ordinary = usual(figures(hours, hour - baselineDays * 24, hour - 1));
  const limit = Math.max(filesPerHour, HEAVY * (ordinary ?? 0));
  if (files.size <= WAY_OUT * limit) return null;
  return {
    firm: files.size > limit,
    since: Math.min(...files.values()),
    confidence: confidenceOf(files.size, limit),
    evidence: () => [
      ...(ordinary === null ? [] : [{ at: now - baselineDays * DAY, kind: 'usual', n: ordinary }]),
      ...[...files]
        .map(([file, at]): PatternEvidence => ({ at, kind: 'edit', file }))
        .slice(-MOST_EVIDENCE + 1),
    ],
  };
}

/** The files that hands touched, with the last time of each. What is not over yet is not judged. */
function byHand(touches: readonly Touch[], now: number): Map<string, number> {
  const files = new Map<string, number>();
  for (let from = 0; from < touches.length; ) {
    let to = from + 1;
    while (to < touches.length && touches[to]!.at - touches[to - 1]!.at <= ACT_MS) to++;
    const act = touches.slice(from, to);
    const isOver = act.at(-1)!.at < now - ACT_MS;
    if (isOver && new Set(act.map(({ file }) => file)).size <= ACT_FILES)
      for (const { at, file } of act) files.set(file, at);
    from = to;
  }
  return files;
}

function within(touches: readonly Touch[], now: number): readonly Touch[] {
  return touches.filter(({ at }) => at > now - HOUR);
}
