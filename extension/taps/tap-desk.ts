import { type Clock, type Disposable, Listeners } from '../../companion/kernel/index.ts';
import type { Tap, TapAnswer } from '../../companion/protocol/index.ts';
import { inMessage } from '../text/plain.ts';
import { ASKED, answerFor, IGNORED, labels, WHY } from './tap-answer.ts';

/** What a tap needs of the editor. */
export interface TapSurface {
  readonly focused: boolean;
  /** Shows a notification that is not modal; resolves to the pressed label, or undefined when it was closed. */
  show(text: string, labels: readonly string[]): PromiseLike<string | undefined>;
  /** Tells why the tap was shown and offers its actions again; resolves as `show` does. */
  explain(tap: Tap): PromiseLike<string | undefined>;
  /** Does what an action says. */
  act(action: string, tap: Tap): PromiseLike<unknown>;
}

/** A toast hides after a while and stays in the notification centre; after this long nobody is waited for. */
export const IGNORED_AFTER_MS = 10 * 60_000;

/** Shows what the companion asks to be shown. Whether and when is the companion's decision. */
export class TapDesk {
  readonly #surface: TapSurface;
  readonly #clock: Clock;
  readonly #changes = new Listeners<void>();
  #waiting = 0;

  constructor(surface: TapSurface, clock: Clock) {
    this.#surface = surface;
    this.#clock = clock;
  }

  /** Taps shown in this window that nobody has answered. */
  get waiting(): number {
    return this.#waiting;
  }

  onChange(listener: () => void): Disposable {
    return this.#changes.add(listener);
  }

  /** Rejects where this window is not the one the user looks at: another one speaks. */
  async show(tap: Tap): Promise<TapAnswer> {
    if (!this.#surface.focused) throw new Error('This window does not have the focus.');
    this.#count(1);
    const pressed = Promise.resolve(this.#surface.show(inMessage(`${tap.text} ${tap.why}`), labels(tap)));
    const answered = pressed.then(async (first) => {
      const label = first === WHY ? await this.#surface.explain(tap) : first;
      const answer = first === WHY && label === undefined ? ASKED : answerFor(tap, label);
      if (answer.outcome === 'engaged' && answer.action !== null) void this.#surface.act(answer.action, tap);
      return answer;
    });
    return await new Promise<TapAnswer>((resolve, reject) => {
      const timer = this.#clock.after(IGNORED_AFTER_MS, () => resolve(IGNORED));
      answered.then(resolve, reject).finally(() => timer.dispose());
    }).finally(() => this.#count(-1));
  }

  #count(by: number): void {
    this.#waiting += by;
    this.#changes.tell();
  }
}
