import type { Clock, Disposable } from '../../companion/kernel/index.ts';
import type { EditorSignal } from '../../companion/protocol/index.ts';

type WithoutTime<S> = S extends unknown ? Omit<S, 'at'> : never;
export type Signal = WithoutTime<EditorSignal>;

export interface SignalReporterOptions {
  readonly clock: Clock;
  /** False while nothing may be told: no companion, or a workspace that is not trusted. */
  open(): boolean;
  send(workspace: string, signals: EditorSignal[]): Promise<unknown>;
}

const FLUSH_MS = 1000;
const TYPING_MS = 2000;
/** More in one second than a person can cause; what exceeds it is dropped. */
const BATCH_LIMIT = 200;

/**
 * Batches signals: at most one report a second and workspace. What cannot be told now is dropped, never
 * queued: an old signal is worth nothing, and memory must not grow while the companion is away.
 */
export class SignalReporter implements Disposable {
  readonly #options: SignalReporterOptions;
  readonly #batches = new Map<string, EditorSignal[]>();
  readonly #typing = new Map<string, { workspace: string; file: string; edits: number }>();
  #flush: Disposable | null = null;
  #typed: Disposable | null = null;

  constructor(options: SignalReporterOptions) {
    this.#options = options;
  }

  add(workspace: string, signal: Signal): void {
    if (!this.#options.open()) return;
    const batch = this.#batches.get(workspace) ?? [];
    if (batch.length >= BATCH_LIMIT) return;
    batch.push({ ...signal, at: this.#options.clock.now() } as EditorSignal);
    this.#batches.set(workspace, batch);
    this.#flush ??= this.#options.clock.after(FLUSH_MS, () => this.#send());
  }

  /** Counts edits of a file; told as one signal every two seconds. */
  typed(workspace: string, file: string, edits: number): void {
    if (!this.#options.open()) return;
    const key = `${workspace}\0${file}`;
    const count = this.#typing.get(key) ?? { workspace, file, edits: 0 };
    count.edits += edits;
    this.#typing.set(key, count);
    this.#typed ??= this.#options.clock.after(TYPING_MS, () => this.#tellTyping());
  }

  dispose(): void {
    this.#flush?.dispose();
    this.#typed?.dispose();
    this.#batches.clear();
    this.#typing.clear();
  }

  #tellTyping(): void {
    this.#typed = null;
    for (const { workspace, file, edits } of this.#typing.values()) {
      this.add(workspace, { kind: 'typing', file, edits: Math.min(edits, 1_000_000) });
    }
    this.#typing.clear();
  }

  #send(): void {
    this.#flush = null;
    const batches = [...this.#batches];
    this.#batches.clear();
    if (!this.#options.open()) return;
    for (const [workspace, signals] of batches) {
      // Refused or too late: dropped, as everything here may be.
      this.#options.send(workspace, signals).catch(() => {});
    }
  }
}
