import type { Clock, Disposable, Logger, Random } from '../kernel/index.ts';
import {
  type EditorSignal,
  type Interruption as InterruptionRow,
  type InterruptionStats,
  ProgenyError,
  type Settings,
  type TapExplanation,
} from '../protocol/index.ts';
import type { Mind } from '../store/index.ts';
import { type Adaptation, adapt, type PastTap, REMEMBERED_MS } from './adaptation.ts';
import { refractoryMs } from './budget.ts';
import { type Candidate, kindOf } from './candidate.ts';
import { explain } from './explain.ts';
import { InterruptionLog } from './interruption-log.ts';
import { dayOf, type ToLocal } from './local-time.ts';
import { type Decision, decide } from './policy.ts';
import type { PolicyState, Silence } from './policy-state.ts';
import { restore } from './restore.ts';
import type { Rules } from './rules.ts';
import { type ClientPort, type Ending, meaningOf, showTap } from './show-tap.ts';
import { received } from './statistics.ts';
import type { PolicyEvent } from './transition.ts';
import { nextWake } from './wake.ts';
import { adaptedWords, gateWords } from './words.ts';

export interface InterruptionOptions {
  mind: Mind;
  clock: Clock;
  random: Random;
  logger: Logger;
  settings: () => Settings;
  /** The clients that declared the capability to show taps. */
  clients: () => readonly ClientPort[];
  localTime: ToLocal;
  /** The user took a tap up; what the action means is the caller's business. */
  onEngaged?: (candidate: Candidate, action: string | null) => void;
}

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

/**
 * Speaks when the policy says so: hears signals and candidates, asks the focused window to show a tap, and keeps
 * every decision. One per mind.
 */
export class Interruption implements Disposable {
  readonly #options: InterruptionOptions;
  readonly #log: InterruptionLog;
  readonly #candidates = new Map<string, Candidate>();
  readonly #stopping = new AbortController();
  readonly #pruning: Disposable;
  #state: PolicyState;
  #timer: Disposable | null = null;
  /** Taps that are over, of which the numbers of the policy are adapted. */
  #past: readonly PastTap[] = [];
  #adapted: (Adaptation & { readonly by: readonly [Settings, readonly PastTap[]] }) | null = null;

