import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Clock, systemClock } from '../../../companion/kernel/index.ts';
import type {
  ActivitySpan,
  FileWatcher,
  SensorRow,
  SensorSink,
  WatchListener,
  WatchTarget,
} from '../../../companion/sensors/index.ts';

/** A Monday morning. */
export const NOON = Date.UTC(2026, 0, 5, 12);

/** A throw-away folder with its real path. */
export function temporaryFolder(): AsyncDisposable & { readonly path: string } {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'progeny-sensors-')));
  return {
    path: folder,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true, maxRetries: 3 }),
  };
}

/** Waits until `check` passes; its last failure is what the test shows. */
export async function eventually(check: () => void, ms = 5_000): Promise<void> {
  const end = performance.now() + ms;
  for (;;) {
    try {
      return check();
    } catch (error) {
      if (performance.now() > end) throw error;
      await sleep(20);
    }
  }
}

/** Long enough for events of a real file system that must not come. */
export const calm = () => sleep(500);

/** Real time, but what comes every so often comes soon. */
export const hurried: Clock = {
  ...systemClock,
  every: (ms, task) => systemClock.every(Math.min(ms, 300), task),
};

/** Lets promises that are ready settle, when a virtual clock stands still. */
export async function turns(n = 20): Promise<void> {
  for (let i = 0; i < n; i++) await new Promise((resolve) => setImmediate(resolve));
}

/** A sink in memory; `fail` makes it refuse. */
export class MemorySink implements SensorSink {
  readonly rows: SensorRow[] = [];
  readonly spans = new Map<string, ActivitySpan>();
  batches = 0;
  fail = false;

  appendRows(rows: readonly SensorRow[]): void {
    this.#guard();
    this.rows.push(...rows);
  }

  upsertSpans(spans: readonly ActivitySpan[]): void {
    this.#guard();
    for (const span of spans) this.spans.set(span.id, span);
  }

  /** The names of files with spans of a kind, sorted. */
  files(kind: ActivitySpan['kind'] = 'file'): (string | null)[] {
    return [...this.spans.values()]
      .filter((span) => span.kind === kind)
      .map((span) => span.file)
      .sort();
  }

  /** Rows but those about the machine. */
  rowsOfWork(): SensorRow[] {
    return this.rows.filter((row) => row.kind !== 'memory');
  }

  edits(file: string): number {
    return [...this.spans.values()]
      .filter((span) => span.kind === 'file' && span.file === file)
      .reduce((sum, span) => sum + span.edits, 0);
  }

  #guard(): void {
    this.batches++;
    if (this.fail) throw new Error('database or disk is full');
  }
}

/** A watcher that says what a test wants it to say. */
export class FakeWatcher implements FileWatcher {
  listener: WatchListener | null = null;
  target: WatchTarget | null = null;
  refreshes = 0;
  running = 0;
  starts = 0;
  folders = 10;
  /** Makes the next starts fail. */
  refuse = false;

  async watch(target: WatchTarget, listener: WatchListener) {
    this.starts++;
    if (this.refuse) throw new Error('no watches left');
    this.target = target;
    this.listener = listener;
    this.running++;
    const folders = () => this.folders;
    return {
      get folders() {
        return folders();
      },
      refresh: async () => {
        this.refreshes++;
      },
      dispose: async () => {
        this.running--;
      },
    };
  }

  /** Tells changes as the real ones do: what the rules ignore is not told. */
  change(...paths: string[]): void {
    const told = paths.filter((file) => !this.target!.rules.ignoresFile(file));
    this.listener!.changes(told.map((file) => ({ path: file, type: 'update' })));
  }
}

/** A value that is there, or the test fails. */
export function present<T>(value: T | null | undefined): T {
  assert.ok(value !== null && value !== undefined);
  return value;
}
