import type { Gate, Moment } from '../interruption/index.ts';
import type { Answer, Finding } from './parts.ts';

/** A tap that a replay showed. `outcome` null: the stream ended before its answer. */
export interface ReplayedTap {
  readonly at: number;
  readonly candidate: string;
  readonly subject: string;
  readonly window: string;
  readonly moment: Moment;
  readonly text: string;
  readonly why: string;
  readonly outcome: Answer | null;
  readonly responseMs: number | null;
}

/** A recorded decision to stay silent. */
export interface ReplayedSilence {
  readonly at: number;
  readonly candidate: string;
  readonly moment: Moment | 'none';
  readonly gate: Gate;
}

/** What a replay did. */
export interface ReplayReport {
  /** Of the first and the last line, in ms since the epoch; null for an empty stream. */
  readonly from: number | null;
  readonly until: number | null;
  readonly virtualDays: number;
  /** Lines taken in, and the events of the work that sensing made of them. */
  readonly inputs: number;
  readonly events: number;
  readonly taps: readonly ReplayedTap[];
  /** How often each gate kept something silent, at which moment, most first. */
  readonly silences: readonly {
    readonly gate: string;
    readonly moment: string;
    readonly words: string;
    readonly n: number;
  }[];
  readonly patterns: readonly (Finding & { readonly at: number })[];
  readonly mood: Readonly<Record<string, number | string>> | null;
  /** Each number that the taps of the stream adapted, in words. */
  readonly adapted: readonly string[];
  /** SHA-256 over all decisions with their times: equal for equal runs. */
  readonly digest: string;
}
