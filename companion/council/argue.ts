import { clip } from '../kernel/index.ts';
import type { Generation, Language } from '../language/index.ts';
import type { Mask } from '../protocol/index.ts';
import type { Case, Opinion } from './case.ts';
import { type Argument, corrected, opinionOf, supportFor } from './opinions.ts';
import { voteRequest } from './vote-request.ts';

/** Who writes, where, and for how long. */
export interface Speech {
  readonly language: Pick<Language, 'chosen' | 'generate'>;
  readonly workspace: string | null;
  readonly onlyLocal: boolean;
  readonly signal?: AbortSignal | undefined;
  /** How many are asked at once: a model on this machine takes them one after the other. */
  readonly voters: number;
}

const MOST_TOKENS = 300;
const TIMEOUT_MS = 45_000;
/** Two rounds of this stay below the deadline of a question. */
const LONGEST_TIMEOUT_MS = 270_000;
const LONGEST_REASON = 400;
/** A reason of a model counts for what it cites, and for what was measured. */
const CITED = 0.4;

/**
 * A mask's vote in its own voice, where a model is there for it; else, and where the model's answer is of no use, by
 * rules. `answeredBy` says which. `others`: their arguments, in the correction round. Rejects only with the reason of
 * the signal.
 */
export async function argue(
  mask: Mask,
  matter: Case,
  speech: Speech | null,
  others: readonly Argument[] | null,
  before: Opinion | null,
): Promise<Opinion> {
  const byRules = opinionOf(mask, matter);
  const fallback = others ? corrected(before ?? byRules, others) : byRules;
  if (!speech?.language.chosen(speech)) return fallback;
  try {
    return (await spoken(mask, matter, speech, others ?? [], byRules)) ?? fallback;
  } catch {
    speech.signal?.throwIfAborted();
    return fallback;
  }
}

async function spoken(
  mask: Mask,
  matter: Case,
  { language, workspace, onlyLocal, signal, voters }: Speech,
  others: readonly Argument[],
  byRules: Opinion,
): Promise<Opinion | null> {
  const { messages, schema, key } = voteRequest(mask, matter, others);
  const generation: Generation = {
    messages,
    schema,
    maxTokens: MOST_TOKENS,
    timeoutMs: Math.min(LONGEST_TIMEOUT_MS, TIMEOUT_MS * voters),
    workspace,
    onlyLocal,
    ...(signal && { signal }),
  };
  const writing = language.generate(generation);
  let step = await writing.next();
  while (!step.done) step = await writing.next();
  const { text, answeredBy } = step.value;
  const said = text.toLowerCase().includes(key) ? null : readVote(text, matter);
  if (!said) return null;
  const { choice, reason, cites, claimed } = said;
  if (choice === null) return { choice, logic: 0, reason, cites: [], answeredBy };
  const borne = claimed === 0 ? 0 : cites.length / claimed;
  const logic = CITED * borne + (1 - CITED) * supportFor(choice, byRules);
  return { choice, logic, reason, cites, answeredBy };
}

/** What a model's text says; null where it is not what was asked for. Invented numbers of evidence do not count. Pure. */
export function readVote(
  text: string,
  { options, evidence }: Pick<Case, 'options' | 'evidence'>,
): { choice: string | null; reason: string; cites: number[]; claimed: number } | null {
  const json = /\{[\s\S]*\}/.exec(text)?.[0];
  if (json === undefined) return null;
  let said: unknown;
  try {
    said = JSON.parse(json);
  } catch {
    return null;
  }
  const { choice, reason, evidence: given } = said as Record<string, unknown>;
  if (typeof choice !== 'string' || typeof reason !== 'string') return null;
  const chosen = options.find((option) => option.toLowerCase() === choice.trim().toLowerCase());
  if (chosen === undefined && choice.trim().toLowerCase() !== 'abstain') return null;
  const plain = reason
    .replace(/[\p{Cc}`*#<>[\]]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (plain === '') return null;
  const claims = Array.isArray(given) ? [...new Set(given)] : [];
  const cites = claims.filter(
    (n): n is number => Number.isInteger(n) && (n as number) >= 1 && (n as number) <= evidence.length,
  );
  return { choice: chosen ?? null, reason: clip(plain, LONGEST_REASON), cites, claimed: claims.length };
}
