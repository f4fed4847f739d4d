import type { DeveloperWeeks, RawLine } from '../../../support/streams/developer-weeks.ts';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

interface OneWindow {
  readonly folders: Set<string>;
  debugging: boolean;
  asking: boolean;
  typed: number;
  active: number;
  saved: number;
  /** The last boundary that was an event; typing ends it. */
  boundary: number;
}

/** What the lines of a stream say of one instant, read as plainly as can be; it knows nothing of the policy. */
export class DeskAt {
  readonly windows = new Map<string, OneWindow>();
  focused: string | null = null;
  typed = Number.NEGATIVE_INFINITY;
  pausedUntil = 0;
  readonly #weeks: DeveloperWeeks;
  #next = 0;

  constructor(weeks: DeveloperWeeks) {
    this.#weeks = weeks;
  }

  /** Goes on to `at`; `told` sees each line on the way. */
  to(at: number, told: (line: RawLine) => void = () => {}): void {
    const { lines } = this.#weeks;
    while (this.#next < lines.length && lines[this.#next]!.at <= at) {
      const line = lines[this.#next++]!;
      this.#hear(line);
      told(line);
    }
  }

  get front(): OneWindow | null {
    return this.focused === null ? null : this.windows.get(this.focused)!;
  }

  quiet(at: number): boolean {
    const { offsetMinutes, quietFrom, quietUntil } = this.#weeks;
    if (quietFrom === '') return false;
    const minute = Math.floor(((((at + offsetMinutes * MINUTE) % DAY) + DAY) % DAY) / MINUTE);
    const [from, until] = [quietFrom, quietUntil].map((time) => {
      const [hours, minutes] = time.split(':').map(Number);
      return hours! * 60 + minutes!;
    }) as [number, number];
    return from < until ? from <= minute && minute < until : minute >= from || minute < until;
  }

  /** Days begin at five. */
  dayOf(at: number): number {
    return Math.floor((at + this.#weeks.offsetMinutes * MINUTE - 5 * HOUR) / DAY);
  }

  /** After a commit, green tests, debugging, coming back: a minute; 60 s after a save, 45 s idle: a minute each. */
  boundary(at: number): boolean {
    const front = this.front;
    if (!front) return false;
    const within = (since: number) => at >= since && at < since + MINUTE;
    return (
      within(front.boundary) ||
      within(Math.max(front.saved, front.typed) + (front.saved > 0 ? MINUTE : Infinity)) ||
      within(front.active + 45 * SECOND)
    );
  }

  #hear(line: RawLine): void {
    const { at } = line;
    if ('pause' in line) this.pausedUntil = line.pause;
    if ('left' in line) {
      this.windows.delete(line.window);
      if (this.focused === line.window) this.focused = null;
    }
    if ('commit' in line && line.commit.own)
      for (const window of this.windows.values())
        if (window.folders.has(line.workspace)) window.boundary = at;
    if (!('signal' in line)) return;
    const { window: id, workspace, signal } = line;
    const fresh: OneWindow = {
      folders: new Set(),
      debugging: false,
      asking: false,
      typed: 0,
      active: at,
      saved: 0,
      boundary: Number.NEGATIVE_INFINITY,
    };
    const window = this.windows.get(id) ?? fresh;
    this.windows.set(id, window);
    window.folders.add(workspace);
    if (signal.kind !== 'test' && signal.kind !== 'diagnostics') window.active = at;
    if (signal.kind === 'typing') {
      this.typed = at;
      // What was typed after a save is not saved.
      if (at - window.saved > 3 * SECOND) window.saved = 0;
      window.typed = at;
      window.boundary = Number.NEGATIVE_INFINITY;
    }
    if (signal.kind === 'save') window.saved = at;
    if (signal.kind === 'prompt') window.asking = signal.open;
    if (signal.kind === 'test' && signal.passed) window.boundary = at;
    if (signal.kind === 'debug') {
      if (window.debugging && !signal.active) window.boundary = at;
      window.debugging = signal.active;
    }
    if (signal.kind === 'focus' && signal.focused) {
      if (this.focused !== id) window.boundary = at;
      this.focused = id;
    }
    if (signal.kind === 'focus' && !signal.focused && this.focused === id) this.focused = null;
  }
}
