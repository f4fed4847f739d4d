import { type Clock, Listeners, type Logger, newId, type Random } from '../kernel/index.ts';
import { type Job, ProgenyError } from '../protocol/index.ts';
import type { Hub, SqlValue } from '../store/index.ts';

/** What a job's work gets: where it stands, how to tell progress, and when to stop. */
export interface JobContext<Input> {
  readonly input: Input;
  /** What an earlier, interrupted run saved last; null at the first run. */
  readonly checkpoint: unknown;
  readonly signal: AbortSignal;
  /** Tells how far it is (0-1, or null while unknown) and what it does, in words. */
  progress(fraction: number | null, message: string): void;
  /** Saves where to go on from after an interruption. */
  save(checkpoint: unknown): void;
}

export interface JobKind<Input> {
  /** Resolves when it is done; a string that it resolves with becomes the job's last message. */
  run(context: JobContext<Input>): Promise<unknown>;
}

export interface JobsOptions {
  hub: Hub;
  clock: Clock;
  random: Random;
  logger: Logger;
}

interface JobRow {
  id: string;
  kind: string;
  subject: string;
  status: Job['status'];
  priority: number;
  progress: number | null;
  message: string;
  attempts: number;
  input: string;
  checkpoint: string | null;
  created_at: number;
  updated_at: number;
}

const MAX_RUNNING = 2;
const MAX_ATTEMPTS = 3;
const PROGRESS_MS = 250;
const KEPT_FINISHED = 200;
const STOPPING = Symbol('the companion is stopping');

/**
 * Long work that survives a crash. A job is queued durably, runs by priority, tells its progress, can be
 * cancelled, and is taken up again at the next start from its last checkpoint.
 */
export class Jobs {
  readonly changed = new Listeners<Job>();
  readonly #options: JobsOptions;
  readonly #kinds = new Map<string, JobKind<never>>();
  readonly #running = new Map<string, { controller: AbortController; done: Promise<void> }>();
  #lastQueued = 0;
  #stopped = false;

  constructor(options: JobsOptions) {
    this.#options = options;
  }

  define<Input>(kind: string, work: JobKind<Input>): void {
    this.#kinds.set(kind, work as JobKind<never>);
  }

  /** Takes up what an earlier run left unfinished. Call once, after all kinds are defined. */
  resume(): void {
    const { hub, clock } = this.#options;
    hub.transact((tx) => {
      const now = clock.now();
      tx.run(
        "UPDATE jobs SET status = 'failed', message = ?, updated_at = ? WHERE status = 'running' AND attempts >= ?",
        `It was interrupted ${MAX_ATTEMPTS} times.`,
        now,
        MAX_ATTEMPTS,
      );
      tx.run("UPDATE jobs SET status = 'queued', updated_at = ? WHERE status = 'running'", now);
    });
    this.prune();
    this.#next();
  }

  /** Lets the oldest of what has ended go. Returns how many. */
  prune(): number {
    const sql = `DELETE FROM jobs WHERE status IN ('done', 'failed', 'cancelled') AND id NOT IN
      (SELECT id FROM jobs ORDER BY updated_at DESC LIMIT ?)`;
    return this.#options.hub.transact((tx) => tx.run(sql, KEPT_FINISHED)).changes;
  }

