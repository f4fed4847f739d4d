import { step, type Threads } from '../../../companion/drift/index.ts';
import type { ScopeSession } from '../../support/streams/scope-sessions.ts';

const HOUR = 60 * 60 * 1000;
/** An hour with fewer touches is none in which anybody could tell anything. */
const FEWEST_TOUCHES = 6;
const WITHIN = 2;

export interface SessionVerdict {
  readonly session: ScopeSession;
  /** When alerts came. */
  readonly alerts: readonly number[];
  readonly falseAlarms: number;
  /** Working hours that had begun after the creep did when the alert came; null: it never came. */
  readonly windows: number | null;
  readonly inTime: boolean;
}

const context = { digest: (word: string) => word, staleDays: 7, conflict: () => null };

/** When a session's loop is alerted of. */
export function alertsOf({ events }: ScopeSession): number[] {
  let threads: Threads = new Map();
  const alerts: number[] = [];
  for (const event of events) {
    const next = step(threads, event, context);
    threads = next.threads;
    // It stands two seconds after the touch that brings it about; the next event may be long after.
    for (const { ratedAt } of next.alerts) alerts.push(ratedAt);
  }
  return alerts;
}

/**
 * In time: no later than the end of the second whole hour of work after the one in which the creep began. Every alert
 * before the creep is a false alarm.
 */
export function judge(session: ScopeSession): SessionVerdict {
  const alerts = alertsOf(session);
  const { creep } = session;
  if (creep === null) return { session, alerts, falseAlarms: alerts.length, windows: null, inTime: false };
  const found = alerts.find((at) => at >= creep.at);
  const began = Math.floor(creep.at / HOUR);
  const hours = Map.groupBy(session.touches, (at) => Math.floor(at / HOUR));
  const after = [...hours].filter(([hour, touches]) => hour > began && touches.length >= FEWEST_TOUCHES);
  const windows =
    found === undefined ? null : after.filter(([hour]) => hour <= Math.floor(found / HOUR)).length;
  return {
    session,
    alerts,
    falseAlarms: alerts.filter((at) => at < creep.at).length,
    windows,
    inTime: windows !== null && windows <= WITHIN,
  };
}
