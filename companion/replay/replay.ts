import { createHash } from 'node:crypto';
import type { Candidate, PolicyEvent, PolicyState, Rules, ToLocal } from '../interruption/index.ts';
import { type Settings, settings as settingsSchema } from '../protocol/index.ts';
import type { WorkEvent } from '../timeline/index.ts';
import type { ReplayInput } from './input.ts';
import type { Adapted, Answer, Finding, PastTap, ReplayParts, Seen, Sense, Sensed } from './parts.ts';
import type { ReplayedSilence, ReplayedTap, ReplayReport } from './report.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** A tap that nobody answers for so long is ignored, as it is live. */
const UNANSWERED_MS = 10 * MINUTE_MS;

export interface ReplayOptions {
  readonly parts: ReplayParts;
  /** What `settings` lines of the stream change. */
  readonly settings: Settings;
  /** Called with each tap as it is shown. */
  readonly onTap?: (tap: ReplayedTap) => void;
  /** Called with each silence that is recorded. */
  readonly onSilence?: (silence: ReplayedSilence) => void;
}

/**
 * A stream of raw input, run through sensing, patterns, policy and mood by a clock that follows the stream alone:
 * the same stream gives the same decisions, at any speed, on any machine. Local time is UTC until a `zone` line says
 * otherwise.
 */
export class Replay {
  readonly #parts: ReplayParts;
  readonly #onTap: (tap: ReplayedTap) => void;
  readonly #onSilence: (silence: ReplayedSilence) => void;
  readonly #senses = new Map<string, Sense>();
  readonly #candidates = new Map<string, Candidate>();
  readonly #taps: ReplayedTap[] = [];
  readonly #past: PastTap[] = [];
  readonly #silences = new Map<string, number>();
  readonly #patterns: (Finding & { at: number })[] = [];
  readonly #digest = createHash('sha256');
  #settings: Settings;
  #adapted: Adapted;
  /** What `#adapted` was made of. */
  #adaptedFrom: { readonly settings: Settings; readonly past: number };
  #local: ToLocal = localAt(0);
  #policy: PolicyState;
  #script: { outcome: Answer | 'none'; afterMs: number } = { outcome: 'none', afterMs: 0 };
  #answer: { at: number; outcome: Answer } | null = null;
  #from: number | null = null;
  #now = 0;
  #inputs = 0;
  #events = 0;
  #wake: number | null = null;
  #worked = 0;
  #tickAt: number | null = null;

  constructor({ parts, settings, onTap, onSilence }: ReplayOptions) {
    this.#parts = parts;
    this.#settings = settings;
    this.#adapted = parts.adapt(settings, [], 0);
    this.#adaptedFrom = { settings, past: 0 };
    this.#policy = parts.policy.start;
    this.#onTap = onTap ?? (() => {});
    this.#onSilence = onSilence ?? (() => {});
  }

  /** Takes in the next thing that happens; `at` never goes back. */
  take(input: ReplayInput): void {
    this.#from ??= input.at;
    this.#inputs++;
    this.#pass(input.at);
    this.#hear(input);
  }

