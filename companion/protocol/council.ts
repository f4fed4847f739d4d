import { z } from 'zod';
import { answeredBy } from './language-models.ts';
import { tone } from './memory.ts';
import { evidence, id, time, workspacePath } from './primitives.ts';

export const archetype = z.enum(['creator', 'sage', 'guardian', 'weaver', 'trickster']);
export type Archetype = z.infer<typeof archetype>;

const share = z.number().min(0).max(1);
/** What a mask cares about; each 0-1. */
export const maskPriorities = z.strictObject({
  risk: share,
  effort: share,
  value: share,
  novelty: share,
  focus: share,
});
export type MaskPriorities = z.infer<typeof maskPriorities>;

/** How a mask's votes were borne out. The rate is the mean of Beta(2, 2) after hits and misses. */
export const trackRecord = z.strictObject({
  hits: z.number().int().nonnegative(),
  misses: z.number().int().nonnegative(),
  /** Votes whose outcome is not known yet. */
  waiting: z.number().int().nonnegative(),
  rate: share,
  /** What its votes count: clamp(2 rate, .5, 2). */
  weight: z.number(),
});
export type TrackRecord = z.infer<typeof trackRecord>;

/** An adviser: a persona with its own priorities, card and voting record. */
export const mask = z.strictObject({
  id,
  name: z.string().min(1).max(40),
  archetype,
  priorities: maskPriorities,
  /** How it speaks: one sentence. */
  voice: z.string().max(300),
  /** What it stands for: one or two sentences. */
  card: z.string().max(600),
  tone,
  /** `always`: Cal, Arty and Sage, who can neither be retired nor replaced. */
  birth: z.strictObject({
    from: z.enum(['always', 'whisper', 'template', 'fork']),
    /** The whisper or mask that it came from. */
    source: id.nullable(),
    at: time,
  }),
  status: z.enum(['active', 'retired']),
  /** The user marked it; its vote counts no more for it. */
  favourite: z.boolean(),
  record: trackRecord,
});
export type Mask = z.infer<typeof mask>;

/** A whisper for which no mask fits, and the mask that could be made of it; nothing is made without a Yes. */
export const maskOffer = z.strictObject({
  id,
  whisper: id,
  text: z.string(),
  /** The nearest mask that there is, and how near: 0-1, always below .3. */
  nearest: z.strictObject({ mask: id, name: z.string(), similarity: share }),
  suggested: z.strictObject({
    name: z.string(),
    archetype,
    priorities: maskPriorities,
    voice: z.string(),
    card: z.string(),
  }),
  at: time,
});
export type MaskOffer = z.infer<typeof maskOffer>;

export const proposalKind = z.enum(['loop_fate', 'action', 'hypothesis', 'blessing', 'question']);
export type ProposalKind = z.infer<typeof proposalKind>;

/** What was measured about the subject, as every voter saw it: its name, its value in words. */
export const measured = z.strictObject({ name: z.string(), value: z.number(), words: z.string() });

/** One voter's word in one round. */
export const ballot = z.strictObject({
  /** A mask's id, or an actor. */
  voter: z.string(),
  name: z.string(),
  archetype: archetype.nullable(),
  /** Null: it abstains. */
  choice: z.string().nullable(),
  /** How well the reason is borne out by the evidence, 0-1. */
  logic: share,
  /** The share of the voter's memories that are tied to the subject, 0-1. */
  stake: share,
  /** .7 logic + .3 stake. */
  score: share,
  /** From the track record at the time. */
  weight: z.number(),
  reason: z.string(),
  evidence: z.array(evidence),
  answeredBy,
});
export type Ballot = z.infer<typeof ballot>;

export const round = z.strictObject({
  number: z.number().int().min(1).max(2),
  at: time,
  ballots: z.array(ballot),
  /** What share of the cast votes each choice has; the greatest first. */
  shares: z.array(z.strictObject({ choice: z.string(), share })),
  cast: z.number().int().nonnegative(),
  quorum: z.number().int().positive(),
  outcome: z.enum(['decided', 'contested', 'no_quorum', 'expired']),
  choice: z.string().nullable(),
});
export type Round = z.infer<typeof round>;