  /** Queues work. A job of the same kind and subject that has not ended yet is returned instead of a second one. */
  enqueue(kind: string, subject: string, input: unknown, priority = 0): Job {
    const { hub, clock, random } = this.#options;
    const waiting = hub.read((r) =>
      r.get<JobRow>(
        "SELECT * FROM jobs WHERE kind = ? AND subject = ? AND status IN ('queued', 'running')",
        kind,
        subject,
      ),
    );
    if (waiting) return toJob(waiting);
    // A millisecond apart, so that what is queued together runs in the order in which it came.
    const now = Math.max(clock.now(), this.#lastQueued + 1);
    this.#lastQueued = now;
    const id = newId('job', now, random);
    hub.transact((tx) => {
      const sql = `INSERT INTO jobs (id, kind, subject, status, priority, progress, message, attempts, input, created_at, updated_at)
        VALUES (?, ?, ?, 'queued', ?, NULL, 'Waiting', 0, ?, ?, ?)`;
      tx.run(sql, id, kind, subject, priority, JSON.stringify(input), now, now);
    });
    const job = this.get(id);
    this.changed.tell(job);
    queueMicrotask(() => this.#next());
    return job;
  }

  get(id: string): Job {
    return toJob(this.#row(id));
  }

  list(limit: number): Job[] {
    return this.#options.hub
      .read((r) => r.all<JobRow>('SELECT * FROM jobs ORDER BY created_at DESC LIMIT ?', limit))
      .map(toJob);
  }

  /** Whether a job of this kind and subject is queued or running. */
  active(kind: string, subject: string): boolean {
    const sql = "SELECT 1 FROM jobs WHERE kind = ? AND subject = ? AND status IN ('queued', 'running')";
    return this.#options.hub.read((r) => r.get(sql, kind, subject)) !== undefined;
  }

  /** Cancels a job that has not ended; one that has is returned as it is. */
  cancel(id: string): Job {
    const job = this.get(id);
    if (job.status === 'queued') this.#update(id, { status: 'cancelled', message: 'Cancelled' });
    this.#running.get(id)?.controller.abort();
    return this.get(id);
  }

  /** Resolves when nothing is queued or running. */
  async idle(): Promise<void> {
    await new Promise<void>((resolve) => queueMicrotask(resolve));
    while (this.#running.size > 0) await Promise.all([...this.#running.values()].map(({ done }) => done));
  }

  /** Interrupts running work; it is taken up at the next start. */
  async dispose(): Promise<void> {
    this.#stopped = true;
    for (const { controller } of this.#running.values()) controller.abort(STOPPING);
    await Promise.all([...this.#running.values()].map(({ done }) => done));
    this.changed.clear();
  }

  #next(): void {
    while (!this.#stopped && this.#running.size < MAX_RUNNING) {
      const row = this.#options.hub.read((r) =>
        r.get<JobRow>(
          "SELECT * FROM jobs WHERE status = 'queued' ORDER BY priority DESC, created_at, id LIMIT 1",
        ),
      );
      if (!row) return;
      const controller = new AbortController();
      const done = this.#run(row, controller).finally(() => {
        this.#running.delete(row.id);
        this.#next();
      });
      this.#running.set(row.id, { controller, done });
    }
  }

  async #run(row: JobRow, controller: AbortController): Promise<void> {
    const { logger, clock } = this.#options;
    this.#update(row.id, { status: 'running', attempts: row.attempts + 1, message: 'Started' });
    let told = 0;
    const ended = {
      done: { status: 'done', progress: 1, message: 'Done' },
      cancelled: { status: 'cancelled', message: 'Cancelled' },
    } as const;
    try {
      const kind = this.#kinds.get(row.kind);
      if (!kind) throw new Error(`This version knows no work of the kind "${row.kind}".`);
      const said = await kind.run({
        input: JSON.parse(row.input) as never,
        checkpoint: row.checkpoint === null ? null : JSON.parse(row.checkpoint),
        signal: controller.signal,
        progress: (progress, message) => {
          if (clock.now() - told < PROGRESS_MS && progress !== 1) return;
          told = clock.now();
          this.#update(row.id, { progress, message });
        },
        save: (checkpoint) => this.#update(row.id, { checkpoint: JSON.stringify(checkpoint) }),
      });
      controller.signal.throwIfAborted();
      this.#update(row.id, { ...ended.done, ...(typeof said === 'string' && { message: said }) });
    } catch (error) {
      if (controller.signal.reason === STOPPING)
        return this.#update(row.id, { status: 'queued', message: 'Interrupted' });
      if (controller.signal.aborted) return this.#update(row.id, ended.cancelled);
      logger.warn({ job: row.id, kind: row.kind, error: String(error) }, 'a job failed');
      this.#update(row.id, {
        status: 'failed',
        message: error instanceof Error ? error.message : String(error),
      });
    }
  }

  #update(id: string, change: Partial<JobRow>): void {
    const { hub, clock, logger } = this.#options;
    const columns = Object.entries({ ...change, updated_at: clock.now() });
    const sql = `UPDATE jobs SET ${columns.map(([name]) => `${name} = ?`).join(', ')} WHERE id = ?`;
    try {
      hub.record((tx) => tx.run(sql, ...columns.map(([, value]) => value as SqlValue), id));
    } catch (error) {
      // On a full disk the work goes on; only its progress is not written down.
      logger.warn({ job: id, error: String(error) }, 'a job could not be noted');
    }
    this.changed.tell(this.get(id));
  }

  #row(id: string): JobRow {
    const row = this.#options.hub.read((r) => r.get<JobRow>('SELECT * FROM jobs WHERE id = ?', id));
    if (!row) throw new ProgenyError('not_found', `There is no job "${id}".`);
    return row;
  }
}

function toJob(row: JobRow): Job {
  const { id, kind, subject, status, priority, progress, message, attempts } = row;
  return {
    id,
    kind,
    subject,
    status,
    priority,
    progress,
    message,
    attempts,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
