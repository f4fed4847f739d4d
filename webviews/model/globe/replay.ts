import type { Event, GlobePoint, LoopStatus } from '../../../companion/protocol/index.ts';

/** Events that change what the globe shows, or showed at a time. */
export const GLOBE_EVENTS = [
  'loop.proposed',
  'loop.opened',
  'loop.changed',
  'loop.finished',
  'loop.withdrawn',
  'loop.forgotten',
  'whisper.added',
  'memory.remembered',
  'memory.changed',
  'memory.merged',
  'memory.closed',
  'memory.archived',
  'memory.restored',
  'memory.dropped',
  'memory.forgotten',
] as const;
const CONCERNS: ReadonlySet<string> = new Set(GLOBE_EVENTS);
const STATUSES: ReadonlySet<string> = new Set<LoopStatus>([
  'proposed',
  'open',
  'stale',
  'deferred',
  'blessed',
  'dropped',
  'merged',
]);
const ENDS: ReadonlySet<LoopStatus | null> = new Set<LoopStatus | null>(['blessed', 'dropped', 'merged']);

/** The point that an event is about; null where it is about none. Pure. */
export function subjectOf({ type, subject, data }: Pick<Event, 'type' | 'subject' | 'data'>): string | null {
  if (!CONCERNS.has(type)) return null;
  return type === 'whisper.added' ? (typeof data.loop === 'string' ? data.loop : null) : subject;
}

/** What became of one point, in the order of the log. */
interface Step {
  readonly at: number;
  /** Null: it stayed as it was. */
  readonly status: LoopStatus | null;
}

/** A point as it was at a time. */
export interface PointThen {
  readonly touchedAt: number;
  readonly status: LoopStatus | null;
  readonly ended: boolean;
}

/**
 * What the event log tells of the past of points. Rows are added in the order of the log; a loop that is closed, opened
 * again and closed is open in between.
 */
export class Replay {
  readonly #steps = new Map<string, Step[]>();

  get size(): number {
    return this.#steps.size;
  }

  add(rows: readonly Event[]): void {
    for (const row of rows) {
      const id = subjectOf(row);
      if (id === null) continue;
      const step = { at: row.at, status: statusIn(row) };
      const steps = this.#steps.get(id);
      if (steps) steps.push(step);
      else this.#steps.set(id, [step]);
    }
  }

  /** Null where it did not exist yet. Without rows of the log about it, what the point itself says. */
  at(point: GlobePoint, time: number): PointThen | null {
    if (point.createdAt > time) return null;
    const steps = this.#steps.get(point.id);
    if (!steps) return untold(point, time);
    let touchedAt = point.createdAt;
    let status = steps[0]!.at > time ? firstStatus(point) : null;
    for (const step of steps) {
      if (step.at > time) break;
      touchedAt = Math.max(touchedAt, step.at);
      status = step.status ?? status;
    }
    if (point.kind !== 'loop') return { touchedAt, status: null, ended: endedBy(point, time) };
    status ??= firstStatus(point);
    return { touchedAt, status, ended: ENDS.has(status) };
  }
}

function untold(point: GlobePoint, time: number): PointThen {
  const ended = endedBy(point, time);
  const touchedAt = point.touchedAt <= time ? point.touchedAt : point.createdAt;
  if (point.kind !== 'loop') return { touchedAt, status: null, ended };
  const later = point.endedAt !== null && !ended;
  return { touchedAt, status: later ? 'open' : point.status, ended };
}

function endedBy({ endedAt }: GlobePoint, time: number): boolean {
  return endedAt !== null && endedAt <= time;
}

/** Before anything is told of it, a loop that has ended by now was open. */
function firstStatus({ status, endedAt }: GlobePoint): LoopStatus | null {
  return endedAt === null ? status : 'open';
}

function statusIn({ type, data }: Event): LoopStatus | null {
  if (type === 'loop.proposed') return 'proposed';
  if (type === 'loop.opened') return 'open';
  if (type === 'loop.finished') return 'merged';
  const { status } = data;
  return type === 'loop.changed' && typeof status === 'string' && STATUSES.has(status)
    ? (status as LoopStatus)
    : null;
}
