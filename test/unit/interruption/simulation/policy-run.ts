import type { Candidate } from '../../../../companion/interruption/candidate.ts';
import type { Moment } from '../../../../companion/interruption/moments.ts';
import { decide } from '../../../../companion/interruption/policy.ts';
import {
  emptyPolicy,
  type PolicyState,
  type Silence,
} from '../../../../companion/interruption/policy-state.ts';
import { type LoggedDecision, restore } from '../../../../companion/interruption/restore.ts';
import type { Rules } from '../../../../companion/interruption/rules.ts';
import type { PolicyEvent } from '../../../../companion/interruption/transition.ts';
import { nextWake } from '../../../../companion/interruption/wake.ts';

export interface ShownTap {
  readonly at: number;
  readonly candidate: string;
  readonly window: string;
  readonly moment: Moment;
}

/** How a tap ends, this long after it was shown. */
export interface Reaction {
  readonly afterMs: number;
  readonly event: Extract<PolicyEvent, { kind: 'answered' | 'undelivered' }>;
}

/** The outcome of a row, as the log would hold it. */
interface Row extends LoggedDecision {
  gate: LoggedDecision['gate'];
  outcome: string | null;
}

export interface RunOptions {
  readonly start: number;
  readonly rules: Rules;
  /** What the user does with the taps, one after the other; after the last they ignore them. */
  readonly reactions?: readonly Reaction[];
  /** Looks at the state this often in addition to the alarms that the policy asks for. */
  readonly extraTickMs?: number;
}

const IGNORING: Reaction = {
  afterMs: 600_000,
  event: { kind: 'answered', outcome: 'ignored', again: false },
};

/** Drives the policy through time as the room does, and keeps what it did. */
export class PolicyRun {
  readonly shows: ShownTap[] = [];
  readonly silences: (Silence & { at: number })[] = [];
  /** The rows that the log would hold. */
  readonly rows: Row[] = [];
  readonly options: RunOptions;
  state: PolicyState = emptyPolicy;
  now: number;
  /** What was proposed, in its last words. */
  readonly candidates = new Map<string, Candidate>();
  #reaction: { at: number; event: PolicyEvent } | null = null;

  constructor(options: RunOptions) {
    this.options = options;
    this.now = options.start;
  }

  /** Lets time pass up to `at`: alarms and reactions on the way, each at its time. */
  to(at: number): this {
    for (;;) {
      const wake = nextWake(this.state, this.now, this.options.rules) ?? Number.POSITIVE_INFINITY;
      const every = this.options.extraTickMs;
      const extra =
        every === undefined ? Number.POSITIVE_INFINITY : (Math.floor(this.now / every) + 1) * every;
      const reaction = this.#reaction?.at ?? Number.POSITIVE_INFINITY;
      const next = Math.min(wake, extra, reaction);
      if (next > at) break;
      this.now = next;
      this.#decide({ kind: 'tick' });
      if (this.#reaction && this.#reaction.at <= next) {
        const { event } = this.#reaction;
        this.#reaction = null;
        this.#decide(event);
      }
    }
    this.now = at;
    return this;
  }

  /** Something happens at `at`. */
  do(at: number, event: PolicyEvent): this {
    this.to(at);
    this.#decide(event);
    return this;
  }

  /**
   * The process ends and begins again: nobody can answer an open tap any more, and what is true is proposed anew.
   * What is not kept is made from the rows, or is gone.
   */
  restart(keep: 'everything' | 'windows' | 'nothing'): void {
    if (keep === 'nothing') this.#openRow((row) => Object.assign(row, { outcome: 'ignored' }));
    else while (this.state.open) this.#decide({ kind: 'answered', outcome: 'ignored', again: false });
    this.#reaction = null;
    const { windows, focused, typedAt, pausedUntil, pending } = this.state;
    if (keep !== 'everything') {
      const outcomes = this.rows.flatMap(({ outcome }) => outcome ?? []).reverse();
      const engaged = outcomes.indexOf('engaged');
      const since = outcomes.slice(0, engaged < 0 ? outcomes.length : engaged);
      const dismissals = since.filter((outcome) => outcome === 'dismissed').length;
      const restored = restore({ decisions: this.rows, dismissals, pausedUntil }, this.now);
      this.state = keep === 'windows' ? { ...restored, windows, focused, typedAt } : restored;
    }
    for (const { id } of pending) this.#decide({ kind: 'born', candidate: this.candidates.get(id)! });
  }

  #openRow(change: (row: Row) => void): void {
    const row = this.rows.findLast(({ gate, outcome }) => gate === null && outcome === null);
    if (row) change(row);
  }

  #decide(event: PolicyEvent): void {
    if (event.kind === 'born') this.candidates.set(event.candidate.id, event.candidate);
    const { open } = this.state;
    const { state, silences, show } = decide(this.state, event, this.now, this.options.rules);
    this.state = state;
    if (open && event.kind === 'answered') {
      const { outcome } = event;
      this.#openRow((row) => Object.assign(row, { outcome }));
    }
    if (open && event.kind === 'undelivered')
      this.#openRow((row) => Object.assign(row, { gate: 'undelivered' }));
    for (const silence of silences) {
      this.silences.push({ ...silence, at: this.now });
      if (silence.gate !== 'undelivered') this.rows.push({ ...silence, at: this.now, outcome: null });
    }
    if (!show) return;
    const { afterMs, event: ending } = this.options.reactions?.[this.shows.length] ?? IGNORING;
    this.#reaction = { at: this.now + afterMs, event: ending };
    this.shows.push({ at: this.now, ...show });
    const subject = this.state.open?.pending.subject ?? '';
    const { candidate, moment } = show;
    this.rows.push({ at: this.now, candidate, subject, moment, gate: null, outcome: null });
  }
}
