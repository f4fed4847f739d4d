import type { WorkEvent } from '../timeline/index.ts';
import { ACT_MS, byHand, isOver } from './acts.ts';
import { isNeutral } from './neutral.ts';
import { learn, learnSymbols } from './scope.ts';
import { DAY, newThread, rebase, type Thread } from './thread.ts';
import { type DriftContext, isAlert, rate, touched } from './touch.ts';

/** What is known of each branch with work, by `keyOf`. */
export type Threads = ReadonlyMap<string, Thread>;

export interface DriftStep {
  readonly threads: Threads;
  /** Those that are others now. */
  readonly changed: readonly Thread[];
  /** Those of which two windows in a row say that their scope creeps, and which were not told. */
  readonly alerts: readonly Thread[];
}

const ACTIVE: ReadonlySet<string> = new Set(['proposed', 'open', 'stale']);
/** A commit of more files that nobody touched is a program's doing. */
const COMMIT_FILES = 8;
/** So many branches are followed; the one that was touched longest ago goes. */
const MOST_THREADS = 100;
const SECOND = 1000;

export function keyOf({ workspace, branch }: Pick<Thread, 'workspace' | 'branch'>): string {
  return `${workspace} ${branch}`;
}

/** The fold of this room over the timeline, in the order in which it was written. Pure. */
export function step(threads: Threads, event: WorkEvent, context: DriftContext): DriftStep {
  const changed = new Map<string, Thread>();
  for (const [key, thread] of threads) {
    if (thread.workspace !== event.workspace) continue;
    const next = before(thread, event, context);
    if (next !== thread) changed.set(key, next);
  }
  const branch = 'branch' in event ? event.branch : null;
  if (branch !== null && branch !== undefined) {
    const key = keyOf({ workspace: event.workspace, branch });
    const known = changed.get(key) ?? threads.get(key);
    const next = after(known ?? newThread(event.workspace, branch, event.at), event, context);
    if (next !== known) changed.set(key, next);
  }
  const alerts: Thread[] = [];
  for (const [key, thread] of changed) {
    if (!isAlert(thread)) continue;
    const told = { ...thread, alerted: true };
    changed.set(key, told);
    alerts.push(told);
  }
  if (changed.size === 0) return { threads, changed: [], alerts };
  return { threads: bounded(new Map([...threads, ...changed])), changed: [...changed.values()], alerts };
}

/** The thread once time alone has passed: what was pending is settled. Pure. */
export function settled(
  thread: Thread,
  now: number,
  context: DriftContext,
): { thread: Thread; alert: boolean } {
  const next = isOver(thread.pending, now) ? settle(thread, context) : thread;
  return isAlert(next) ? { thread: { ...next, alerted: true }, alert: true } : { thread: next, alert: false };
}

/** What an event means for what came before it, on any branch. */
function before(thread: Thread, event: WorkEvent, context: DriftContext): Thread {
  if (isOver(thread.pending, event.at)) return settle(thread, context);
  // What changes around a checkout is git's work.
  return event.kind === 'branch' && thread.pending.length > 0 ? { ...thread, pending: [] } : thread;
}

/** What an event means for the thread of its branch. */
function after(thread: Thread, event: WorkEvent, context: DriftContext): Thread {
  switch (event.kind) {
    case 'branch':
      return { ...thread, switchedAt: event.at };
    case 'edit': {
      const { at, file } = event;
      if (Math.abs(at - thread.switchedAt) <= ACT_MS) return thread;
      return { ...thread, pending: [...thread.pending, { at, file }].slice(-MOST_THREADS) };
    }
    case 'commit':
      return committed(thread, event, context);
    case 'loop':
      return told(thread, event, context);
    default:
      return thread;
  }
}

function settle(thread: Thread, context: DriftContext): Thread {
  const settledThread: Thread = { ...thread, pending: [] };
  return byHand(thread.pending).reduce((all, touch) => touched(all, touch, context), settledThread);
}

/** A commit of the user's own: what of it nobody saw being edited was worked on all the same. */
function committed(
  thread: Thread,
  { at, own, files }: Extract<WorkEvent, { kind: 'commit' }>,
  context: DriftContext,
): Thread {
  // Git tells whole seconds.
  if (!own || at < thread.since - SECOND) return thread;
  const counted = { ...thread, commits: thread.commits + 1 };
  const waiting = new Set(thread.pending.map(({ file }) => file));
  const unseen = files.filter(
    (file) => !isNeutral(file) && !waiting.has(file) && !(at - (thread.recent[file] ?? 0) < DAY),
  );
  if (unseen.length > COMMIT_FILES) return counted;
  return unseen.reduce((all, file) => touched(all, { at, file }, context), counted);
}

/** What is told of the loop of a branch: that it is worked on, what it was about from the start, that it was blessed. */
function told(
  thread: Thread,
  { at, loop, status, files = [], words = [] }: Extract<WorkEvent, { kind: 'loop' }>,
  context: DriftContext,
): Thread {
  const active = ACTIVE.has(status);
  // A branch has one loop at a time; another takes its place when that is settled.
  if (thread.loop !== null && thread.loop !== loop && thread.active) return thread;
  if (status === 'blessed' && thread.active) return { ...rebase(thread, at), loop };
  const mine = { ...thread, loop, active };
  if (!active) return mine;
  if (mine.scope !== null) return at - mine.touchedAt >= DAY ? rate(mine, at, context, true) : mine;
  // What its branch has now is where it begins; later it would be where it went.
  if (thread.active && thread.loop === loop) return mine;
  const learning = files
    .filter((file) => !isNeutral(file))
    .reduce((all, file) => learn(all, file, 0), mine.learning);
  return { ...mine, learning: learnSymbols(learning, words) };
}

function bounded(threads: Map<string, Thread>): Threads {
  if (threads.size <= MOST_THREADS) return threads;
  const oldest = [...threads]
    .sort(([, a], [, b]) => a.touchedAt - b.touchedAt)
    .slice(0, threads.size - MOST_THREADS);
  for (const [key] of oldest) threads.delete(key);
  return threads;
}
