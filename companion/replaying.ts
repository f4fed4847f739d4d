import {
  adapt,
  adaptedWords,
  type Candidate,
  decide,
  emptyPolicy,
  gateWords,
  nextWake,
  type Rules,
} from './interruption/index.ts';
import {
  loadOf,
  modeOf,
  newSelf,
  postureOf,
  quieten,
  read,
  type Self,
  take,
  tierOf,
} from './limbic/index.ts';
import { patternCandidates } from './pattern-taps.ts';
import { explain, type PatternState, patternFold } from './patterns/index.ts';
import type { Event, Pattern, Settings } from './protocol/index.ts';
import type {
  Finding,
  Mood,
  MoodEvent,
  PatternReader,
  ReplayParts,
  Seen,
  Sense,
  Sensed,
} from './replay/index.ts';
import {
  type ActivitySignal,
  type ActivityState,
  idle,
  type RowDraft,
  STORM_RULES,
  step,
} from './sensors/index.ts';
import type { WorkEvent } from './timeline/index.ts';

const MINUTE_MS = 60_000;

/** The rooms that `progeny replay` runs a stream through: the same rules as live, without a store. */
export function replayParts(): ReplayParts {
  return {
    policy: { start: emptyPolicy, decide, nextWake, gateWords },
    adapt: (settings, past, now) => {
      const { changes, ...rules } = adapt(settings, past, now);
      return { rules, reasons: changes.map(adaptedWords) };
    },
    sense: (workspace) => new ReplayedSense(workspace),
    patterns: new ReplayedPatterns(),
    mood: new ReplayedMood(),
  };
}

/** The patterns of the product; what each gives to tell is what it gives live. */
class ReplayedPatterns implements PatternReader {
  #state: PatternState = patternFold.empty;
  readonly #found = new Map<string, Pattern>();

  take(input: WorkEvent | 'tick', now: number, rules: Rules): Seen {
    const { state, found, resolved, recovered } = patternFold.step(this.#state, input, now, rules);
    this.#state = state;
    const begun = found.map((pattern): Finding => {
      const why = explain(pattern, now, rules.local);
      const { workspace, kind, subject, at, confidence, evidence } = pattern;
      const id = `${kind}/${workspace}/${subject}`;
      this.#found.set(id, {
        id,
        workspace,
        kind,
        subject,
        status: 'active',
        confidence,
        evidence: [...evidence],
        text: why,
        foundAt: at,
        changedAt: at,
      });
      return { kind, workspace, subject, status: 'active', why };
    });
    const ended = resolved.map(
      ({ kind, workspace, subject }): Finding => ({
        kind,
        workspace,
        subject,
        status: 'resolved',
        why: 'It is over.',
      }),
    );
    return { findings: [...begun, ...ended], recovered };
  }

  offer({ kind, workspace, subject, status }: Finding): Candidate | null {
    const id = `${kind}/${workspace}/${subject}`;
    const pattern = this.#found.get(id);
    if (status === 'resolved') this.#found.delete(id);
    return pattern ? (patternCandidates([pattern])[0] ?? null) : null;
  }
}

/** The limbic state of the product, moved by the events that the same would write to the log live. */
class ReplayedMood implements Mood {
  #self: Self | null = null;
  #seq = 0;
  readonly #quiet = new Map<string, readonly [given: Settings, quiet: Settings]>();

