import { adapt, adaptedWords, decide, emptyPolicy, gateWords, nextWake } from './interruption/index.ts';
import type { PatternReader, ReplayParts, Sense, Sensed } from './replay/index.ts';
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
    patterns: noPatterns,
    mood: null,
  };
}

const noPatterns: PatternReader = { take: () => [], offer: () => null };

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
