import type { Clock, Disposable } from '../../companion/kernel/index.ts';
import type { WheelRun } from '../../companion/protocol/index.ts';
import { type Notice, type NoticeButton, noticeOf } from './notice.ts';
import { isSettled } from './runs.ts';

/** A notification that lives, with a Cancel. */
export interface LiveNotice {
  report(text: string, fraction: number | null): void;
  close(): void;
}

/** What the desk needs of the editor. */
export interface RunSurface {
  progress(cancelled: () => void): LiveNotice;
  /** A notification that is not modal; resolves to the pressed label, or undefined when it was closed. */
  message(
    level: 'info' | 'warning',
    text: string,
    buttons: readonly NoticeButton[],
  ): PromiseLike<string | undefined>;
  act(button: NoticeButton, run: WheelRun): void;
  /** Cancel was pressed: the run's no, or its stop. */
  cancel(run: WheelRun): void;
  /** The run's own page is before the person's eyes, with the same words and buttons. */
  onPage(run: WheelRun): boolean;
  /** What else to say of a run that was taken back: editors with unsaved changes. */
  besides(run: WheelRun): Promise<string>;
}

/** What was said to its end, by run and status; it outlives a reload of the window. */
export interface ToldMemory {
  has(key: string): boolean;
  add(key: string): void;
}

/** How often a countdown is drawn again. */
const TICK_MS = 250;
/** A preview that waits is shown for so long; then the pulse alone tells of it. */
export const WAITING_SHOWN_MS = 30_000;
/** A run that settled longer ago is no news to a window that opens. */
const NEWS_MS = 10 * 60_000;

interface Shown {
  readonly kind: Notice['kind'];
  readonly key: string;
  readonly live: LiveNotice | null;
}

/** Shows at most one notification for each run, always of the state that it is in. */
export class RunDesk implements Disposable {
  readonly #surface: RunSurface;
  readonly #clock: Clock;
  readonly #told: ToldMemory;
  readonly #shown = new Map<string, Shown>();
  /** A run's countdown as long as it was when it was first seen. */
  readonly #countdowns = new Map<string, number>();
  /** When a preview that waits was first shown. */
  readonly #waiting = new Map<string, number>();
  #runs: readonly WheelRun[] = [];
  #tick: Disposable | null = null;

  constructor(surface: RunSurface, clock: Clock, told: ToldMemory) {
    this.#surface = surface;
    this.#clock = clock;
    this.#told = told;
  }

  show(runs: readonly WheelRun[]): void {
    this.#runs = runs;
    const here = new Set(runs.map(({ id }) => id));
    for (const id of this.#shown.keys()) if (!here.has(id)) this.#close(id);
    for (const run of runs) this.#showRun(run);
    const alive = [...this.#shown.values()].some(({ kind }) => kind === 'progress');
    if (alive) this.#tick ??= this.#clock.every(TICK_MS, () => this.show(this.#runs));
    else this.#stopTicking();
  }

  dispose(): void {
    this.#stopTicking();
    for (const id of [...this.#shown.keys()]) this.#close(id);
  }

  #showRun(run: WheelRun): void {
    const now = this.#clock.now();
    const notice = this.#isDue(run, now) ? noticeOf(run, now, this.#countdownOf(run)) : null;
    const shown = this.#shown.get(run.id);
    if (!notice) {
      if (shown?.kind === 'progress') this.#close(run.id);
      return;
    }
    if (notice.kind === 'message') {
      this.#say(run, notice);
      return;
    }
    // A message of it that is still open would be a second one.
    if (shown?.kind === 'message') return;
    const live = shown?.live ?? this.#surface.progress(() => this.#cancelled(run.id));
    live.report(notice.text, notice.fraction);
    this.#shown.set(run.id, { kind: 'progress', key: run.status, live });
  }

  #say(run: WheelRun, { level, text, buttons }: Extract<Notice, { kind: 'message' }>): void {
    const key = keyOf(run);
    if (this.#told.has(key)) return;
    const shown = this.#shown.get(run.id);
    if (shown?.kind === 'message') return;
    this.#close(run.id);
    this.#shown.set(run.id, { kind: 'message', key, live: null });
    const settled = isSettled(run);
    void (settled ? this.#surface.besides(run) : Promise.resolve(''))
      .then((more) => this.#surface.message(level, more ? `${text} ${more}` : text, buttons))
      .then((pressed) => {
        this.#told.add(key);
        this.#shown.delete(run.id);
        const button = buttons.find((one) => one === pressed);
        const current = this.#runs.find(({ id }) => id === run.id) ?? run;
        if (button) this.#surface.act(button, current);
        // What happened while it was open has not been said.
        else this.show(this.#runs);
      });
  }

  #isDue(run: WheelRun, now: number): boolean {
    if (isSettled(run)) return now - run.changedAt < NEWS_MS;
    if (run.status !== 'previewed') {
      this.#waiting.delete(run.id);
      return true;
    }
    // It would only lie over what is to be read before the answer.
    if (this.#surface.onPage(run)) return false;
    const since = this.#waiting.get(run.id) ?? now;
    this.#waiting.set(run.id, since);
    return now - since < WAITING_SHOWN_MS;
  }

  #countdownOf({ id, status, countdown }: WheelRun): number {
    if (status !== 'counting' || !countdown) {
      this.#countdowns.delete(id);
      return 0;
    }
    const whole = Math.max(this.#countdowns.get(id) ?? 0, countdown.remainingMs);
    this.#countdowns.set(id, whole);
    return whole;
  }

  #cancelled(id: string): void {
    this.#shown.delete(id);
    const run = this.#runs.find((one) => one.id === id);
    if (run && !isSettled(run)) this.#surface.cancel(run);
  }

  #close(id: string): void {
    const shown = this.#shown.get(id);
    if (shown?.kind === 'message') return;
    this.#shown.delete(id);
    shown?.live?.close();
  }

  #stopTicking(): void {
    this.#tick?.dispose();
    this.#tick = null;
  }
}

const keyOf = ({ id, status }: WheelRun): string => `${id} ${status}`;
