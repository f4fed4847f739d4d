import type { LoopFacts, LoopStatus } from '../protocol/index.ts';
import type { WorkEvent } from './work-event.ts';

/** A loop as it is stored, as far as it matters here. */
export interface LoopStanding {
  readonly id: string;
  readonly status: LoopStatus;
  readonly touchedAt: number;
  readonly facts: LoopFacts;
  /** The branch that its work is on, and what its branch and its anchors name; absent where it has none of its own. */
  readonly scope?: {
    readonly branch: string;
    readonly files: readonly string[];
    readonly words: readonly string[];
  };
}

type Standing = Extract<WorkEvent, { kind: 'loop' | 'risk' }>;

/** The last word on each loop and each risk. */
export type Told = ReadonlyMap<string, Standing>;

export const noneTold: Told = new Map();

/** Told again after a day, that who reads two weeks knows of everything; a loop that is worked on, once an hour. */
const AGAIN_MS = 24 * 60 * 60 * 1000;
const TOUCHED_MS = 60 * 60 * 1000;
const IN_FLIGHT: ReadonlySet<LoopStatus> = new Set(['proposed', 'open', 'stale']);

/** What was told, from the events that told it. Pure. */
export function toldOf(events: readonly WorkEvent[]): Told {
  const standing = events.filter(
    (event): event is Standing => event.kind === 'loop' || event.kind === 'risk',
  );
  return new Map(standing.map((event) => [keyOf(event), event]));
}

/** What is new about the loops of a workspace and the work at risk in them; and, once a day, all of it. Pure. */
export function standingEvents(
  told: Told,
  loops: readonly LoopStanding[],
  workspace: string,
  now: number,
): { told: Told; events: readonly WorkEvent[] } {
  const current = new Map(
    loops.flatMap((loop) => describe(loop, workspace, now)).map((event) => [keyOf(event), event]),
  );
  const events = [...current.values()].filter((event) => isNews(told.get(keyOf(event)), event));
  for (const [key, event] of told) {
    if (current.has(key) || event.workspace !== workspace || isOver(event)) continue;
    // A disk is no loop: who tells of it tells when it is over.
    if (event.kind === 'risk' && event.what === 'disk') continue;
    events.push(
      event.kind === 'risk' ? { ...event, at: now, since: null } : { ...event, at: now, status: 'withdrawn' },
    );
  }
  if (events.length === 0) return { told, events };
  return { told: new Map([...told, ...events.map((event) => [keyOf(event), event] as const)]), events };
}

function describe(
  { id, status, touchedAt, facts, scope }: LoopStanding,
  workspace: string,
  at: number,
): Standing[] {
  const loop: Standing = { at, workspace, kind: 'loop', loop: id, status, touchedAt, ...scope };
  if (!IN_FLIGHT.has(status)) return [loop];
  const { uncommittedFiles = 0, uncommittedSince, unpushed = 0, unpushedSince } = facts;
  const risk = (what: 'uncommitted' | 'unpushed', n: number, since: number | undefined): Standing[] =>
    n === 0 || since === undefined ? [] : [{ at, workspace, kind: 'risk', what, subject: id, since }];
  return [
    loop,
    ...risk('uncommitted', uncommittedFiles, uncommittedSince),
    ...risk('unpushed', unpushed, unpushedSince),
  ];
}

function isNews(known: Standing | undefined, event: Standing): boolean {
  if (!known) return !isOver(event);
  if (!isOver(event) && event.at - known.at >= AGAIN_MS) return true;
  if (known.kind === 'risk') return event.kind === 'risk' && known.since !== event.since;
  if (event.kind !== 'loop') return false;
  return (
    known.status !== event.status ||
    known.branch !== event.branch ||
    event.touchedAt - known.touchedAt >= TOUCHED_MS
  );
}

function isOver(event: Standing): boolean {
  return event.kind === 'risk' ? event.since === null : !IN_FLIGHT.has(event.status as LoopStatus);
}

function keyOf(event: Standing): string {
  return event.kind === 'risk' ? `${event.subject} ${event.what}` : event.loop;
}
