import { lastSpans, type Spans, spanOf } from '../kernel/index.ts';
import type { LoopHistory as History, LoopStatus } from '../protocol/index.ts';
import type { Mind } from '../store/index.ts';

/** One step in the life of a thread. `gone`: it was forgotten, or was never more than a finding. */
export interface LoopStep {
  readonly at: number;
  readonly loop: string;
  /** The id of its folder; known at its first step alone. */
  readonly workspace: string | null;
  readonly status: LoopStatus | 'gone';
}

interface EventRow {
  readonly at: number;
  readonly type: string;
  readonly subject: string;
  readonly workspace: string | null;
  readonly status: LoopStatus | null;
}

/** So many numbers of the log are read in one go. */
const WINDOW = 20_000;

/** The lives of all threads of one mind, as its event log has them. Read once, then as far as the log has grown. */
export class LoopHistory {
  readonly #mind: Mind;
  readonly #pause: () => Promise<void>;
  #steps: LoopStep[] = [];
  /** The status that each thread had last: most events of a thread tell no other. */
  readonly #last = new Map<string, LoopStep['status']>();
  #seq = 0;
  #generation = -1;
  #reading: Promise<void> | null = null;

  constructor({ mind, pause }: { mind: Mind; pause(): Promise<void> }) {
    this.#mind = mind;
    this.#pause = pause;
  }

  /** How the threads of a folder, or of all, came and went in the last days. */
  async last(days: number, now: number, workspace: string | null): Promise<History> {
    this.#reading ??= this.#catchUp().finally(() => {
      this.#reading = null;
    });
    await this.#reading;
    return historyOf(this.#steps, lastSpans(now, days), workspace);
  }

  async #catchUp(): Promise<void> {
    if (this.#generation !== this.#mind.generation) {
      [this.#steps, this.#seq, this.#generation] = [[], 0, this.#mind.generation];
      this.#last.clear();
    }
    while (this.#seq < this.#mind.seq) {
      const until = Math.min(this.#seq + WINDOW, this.#mind.seq);
      const rows = this.#mind.read((reader) =>
        reader.all<EventRow>(
          `SELECT at, type, subject, data ->> 'workspace' AS workspace, data ->> 'status' AS status FROM events
            WHERE seq > ? AND seq <= ? AND type >= 'loop.' AND type < 'loop/' ORDER BY seq`,
          this.#seq,
          until,
        ),
      );
      for (const row of rows) {
        const status = statusOf(row);
        if (status === null || this.#last.get(row.subject) === status) continue;
        this.#last.set(row.subject, status);
        this.#steps.push({ at: row.at, loop: row.subject, workspace: row.workspace, status });
      }
      this.#seq = until;
      await this.#pause();
    }
  }
}

/** What an event says of the status of its thread; null where it says nothing of that. */
function statusOf({ type, status }: EventRow): LoopStep['status'] | null {
  if (type === 'loop.proposed') return 'proposed';
  if (type === 'loop.opened') return 'open';
  if (type === 'loop.finished') return 'merged';
  if (type === 'loop.withdrawn' || type === 'loop.forgotten') return 'gone';
  return status;
}

const OPEN: ReadonlySet<string> = new Set(['proposed', 'open']);
const DONE: ReadonlySet<string> = new Set(['blessed', 'merged']);

/** Folds steps, the oldest first, into spans. A step to the same status counts for nothing. Pure. */
export function historyOf(steps: readonly LoopStep[], spans: Spans, workspace: string | null): History {
  const rows = spans.starts.map((at) => ({ at, opened: 0, finished: 0, dropped: 0, open: 0, stale: 0 }));
  const standing = new Map<string, { status: string; counts: boolean }>();
  let [open, stale, at] = [0, 0, 0];
  const closeUpTo = (span: number) => {
    for (; at < span; at++) Object.assign(rows[at]!, { open, stale });
  };
  for (const step of steps) {
    const span = spanOf(spans, step.at);
    closeUpTo(span);
    const known = standing.get(step.loop);
    const counts = known?.counts ?? (workspace === null || step.workspace === workspace);
    standing.set(step.loop, { status: step.status, counts });
    if (!counts || known?.status === step.status) continue;
    const was = known?.status ?? '';
    open += Number(OPEN.has(step.status)) - Number(OPEN.has(was));
    stale += Number(step.status === 'stale') - Number(was === 'stale');
    const row = rows[span];
    if (!row) continue;
    if (known === undefined && step.status !== 'gone') row.opened++;
    if (DONE.has(step.status) && !DONE.has(was)) row.finished++;
    if (step.status === 'dropped') row.dropped++;
  }
  closeUpTo(rows.length);
  return { step: spans.step, until: spans.end, spans: rows };
}
