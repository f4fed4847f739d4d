import { type Clock, count, type Logger } from '../kernel/index.ts';
import { type DoctorCheck, type Health, type Violation, visibleLine } from '../protocol/index.ts';

/** So many lines of the log within so long; what is left out is counted in the next line. */
const LINES = 10;
const WINDOW_MS = 60_000;

/** What pages told of that their policy kept from loading or running, since the companion started. */
export class Violations {
  readonly #clock: Clock;
  readonly #logger: Logger;
  #count = 0;
  #last: { readonly violation: Violation; readonly at: number } | null = null;
  #window = { since: Number.NEGATIVE_INFINITY, lines: 0, unlogged: 0 };

  constructor({ clock, logger }: { clock: Clock; logger: Logger }) {
    this.#clock = clock;
    this.#logger = logger;
  }

  /** How many there were. Exact, however many are logged. */
  get count(): number {
    return this.#count;
  }

  note(violation: Violation): void {
    const at = this.#clock.now();
    this.#count += violation.times;
    this.#last = { violation, at };
    if (at - this.#window.since >= WINDOW_MS)
      this.#window = { since: at, lines: 0, unlogged: this.#window.unlogged };
    if (this.#window.lines >= LINES) {
      this.#window.unlogged += violation.times;
      return;
    }
    this.#window.lines++;
    const { directive, times, line } = violation;
    const [blocked, source] = [visibleLine(violation.blocked), visibleLine(violation.source ?? '')];
    const fields = { directive, blocked, source, line, times, count: this.#count };
    const { unlogged } = this.#window;
    this.#window.unlogged = 0;
    this.#logger.warn(
      { ...fields, ...(unlogged > 0 && { unlogged }) },
      'a page was kept from loading or running something by its policy',
    );
  }

  /** A warning until the companion starts anew; none where nothing was blocked. */
  health(): Health[] {
    if (!this.#last) return [];
    return [{ subject: 'page', level: 'warning', message: this.#words(), at: this.#last.at }];
  }

  /** For the check-up. */
  check(): DoctorCheck {
    return this.#last
      ? { name: 'page', result: 'warning', message: this.#words() }
      : { name: 'page', result: 'ok', message: 'Pages were kept from nothing by their policy.' };
  }

  #words(): string {
    if (!this.#last) return '';
    const { directive, blocked, source, line } = this.#last.violation;
    const place = source === null ? '' : `, from ${visibleLine(source)}${line === null ? '' : `:${line}`}`;
    return `A page tried ${count(this.#count, 'time')} to load or run what it must not; it was blocked. Last: ${visibleLine(blocked)} against ${directive}${place}. Close that page and open it anew; if it comes again, the log has more.`;
  }
}
