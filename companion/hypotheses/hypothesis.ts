import type { Claim, EvidenceKind, EvidenceRef, GeneratorName } from './generator.ts';

/**
 * forming: two weeks bore it out, no week that it was not formed from yet. waiting: one did, so it may be reviewed.
 * confirmed and conditional: the user's Yes, and Yes except when. denied: the user's No. withdrawn: nothing is left of
 * it.
 */
export type HypothesisStatus = 'forming' | 'waiting' | 'confirmed' | 'denied' | 'conditional' | 'withdrawn';

/** A belief about the user, with what it rests on. */
export interface Hypothesis {
  readonly id: string;
  readonly generator: GeneratorName;
  readonly subject: string;
  /** The id of the folder it is about; null for the person. */
  readonly workspace: string | null;
  /** The kind of evidence that it was formed from and is tested by. */
  readonly kind: EvidenceKind;
  readonly claim: Claim;
  readonly sentence: string;
  readonly unit: string;
  readonly status: HypothesisStatus;
  /** 0-1. */
  readonly weight: number;
  /** Weeks since it was formed that bore it out. */
  readonly validations: number;
  /** When it does not hold, in the user's words. */
  readonly exceptWhen: string | null;
  readonly formedAt: number;
  readonly testedAt: number;
  readonly offeredAt: number | null;
  readonly answeredAt: number | null;
  /** When it was denied or withdrawn. */
  readonly endedAt: number | null;
  /** When it was taken up into what is learned; null where it is not. */
  readonly learnedAt: number | null;
}

/** How one week bore on a belief. */
export interface Evidence {
  readonly key: string;
  /** The time of the last event of that week. */
  readonly at: number;
  readonly kind: EvidenceKind;
  readonly supports: boolean;
  readonly hits: number;
  readonly of: number;
  readonly refs: readonly EvidenceRef[];
}

/** What the user said to a belief. `context` tells when it does not hold. */
export type Answer =
  | { readonly answer: 'confirm' }
  | { readonly answer: 'deny' }
  | { readonly answer: 'context'; readonly text: string };

/** It is still tested, and its weight moves. */
export function isLive({ status }: Pick<Hypothesis, 'status'>): boolean {
  return status !== 'denied' && status !== 'withdrawn';
}

/** The user said Yes to it, with or without an exception. */
export function isAffirmed({ status }: Pick<Hypothesis, 'status'>): boolean {
  return status === 'confirmed' || status === 'conditional';
}