/** A question before the council, with all that was said to it. */
export const proposal = z.strictObject({
  id,
  kind: proposalKind,
  workspace: workspacePath.nullable(),
  /** The loop or hypothesis that it is about; null for a free question. */
  subject: id.nullable(),
  question: z.string(),
  options: z.array(z.string()),
  measured: z.array(measured),
  evidence: z.array(
    z.strictObject({ text: z.string(), evidence: evidence.nullable(), memory: id.nullable() }),
  ),
  /** The guild that votes; null: all active masks. */
  guild: id.nullable(),
  at: time,
  deadline: time,
  /** One, or two where a correction round was held. */
  rounds: z.array(round),
  /** That of the last round. */
  outcome: round.shape.outcome,
  choice: z.string().nullable(),
  /** The user's word, which is the last one. */
  decision: z
    .strictObject({ choice: z.string(), overruled: z.boolean(), reason: z.string(), at: time })
    .nullable(),
  /** How it came out, once that was observed. */
  observed: z.strictObject({ words: z.string(), right: z.array(z.string()), at: time }).nullable(),
});
export type Proposal = z.infer<typeof proposal>;

export const councilAskInput = z.strictObject({
  question: z.string().trim().min(1).max(1000),
  options: z.array(z.string().trim().min(1).max(200)).min(2).max(7),
  workspace: workspacePath.optional(),
  guild: id.optional(),
  /** One more round in which each sees the others' arguments without their names. */
  correction: z.boolean().default(false),
});
export const councilFateInput = z.strictObject({
  loop: id,
  guild: id.optional(),
  correction: z.boolean().default(false),
});
export const councilListInput = z.strictObject({
  workspace: workspacePath.optional(),
  subject: id.optional(),
  limit: z.number().int().min(1).max(1000).default(50),
});
export const councilDecideInput = z.strictObject({
  id,
  choice: z.string().min(1).max(200),
  /** Must be given where the choice is not the council's. */
  reason: z.string().trim().max(1000).default(''),
});

export const maskSpawnInput = z.strictObject({
  offer: id,
  /** What the user would have otherwise than suggested. */
  name: z.string().trim().min(1).max(40).optional(),
  archetype: archetype.optional(),
});
export const maskForkInput = z.strictObject({
  id,
  name: z.string().trim().min(1).max(40),
  priorities: maskPriorities,
});

/** A panel of masks and people that share loops. */
export const guild = z.strictObject({
  id,
  name: z.string().min(1).max(60),
  members: z.array(
    z.strictObject({ member: z.string(), name: z.string(), role: z.enum(['lead', 'voter', 'observer']) }),
  ),
  loops: z.array(id),
  tone: tone.nullable(),
  /** The share of its rounds in which its members agreed with what was decided; null before the first. */
  agreement: share.nullable(),
  /** Whether it may bless: its members' records say so. */
  blesses: z.boolean(),
  status: z.enum(['active', 'dissolved']),
  createdAt: time,
});
export type Guild = z.infer<typeof guild>;

export const guildCreateInput = z.strictObject({
  name: z.string().trim().min(1).max(60),
  /** Ids of masks, or `creator`. */
  members: z.array(z.string().min(1).max(64)).min(2).max(12),
});
export const guildUpdateInput = z.strictObject({
  id,
  name: z.string().trim().min(1).max(60).optional(),
  add: z.array(z.string().min(1).max(64)).max(12).default([]),
  remove: z.array(z.string().min(1).max(64)).max(12).default([]),
  role: z.strictObject({ member: z.string(), role: z.enum(['lead', 'voter', 'observer']) }).optional(),
  share: z.array(id).max(200).default([]),
  unshare: z.array(id).max(200).default([]),
  tone: tone.nullable().optional(),
  status: z.enum(['active', 'dissolved']).optional(),
});