  constructor(options: InterruptionOptions) {
    this.#options = options;
    this.#log = new InterruptionLog(options);
    this.#write(() => this.#log.settleOpen());
    this.#write(() => this.#log.prune());
    this.#state = restore(this.#log.recall(), options.clock.now());
    this.#remember();
    this.#pruning = options.clock.every(DAY_MS, () => {
      this.#write(() => this.#log.prune());
      this.#remember();
    });
    this.#take({ kind: 'tick' });
  }

  /** A signal of the editor window behind a connection. */
  signal(connectionId: string, workspace: string, signal: EditorSignal): void {
    this.#step({ kind: 'signal', window: connectionId, workspace, signal });
  }

  /** A boundary in the work of a folder that no window tells of. */
  boundary(workspace: string, kind: 'commit'): void {
    this.#step({ kind, workspace });
  }

  /** Says that there is something to tell; said again, with fresh words, for as long as it is so. */
  propose(candidate: Candidate): void {
    this.#step({ kind: 'born', candidate });
  }

  /** Says that nothing is to be told of a subject any more. Harmless where nothing was. */
  withdraw(subject: string): void {
    this.#step({ kind: 'withdrawn', subject });
  }

  /**
   * No taps until then; a time that has passed ends the pause. Returns the end of the pause in force. Throws
   * `read_only` when the pause holds but will not survive a restart.
   */
  pause(until: number): number | null {
    this.#step({ kind: 'pause', until });
    this.#log.paused(until);
    return this.pausedUntil;
  }

  get pausedUntil(): number | null {
    const { pausedUntil } = this.#state;
    return pausedUntil > this.#options.clock.now() ? pausedUntil : null;
  }

  /** Decisions to speak or to stay silent, newest first. */
  list(limit: number): InterruptionRow[] {
    return this.#log.list(limit);
  }

  /** Why a tap was shown, and why then. Throws `not_found`. */
  explain(id: string): TapExplanation {
    const decisions = this.#log.upTo(id);
    const tap = decisions.at(-1);
    if (tap?.id !== id) throw new ProgenyError('not_found', `There was no tap "${id}".`);
    const { interruption, loops } = this.#rules.settings;
    const dayOfTap = (at: number) => dayOf(at, loops.dayStartsAt, this.#options.localTime);
    const shown = this.#log.shownBetween(tap.at - DAY_MS, tap.at);
    return explain(decisions, {
      ofDay: shown.filter(({ at }) => dayOfTap(at) === dayOfTap(tap.at)).length,
      perDay: interruption.perDay,
      pauseMs: refractoryMs(this.#log.dismissalsBy(tap.at), this.#rules),
    });
  }

  /** How many things wait to be told, but for those of some kinds. */
  waiting(but: ReadonlySet<string>): number {
    return this.#state.pending.filter(({ id, present }) => present && !but.has(kindOf(id))).length;
  }

  /** All candidates that were ever told. */
  told(): ReadonlySet<string> {
    return this.#log.told();
  }

  /** Whether anything of some kinds was told since a time. */
  toldSince(since: number, kinds: ReadonlySet<string>): boolean {
    return this.#log.shownSince(since).some(({ candidate }) => kinds.has(kindOf(candidate)));
  }

  /** How taps were received in the last `days`, and what the policy made of it. */
  stats(days: number): InterruptionStats {
    const now = this.#options.clock.now();
    const { interruption, loops } = this.#rules.settings;
    const dayAt = (at: number) => dayOf(at, loops.dayStartsAt, this.#options.localTime);
    const { shown, dismissals } = this.#state;
    const pauseMs = refractoryMs(dismissals, this.#rules);
    const nextAt = (shown.at(-1)?.at ?? Number.NEGATIVE_INFINITY) + pauseMs;
    const since = Math.max(0, now - days * DAY_MS);
    return {
      since,
      ...received(this.#log.shownSince(since)),
      silences: this.#log.silencesSince(since).map(({ gate, n }) => ({ gate, words: gateWords(gate), n })),
      budget: {
        today: shown.filter(({ at }) => dayAt(at) === dayAt(now)).length,
        perDay: interruption.perDay,
        pauseMinutes: pauseMs / 60_000,
        dismissalsInARow: dismissals,
        nextAt: nextAt > now ? nextAt : null,
      },
      adapted: this.#adaptation.changes.map((change) => {
        const { why: _, ...number } = change;
        return { ...number, words: adaptedWords(change) };
      }),
    };
  }

  /** A tap that is open stays on the user's screen; its row is settled at the next start. */
  dispose(): void {
    this.#stopping.abort();
    this.#timer?.dispose();
    this.#pruning.dispose();
    this.#candidates.clear();
  }

  #step(event: PolicyEvent): void {
    const windows = Object.keys(this.#state.windows);
    if (windows.length > 0) {
      const alive = new Set(this.#options.clients().map(({ id }) => id));
      for (const window of windows) if (!alive.has(window)) this.#take({ kind: 'left', window });
    }
    this.#take(event);
  }

  /** Takes one event in: decides, keeps the decisions (with `keep`), shows what is to be shown, sets the alarm. */
  #take(event: PolicyEvent, keep?: (silences: readonly Silence[]) => void): void {
    if (this.#stopping.signal.aborted) return;
    if (event.kind === 'born') this.#candidates.set(event.candidate.id, event.candidate);
    const { state, silences, show } = decide(this.#state, event, this.#options.clock.now(), this.#rules);
    this.#state = state;
    if (keep) this.#write(() => keep(silences));
    else if (silences.length > 0) this.#write(() => this.#log.silent(silences));
    if (show) this.#show(show);
    this.#forgetTexts();
    this.#setAlarm();
  }

  #show({ candidate: id, window, moment }: NonNullable<Decision['show']>): void {
    const candidate = this.#candidates.get(id);
    const port = this.#options.clients().find((client) => client.id === window);
    // What cannot be remembered is not shown: a restart would not know of the pause that it begins.
    const row =
      port && candidate && this.#write(() => this.#log.shown({ ...candidate, candidate: id, moment }));
    if (!row) {
      this.#take({ kind: 'undelivered' });
      return;
    }
    const { text, why, actions } = candidate;
    const tap = { id: row, text, why, actions: actions.map((action) => ({ ...action })) };
    const stopping = this.#stopping.signal;
    showTap(port, tap, { ...this.#options, stopping })
      .then((ending) => this.#ended(candidate, row, ending))
      .catch((error: unknown) => {
        if (!stopping.aborted) this.#options.logger.error({ error: String(error) }, 'a tap failed');
      });
  }

  #ended(candidate: Candidate, row: string, ending: Ending): void {
    if (!ending) {
      this.#take({ kind: 'undelivered' }, (silences) => this.#log.undelivered(row, silences));
      return;
    }
    const { answer, responseMs } = ending;
    const meaning = meaningOf(answer);
    this.#take({ kind: 'answered', ...meaning }, (silences) =>
      this.#log.answered({ row, outcome: meaning.outcome, responseMs }, silences),
    );
    this.#remember();
    this.#setAlarm();
    if (meaning.outcome === 'engaged') this.#options.onEngaged?.(candidate, answer.action);
  }

  get #rules(): Rules {
    const { settings, waits } = this.#adaptation;
    return { settings, waits, local: this.#options.localTime };
  }

  /** Worked out anew when the settings or the answers are others. */
  get #adaptation(): Adaptation {
    const settings = this.#options.settings();
    const known = this.#adapted;
    if (known && known.by[0] === settings && known.by[1] === this.#past) return known;
    const adapted = adapt(settings, this.#past, this.#options.clock.now());
    this.#adapted = { ...adapted, by: [settings, this.#past] };
    return this.#adapted;
  }

  #remember(): void {
    const since = this.#options.clock.now() - REMEMBERED_MS;
    this.#past = this.#log
      .shownSince(since)
      .flatMap(({ at, moment, outcome }) =>
        outcome === null ? [] : [{ at, moment: moment as PastTap['moment'], outcome }],
      );
  }

  /** A decision holds even where it cannot be written down; null then. */
  #write<T>(work: () => T): T | null {
    try {
      return work();
    } catch (error) {
      this.#options.logger.warn({ error: String(error) }, 'a decision about a tap could not be noted');
      return null;
    }
  }

  #forgetTexts(): void {
    const { pending, open } = this.#state;
    const wanted = new Set(pending.map(({ id }) => id));
    for (const id of this.#candidates.keys()) {
      if (!wanted.has(id) && open?.pending.id !== id) this.#candidates.delete(id);
    }
  }

  /** An hour at most, because a timer cannot be set for years. */
  #setAlarm(): void {
    this.#timer?.dispose();
    const now = this.#options.clock.now();
    const wake = nextWake(this.#state, now, this.#rules);
    this.#timer =
      wake === null
        ? null
        : this.#options.clock.after(Math.min(wake - now, HOUR_MS), () => this.#step({ kind: 'tick' }));
  }
}
