import type { Week } from './weeks.ts';

/** What finds habits; each name is the first part of the keys of its hypotheses. */
export type GeneratorName =
  | 'rhythm'
  | 'peak_hours'
  | 'test_order'
  | 'commit_size'
  | 'branch_habit'
  | 'files_together';

/** What evidence is made of. A belief that was denied comes back only with evidence of another kind. */
export type EvidenceKind = 'editing' | 'presence' | 'commits' | 'branches';

/** What a piece of evidence points to: a moment of work. */
export interface EvidenceRef {
  readonly at: number;
  readonly workspace: string;
  readonly commit?: string;
  readonly files?: readonly string[];
}

/** What is claimed about the user, so exactly that a later week can be tested against it. Kept as JSON. */
export type Claim = Readonly<Record<string, string | number | readonly number[]>>;

/** A claim that past weeks bear out. */
export interface Proposal<C extends Claim = Claim> {
  /** Which habit it is about, whatever its value: `start`, a pair of files. */
  readonly subject: string;
  /** The folder it is about; null for the person. */
  readonly workspace: string | null;
  readonly claim: C;
  /** One sentence without numbers of evidence. */
  readonly sentence: string;
  /** What is counted, in the plural: "working days". */
  readonly unit: string;
}

/** How one week bears on a claim. */
export interface Judgement {
  readonly supports: boolean;
  /** So many units went as claimed, */
  readonly hits: number;
  /** of so many. */
  readonly of: number;
  readonly refs: readonly EvidenceRef[];
}

/** Finds one sort of habit in weeks of work, without a model. Pure. */
export interface Generator<C extends Claim = Claim> {
  readonly name: GeneratorName;
  /** The kinds of evidence it can read, the most telling first. */
  readonly kinds: readonly EvidenceKind[];
  /** What these weeks bear out; null where there is too little of this kind to say anything. */
  propose(weeks: readonly Week[], kind: EvidenceKind): readonly Proposal<C>[] | null;
  /** How a week bears on a claim; null where it says nothing either way. */
  judge(proposal: Pick<Proposal<C>, 'claim' | 'workspace'>, week: Week, kind: EvidenceKind): Judgement | null;
  /** Whether two claims with the same subject say the same to a person. */
  same(a: C, b: C): boolean;
}

/** What a belief is about, whatever it claims: by this it is known after it was forgotten. */
export function subjectKey(
  generator: string,
  { workspace, subject }: Pick<Proposal, 'workspace' | 'subject'>,
): string {
  return `hypothesis ${generator} ${workspace ?? ''} ${subject}`;
}

/** A later source of observations that a language model stands behind; same inputs, same tests, same bounds. */
export interface ModelGenerator {
  readonly name: string;
  propose(weeks: readonly Week[], signal: AbortSignal): Promise<readonly Proposal[]>;
}

/** So many pieces of evidence are named for each week. */
const NAMED = 5;

/** At most five of `refs`, spread over all of them. */
export function someOf(refs: readonly EvidenceRef[]): EvidenceRef[] {
  if (refs.length <= NAMED) return [...refs];
  return Array.from({ length: NAMED }, (_, i) => refs[Math.floor((i * refs.length) / NAMED)]!);
}

/** A week in which at least `supports` of the units went as claimed speaks for it, at most `contradicts` against. */
export function verdict(
  hits: number,
  of: number,
  { least, supports, contradicts }: { least: number; supports: number; contradicts: number },
  refs: readonly EvidenceRef[],
): Judgement | null {
  if (of < least) return null;
  const share = hits / of;
  if (share < supports && share > contradicts) return null;
  return { supports: share >= supports, hits, of, refs: someOf(refs) };
}
