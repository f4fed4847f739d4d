import { type DriftContext, keyOf, step, type Thread, type Threads } from '../../../companion/drift/index.ts';
import type { WorkEvent } from '../../../companion/timeline/index.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** 2026-03-02, a Monday, at 09:00 UTC. */
export const MONDAY = Date.UTC(2026, 2, 2, 9);
export const BRANCH = 'fix/parser';

export const context = (conflict: number | null = null): DriftContext => ({
  digest: (word) => word,
  staleDays: 7,
  conflict: () => conflict,
});

export const edit = (at: number, file: string, branch: string | null = BRANCH): WorkEvent => ({
  at,
  workspace: 'ws',
  kind: 'edit',
  file,
  branch,
  size: null,
});
export const loop = (at: number, status = 'open', more: object = {}): WorkEvent =>
  ({
    at,
    workspace: 'ws',
    kind: 'loop',
    loop: 'loop_1',
    status,
    touchedAt: at,
    branch: BRANCH,
    ...more,
  }) as WorkEvent;
export const commit = (at: number, files: readonly string[], own = true, branch = BRANCH): WorkEvent => ({
  at,
  workspace: 'ws',
  kind: 'commit',
  commit: `c${at}`,
  own,
  branch,
  files,
  insertions: 1,
  deletions: 0,
});

const INSIDE = ['src/parser/lexer.ts', 'src/parser/tree.ts', 'test/parser/lexer.test.ts'];
export const inside = (n: number) => INSIDE[n % INSIDE.length]!;
export const OUTSIDE = ['src/billing/a.ts', 'src/mail/b.ts', 'src/voice/c.ts', 'src/graph/d.ts'];
export const outside = (n: number) => OUTSIDE[n % OUTSIDE.length]!;

/** An hour and a half of work that teaches the scope, from `MONDAY` on; the loop is known. */
export function taught(): WorkEvent[] {
  return [
    loop(MONDAY),
    ...Array.from({ length: 30 }, (_, i) => edit(MONDAY + (i + 1) * 3 * MINUTE, inside(i))),
  ];
}

/** Edits from a time on, one every `every` minutes. */
export function edits(from: number, files: readonly string[], every = 3): WorkEvent[] {
  return files.map((file, i) => edit(from + i * every * MINUTE, file));
}

export interface Played {
  readonly threads: Threads;
  readonly thread: Thread;
  /** Times of the ratings at which an alert came. */
  readonly alerts: readonly number[];
}

/** The fold over events; a last one of another folder settles nothing, so what is pending is flushed by time. */
export function play(events: readonly WorkEvent[], by = context(), from: Threads = new Map()): Played {
  let threads = from;
  const alerts: number[] = [];
  const last = events.at(-1);
  const flush: WorkEvent[] = last
    ? [{ at: last.at + 10_000, workspace: 'ws', kind: 'focus', focused: false }]
    : [];
  for (const event of [...events, ...flush]) {
    const next = step(threads, event, by);
    threads = next.threads;
    for (const { ratedAt } of next.alerts) alerts.push(ratedAt);
  }
  return { threads, thread: threads.get(keyOf({ workspace: 'ws', branch: BRANCH }))!, alerts };
}