  take(event: MoodEvent, now: number, { settings, local }: Rules): void {
    this.#self ??= newSelf(now);
    const logged = loggedOf(event);
    if (!logged) return;
    const dayAt = (at: number) => {
      const { day, minute } = local(at);
      return minute < settings.loops.dayStartsAt * 60 ? day - 1 : day;
    };
    const seq = ++this.#seq;
    // A stream names outcomes by their recipe; each is a run of its own.
    this.#self = take(
      this.#self,
      { seq, at: now, ...logged, subject: `${logged.subject}_${seq}` },
      dayAt,
    ).self;
  }

  quieten(settings: Settings, now: number): Settings {
    const stance = this.#stance(now);
    if (!stance) return settings;
    const key = `${stance.mode} ${stance.posture}`;
    const known = this.#quiet.get(key);
    if (known?.[0] === settings) return known[1];
    const quiet = { ...settings, interruption: quieten(settings.interruption, stance) };
    this.#quiet.set(key, [settings, quiet]);
    return quiet;
  }

  at(now: number): Record<string, number | string> {
    const self = this.#self ?? newSelf(now);
    const levels = read(self.state, now);
    return { ...levels, ...this.#stance(now), tier: tierOf(levels.trust) };
  }

  #stance(now: number) {
    if (!this.#self) return null;
    const levels = read(this.#self.state, now);
    const load = loadOf(this.#self, now);
    const circumstances = { service: 'well', converging: false, load, urgency: 0, asked: false } as const;
    return { mode: modeOf(levels, circumstances), posture: postureOf(levels, circumstances) };
  }
}

type Logged = Pick<Event, 'type' | 'subject' | 'data'>;

function loggedOf(happened: MoodEvent): Logged | null {
  switch (happened.kind) {
    case 'tap_answered':
      return { type: 'tap.answered', subject: 'tap', data: { outcome: happened.outcome } };
    case 'recovered':
      return { type: 'tests.recovered', subject: happened.workspace, data: {} };
    case 'pattern': {
      const { status, workspace, kind } = happened.finding;
      return status === 'active' ? { type: 'pattern.found', subject: workspace, data: { kind } } : null;
    }
    case 'outcome': {
      const outcome = happened.result === 'outside_contract' ? 'breach' : happened.result;
      const data = { recipe: happened.subject, outcome, verified: true, changedFiles: 1 };
      return { type: 'wheel.settled', subject: happened.subject, data };
    }
    case 'work':
      return workOf(happened.event);
  }
}

function workOf(event: WorkEvent): Logged | null {
  if (event.kind === 'commit' && event.own)
    return { type: 'scan.applied', subject: event.workspace, data: {} };
  return null;
}

/** Sensing of one folder, through the same rule as live; what it would write becomes events of the work. */
class ReplayedSense implements Sense {
  dueAt: number | null = null;
  readonly #workspace: string;
  readonly #sizes = new Map<string, number>();
  readonly #edited = new Map<string, number>();
  #state: ActivityState = idle;
  #spans = 0;

  constructor(workspace: string) {
    this.#workspace = workspace;
  }

  take(input: Sensed, now: number): WorkEvent[] {
    if (input.kind === 'changed')
      for (const { file, size } of input.files) if (size !== null) this.#sizes.set(file, size);
    const { state, effects, dueAt } = step(this.#state, signalOf(input), now, {
      workspace: this.#workspace,
      gapMs: MINUTE_MS,
      mint: () => `span_${++this.#spans}`,
      rules: STORM_RULES,
    });
    this.#state = state;
    this.dueAt = dueAt;
    const events = effects.flatMap((effect) => {
      if (effect.kind === 'row') return this.#eventsOf(effect.row, now);
      if (effect.kind === 'span' && effect.span.kind === 'file') return this.#editOf(effect.span, now);
      return [];
    });
    // The record counts test runs; who failed is known from the signal alone.
    if (input.kind === 'signal' && input.signal.kind === 'test')
      events.push({ ...this.#at(now), kind: 'test', passed: input.signal.passed, name: input.signal.name });
    return events;
  }

  #at(at: number) {
    return { at, workspace: this.#workspace };
  }

  /** The same file and branch are told of again after a minute at the soonest. */
  #editOf({ file, branch }: { file: string | null; branch: string | null }, now: number): WorkEvent[] {
    if (file === null) return [];
    const key = `${file}\n${branch}`;
    if (now - (this.#edited.get(key) ?? Number.NEGATIVE_INFINITY) < MINUTE_MS) return [];
    this.#edited.set(key, now);
    return [{ ...this.#at(now), kind: 'edit', file, branch, size: this.#sizes.get(file) ?? null }];
  }

  #eventsOf({ kind, file, branch, n }: RowDraft, now: number): WorkEvent[] {
    const at = this.#at(now);
    if (kind === 'switch' && file !== null) return [{ ...at, kind, file, ms: n }];
    if (kind === 'focus') return [{ ...at, kind, focused: n === 1 }];
    if (kind === 'debug') return [{ ...at, kind, active: n === 1 }];
    if (kind === 'errors') return [{ ...at, kind, count: n }];
    if (kind === 'branch') return [{ ...at, kind, branch }];
    return [];
  }
}

function signalOf(input: Sensed): ActivitySignal {
  switch (input.kind) {
    case 'signal':
      return { kind: 'editor', signal: input.signal };
    case 'changed':
      return { kind: 'files', changes: input.files.map(({ file }) => ({ path: file, type: 'update' })) };
    case 'branch':
      return { kind: 'branch', branch: input.branch };
    case 'tick':
      return { kind: 'tick' };
  }
}
