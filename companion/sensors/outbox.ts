import type { Clock, Disposable, Logger } from '../kernel/index.ts';
import type { ActivitySpan, SensorRow, SensorSink } from './records.ts';

/** Written at the latest this long after something waits, or when this much waits. */
export const FLUSH_MS = 2_000;
export const FLUSH_COUNT = 500;
/** While the sink fails, at most this much waits; beyond it the oldest rows and spans are given up. */
export const HELD_AT_MOST = 5_000;

interface OutboxOptions {
  readonly sink: SensorSink;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Told when writing fails and when it works again. */
  readonly onSink: (failing: boolean) => void;
}

/** Holds rows and the newest state of each span until they are written together. */
export class Outbox {
  readonly #options: OutboxOptions;
  #rows: SensorRow[] = [];
  #spans = new Map<string, ActivitySpan>();
  #timer: Disposable | null = null;
  #writing: Promise<void> | null = null;
  #failing = false;
  #closed = false;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  addRow(row: SensorRow): void {
    this.#rows.push(row);
    this.#added();
  }

  addSpan(span: ActivitySpan): void {
    this.#spans.set(span.id, span);
    this.#added();
  }

  /** Writes all that waits. Never rejects: what could not be written waits for the next time. */
  async flush(): Promise<void> {
    while (this.#writing) await this.#writing;
    if (this.#rows.length + this.#spans.size === 0) return;
    this.#writing = this.#write().finally(() => {
      this.#writing = null;
    });
    await this.#writing;
  }

  async dispose(): Promise<void> {
    this.#closed = true;
    this.#timer?.dispose();
    await this.flush();
  }

  #added(): void {
    if (this.#closed) return;
    const held = this.#rows.length + this.#spans.size;
    if (held > HELD_AT_MOST) this.#giveUpOldest();
    if (held >= FLUSH_COUNT && !this.#failing && !this.#writing) void this.flush();
    this.#timer ??= this.#options.clock.after(FLUSH_MS, () => {
      this.#timer = null;
      void this.flush();
    });
  }

  async #write(): Promise<void> {
    const rows = this.#rows;
    const spans = this.#spans;
    this.#rows = [];
    this.#spans = new Map();
    let written = false;
    try {
      if (rows.length > 0) await this.#options.sink.appendRows(rows);
      written = true;
      if (spans.size > 0) await this.#options.sink.upsertSpans([...spans.values()]);
      this.#tell(false);
    } catch (error) {
      this.#options.logger.warn({ error, rows: rows.length, spans: spans.size }, 'sensor rows wait');
      if (!written) this.#rows = [...rows, ...this.#rows];
      // What came meanwhile is newer and stays.
      this.#spans = new Map([...spans, ...this.#spans]);
      this.#tell(true);
      this.#added();
    }
  }

  #giveUpOldest(): void {
    const half = HELD_AT_MOST / 2;
    this.#rows = this.#rows.slice(-half);
    this.#spans = new Map([...this.#spans].slice(-half));
  }

  #tell(failing: boolean): void {
    if (failing === this.#failing) return;
    this.#failing = failing;
    this.#options.onSink(failing);
  }
}
