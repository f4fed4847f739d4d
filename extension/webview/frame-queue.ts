import type { Clock, Disposable } from '../../companion/kernel/index.ts';

/** Between two messages to a page, milliseconds: half of what a screen needs for a frame. */
export const GAP_MS = 8;
/** A message holds no more frames than these while the page keeps up: what it takes to read it must not be seen. */
export const MOST_FRAMES = 32;
/** Where a page falls behind, a message may hold this share of what waits, so that it is late by a bounded time. */
const SHARE_BEHIND = 1 / 4;
/** No message holds more characters. */
export const MOST_CHARACTERS = 256 * 1024;
/** So many messages may be under way before the page has taken the first. */
export const UNDER_WAY = 4;
/** With so many characters waiting the companion has to wait, too; with less than the half it goes on. */
export const HOLD_CHARACTERS = 1024 * 1024;
/** A page that takes nothing for so long hangs. */
export const STALL_MS = 10_000;

export interface FrameQueueOptions {
  readonly clock: Clock;
  post(frames: readonly string[]): void;
  /** Reads nothing more from the companion, whose own streams then wait. */
  hold(): void;
  release(): void;
  stalled(): void;
}

/**
 * Frames on their way to a page, several in a message: the first at once, what comes soon after it together. It never
 * runs far ahead of the page, so that a slow one costs the extension no memory.
 */
export class FrameQueue implements Disposable {
  readonly #options: FrameQueueOptions;
  #frames: string[] = [];
  #characters = 0;
  #underWay = 0;
  #held = false;
  #postedAt = Number.NEGATIVE_INFINITY;
  #next: Disposable | null = null;
  #patience: Disposable | null = null;
  #disposed = false;

  constructor(options: FrameQueueOptions) {
    this.#options = options;
  }

  add(frame: string): void {
    if (this.#disposed) return;
    this.#frames.push(frame);
    this.#characters += frame.length;
    if (!this.#held && this.#characters > HOLD_CHARACTERS) {
      this.#held = true;
      this.#options.hold();
    }
    this.#soon();
  }

  /** The page has put in what one message held. */
  taken(): void {
    if (this.#underWay === 0) return;
    this.#underWay--;
    this.#patience?.dispose();
    this.#patience = null;
    if (this.#underWay > 0) this.#watch();
    this.#soon();
  }

  dispose(): void {
    this.#disposed = true;
    this.#next?.dispose();
    this.#patience?.dispose();
    this.#frames = [];
  }

  #soon(): void {
    if (this.#next || this.#frames.length === 0 || this.#underWay >= UNDER_WAY) return;
    const wait = this.#postedAt + GAP_MS - this.#options.clock.now();
    if (wait <= 0) this.#flush();
    else
      this.#next = this.#options.clock.after(wait, () => {
        this.#next = null;
        this.#flush();
      });
  }

  #flush(): void {
    let [count, characters] = [0, 0];
    const most = Math.max(MOST_FRAMES, Math.ceil(this.#frames.length * SHARE_BEHIND));
    for (const { length } of this.#frames) {
      if (count === most || (count > 0 && characters + length > MOST_CHARACTERS)) break;
      count++;
      characters += length;
    }
    const batch = this.#frames.splice(0, count);
    this.#characters -= characters;
    this.#underWay++;
    this.#postedAt = this.#options.clock.now();
    if (!this.#patience) this.#watch();
    this.#options.post(batch);
    if (this.#held && this.#characters < HOLD_CHARACTERS / 2) {
      this.#held = false;
      this.#options.release();
    }
    this.#soon();
  }

  #watch(): void {
    this.#patience = this.#options.clock.after(STALL_MS, () => {
      this.#patience = null;
      this.#options.stalled();
    });
  }
}