  /** Lets a last day pass, so that everything alive comes to its end, and tells what happened. */
  finish(): ReplayReport {
    const until = this.#now;
    const tail = this.#settings.interruption.candidateHours * 60 * MINUTE_MS;
    if (this.#from !== null) this.#pass(until + tail);
    const days = (until - (this.#from ?? until)) / DAY_MS;
    return {
      from: this.#from,
      until: this.#from === null ? null : until,
      virtualDays: Math.round(days * 100) / 100,
      inputs: this.#inputs,
      events: this.#events,
      taps: this.#taps,
      silences: [...this.#silences]
        .map(([key, n]) => {
          const [gate, moment] = key.split(' ') as [
            Parameters<ReplayParts['policy']['gateWords']>[0],
            string,
          ];
          return { gate, moment, words: this.#parts.policy.gateWords(gate), n };
        })
        .sort((a, b) => b.n - a.n || (a.gate + a.moment < b.gate + b.moment ? -1 : 1)),
      patterns: this.#patterns,
      mood: this.#parts.mood?.at(this.#now) ?? null,
      adapted: [...this.#adapted.reasons],
      digest: this.#digest.copy().digest('hex'),
    };
  }

  /** Lets time pass up to `at`: alarms, answers and what sensing waits for, each at its own time. */
  #pass(at: number): void {
    for (;;) {
      let next = Math.min(this.#wake ?? Infinity, this.#answer?.at ?? Infinity, this.#tickAt ?? Infinity);
      for (const { dueAt } of this.#senses.values()) next = Math.min(next, dueAt ?? Infinity);
      if (next > at) break;
      this.#now = Math.max(this.#now, next);
      for (const [workspace, { dueAt }] of this.#senses)
        if (dueAt !== null && dueAt <= this.#now) this.#sense(workspace, { kind: 'tick' });
      if (this.#tickAt !== null && this.#tickAt <= this.#now) this.#tick();
      if (this.#answer && this.#answer.at <= this.#now) this.#answered(this.#answer.outcome);
      else if (this.#wake !== null && this.#wake <= this.#now) this.#decide({ kind: 'tick' });
    }
    this.#now = Math.max(this.#now, at);
  }

  #hear(input: ReplayInput): void {
    const now = this.#now;
    switch (input.kind) {
      case 'signal': {
        const signal = { ...input.signal, at: now };
        this.#sense(input.workspace, { kind: 'signal', signal });
        this.#decide({ kind: 'signal', window: input.window, workspace: input.workspace, signal });
        break;
      }
      case 'left':
        this.#decide({ kind: 'left', window: input.window });
        break;
      case 'branch':
        this.#sense(input.workspace, { kind: 'branch', branch: input.branch });
        break;
      case 'changed': {
        const files = input.changed.map((each) =>
          typeof each === 'string' ? { file: each, size: null } : each,
        );
        this.#sense(input.workspace, { kind: 'changed', files });
        break;
      }
      case 'commit':
        this.#work({ at: now, workspace: input.workspace, kind: 'commit', ...input.commit });
        if (input.commit.own) this.#decide({ kind: 'commit', workspace: input.workspace });
        break;
      case 'loops':
        for (const loop of input.loops)
          this.#work({ at: now, workspace: input.workspace, kind: 'loop', ...loop });
        break;
      case 'risk':
        this.#work({ at: now, workspace: input.workspace, kind: 'risk', ...input.risk });
        break;
      case 'candidate':
        this.#propose(input.candidate);
        break;
      case 'withdraw':
        this.#decide({ kind: 'withdrawn', subject: input.withdraw });
        break;
      case 'outcome':
        this.#parts.mood?.take({ kind: 'outcome', ...input.outcome }, now, this.#rules);
        break;
      case 'answers':
        this.#script = input.answers;
        break;
      case 'pause':
        this.#decide({ kind: 'pause', until: input.pause });
        break;
      case 'zone':
        this.#local = localAt(input.zone.offsetMinutes);
        this.#decide({ kind: 'tick' });
        break;
      case 'settings':
        this.#settings = changed(this.#settings, input.settings);
        this.#decide({ kind: 'tick' });
        break;
    }
  }

  #sense(workspace: string, input: Sensed): void {
    const sense = this.#senses.get(workspace) ?? this.#parts.sense(workspace);
    this.#senses.set(workspace, sense);
    for (const event of sense.take(input, this.#now)) this.#work(event);
  }

  #work(event: WorkEvent): void {
    this.#events++;
    const { mood, patterns } = this.#parts;
    mood?.take({ kind: 'work', event }, this.#now, this.#rules);
    this.#see(patterns.take(event, this.#now, this.#rules));
    this.#worked = this.#now;
    this.#tickAt = this.#now + MINUTE_MS;
  }

  /** Time alone brings patterns to light, and to an end: mostly in the hour after something happened. */
  #tick(): void {
    this.#see(this.#parts.patterns.take('tick', this.#now, this.#rules));
    this.#tickAt = this.#now + (this.#now - this.#worked < HOUR_MS ? MINUTE_MS : HOUR_MS);
  }

  #see({ findings, recovered }: Seen): void {
    const { mood, patterns } = this.#parts;
    for (const workspace of recovered) mood?.take({ kind: 'recovered', workspace }, this.#now, this.#rules);
    for (const finding of findings) {
      this.#patterns.push({ at: this.#now, ...finding });
      this.#note('pattern', finding.kind, finding.workspace, finding.subject, finding.status);
      mood?.take({ kind: 'pattern', finding }, this.#now, this.#rules);
      const candidate = patterns.offer(finding, this.#now);
      if (!candidate) continue;
      if (finding.status === 'active') this.#propose(candidate);
      else this.#decide({ kind: 'withdrawn', subject: candidate.subject });
    }
  }

  #propose(candidate: Candidate): void {
    this.#candidates.set(candidate.id, candidate);
    this.#decide({ kind: 'born', candidate });
  }

  #decide(event: PolicyEvent): void {
    const { policy } = this.#parts;
    const now = this.#now;
    const { state, silences, show } = policy.decide(this.#policy, event, now, this.#rules);
    this.#policy = state;
    for (const { candidate, moment, gate } of silences) {
      const key = `${gate} ${moment}`;
      this.#silences.set(key, (this.#silences.get(key) ?? 0) + 1);
      this.#note('silent', candidate, moment, gate);
      this.#onSilence({ at: now, candidate, moment, gate });
    }
    if (show) this.#show(show);
    this.#wake = policy.nextWake(this.#policy, now, this.#rules);
  }

  #show({
    candidate: id,
    window,
    moment,
  }: {
    candidate: string;
    window: string;
    moment: PastTap['moment'];
  }): void {
    const { subject, text, why } = this.#candidates.get(id)!;
    const tap: ReplayedTap = {
      at: this.#now,
      candidate: id,
      subject,
      window,
      moment,
      text,
      why,
      outcome: null,
      responseMs: null,
    };
    this.#taps.push(tap);
    this.#note('shown', id, window, moment);
    const { outcome, afterMs } = this.#script;
    this.#answer =
      outcome === 'none'
        ? { at: this.#now + UNANSWERED_MS, outcome: 'ignored' }
        : { at: this.#now + afterMs, outcome };
    this.#onTap(tap);
  }

  #answered(outcome: Answer): void {
    this.#answer = null;
    const tap = this.#taps.at(-1)!;
    const responseMs = outcome === 'ignored' ? null : this.#now - tap.at;
    this.#taps[this.#taps.length - 1] = { ...tap, outcome, responseMs };
    this.#past.push({ at: tap.at, moment: tap.moment, outcome });
    this.#note('answered', tap.candidate, outcome);
    this.#parts.mood?.take({ kind: 'tap_answered', outcome }, this.#now, this.#rules);
    this.#decide({ kind: 'answered', outcome, again: false });
  }

  /** The mood quietens what the settings say, and the answers to taps adapt that. */
  get #rules(): Rules {
    const settings = this.#parts.mood?.quieten(this.#settings, this.#now) ?? this.#settings;
    const past = this.#past.length;
    if (this.#adaptedFrom.settings !== settings || this.#adaptedFrom.past !== past) {
      this.#adapted = this.#parts.adapt(settings, this.#past, this.#now);
      this.#adaptedFrom = { settings, past };
    }
    return { ...this.#adapted.rules, local: this.#local };
  }

  #note(...words: readonly string[]): void {
    this.#digest.update(`${this.#now}\t${words.join('\t')}\n`);
  }
}

function localAt(offsetMinutes: number): ToLocal {
  return (at) => {
    const shifted = at + offsetMinutes * MINUTE_MS;
    const day = Math.floor(shifted / DAY_MS);
    return { day, minute: Math.floor((shifted - day * DAY_MS) / MINUTE_MS) };
  };
}

function changed(settings: Settings, patch: Readonly<Record<string, object | undefined>>): Settings {
  const sections = Object.entries(settings).map(([key, section]) => [key, { ...section, ...patch[key] }]);
  return settingsSchema.parse(Object.fromEntries(sections));
}
