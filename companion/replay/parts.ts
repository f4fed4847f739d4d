import type { Candidate, decide, Gate, Moment, nextWake, PolicyState, Rules } from '../interruption/index.ts';
import type { EditorSignal, Settings } from '../protocol/index.ts';
import type { WorkEvent } from '../timeline/index.ts';

/** What the editor and the disk of one folder tell. */
export type Sensed =
  | { readonly kind: 'signal'; readonly signal: EditorSignal }
  | { readonly kind: 'changed'; readonly files: readonly { file: string; size: number | null }[] }
  | { readonly kind: 'branch'; readonly branch: string | null }
  /** Time has passed. */
  | { readonly kind: 'tick' };

/** The sensing of one folder: raw input to events of the work. */
export interface Sense {
  take(input: Sensed, now: number): readonly WorkEvent[];
  /** When it wants a tick; null while nothing waits. */
  readonly dueAt: number | null;
}

/** A pattern that began, or that is over. */
export interface Finding {
  readonly kind: string;
  readonly workspace: string;
  readonly subject: string;
  readonly status: 'active' | 'resolved';
  /** What it rests on, in words. */
  readonly why: string;
}

/** What an event, or time, brought to light. */
export interface Seen {
  readonly findings: readonly Finding[];
  /** Folders in which a test is green for the first time after it was red. */
  readonly recovered: readonly string[];
}

/** Reads patterns from events of the work, one after the other. */
export interface PatternReader {
  /** "tick": time has passed. */
  take(input: WorkEvent | 'tick', now: number, rules: Rules): Seen;
  /** What a pattern gives to tell, if anything. */
  offer(finding: Finding, now: number): Candidate | null;
}

/** What may move a mood. */
export type MoodEvent =
  | { readonly kind: 'work'; readonly event: WorkEvent }
  | { readonly kind: 'pattern'; readonly finding: Finding }
  /** A test of a folder is green for the first time after it was red. */
  | { readonly kind: 'recovered'; readonly workspace: string }
  | { readonly kind: 'tap_answered'; readonly outcome: Answer }
  | {
      readonly kind: 'outcome';
      readonly subject: string;
      readonly result: 'success' | 'failure' | 'undone' | 'outside_contract';
    };

export type Answer = 'engaged' | 'dismissed' | 'ignored';

/** The limbic state, moved by what happens and by time. */
export interface Mood {
  take(event: MoodEvent, now: number, rules: Rules): void;
  /** The settings as they hold in this mood; never louder, and the very same where it changes nothing. */
  quieten(settings: Settings, now: number): Settings;
  /** As it stands at an instant; reading changes nothing. */
  at(now: number): Readonly<Record<string, number | string>>;
}

/** A tap that is over, as adaptation reads it. */
export interface PastTap {
  readonly at: number;
  readonly moment: Moment;
  readonly outcome: Answer;
}

/** The rules in force after what was learned from past taps, and each number that differs, in words. */
export interface Adapted {
  readonly rules: Pick<Rules, 'settings' | 'waits'>;
  readonly reasons: readonly string[];
}

/** The rooms that a replay runs through, as pure functions or small readers. Composed outside. */
export interface ReplayParts {
  readonly policy: {
    readonly start: PolicyState;
    readonly decide: typeof decide;
    readonly nextWake: typeof nextWake;
    readonly gateWords: (gate: Gate) => string;
  };
  readonly adapt: (settings: Settings, past: readonly PastTap[], now: number) => Adapted;
  /** A new one for each folder. */
  readonly sense: (workspace: string) => Sense;
  readonly patterns: PatternReader;
  readonly mood: Mood | null;
}
