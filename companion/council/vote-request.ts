import { councilVotePrompt, type PromptMessage } from '../prompts/index.ts';
import type { Mask } from '../protocol/index.ts';
import type { Case } from './case.ts';
import type { Argument } from './opinions.ts';

/** What a model is asked for a mask's vote. `key` belongs into no answer. */
export interface VoteRequest {
  readonly messages: readonly PromptMessage[];
  readonly key: string;
  readonly schema: Readonly<Record<string, unknown>>;
}

/** The words with which a mask is asked. `others`: in the correction round their arguments, without names. Pure. */
export function voteRequest(
  { name, card, voice }: Pick<Mask, 'name' | 'card' | 'voice'>,
  { question, options, measured, evidence }: Case,
  others: readonly Argument[],
): VoteRequest {
  const filled = councilVotePrompt.fill({
    name: name.replace(/\s+/g, ' '),
    card,
    voice,
    question: quoted(question),
    options: list(options.map((option) => `- ${quoted(option)}`)),
    measured: list(measured.map(({ words }) => `- ${quoted(words)}`)),
    evidence: list(evidence.map(({ text }, i) => `[${i + 1}] ${quoted(text)}`)),
    others: others
      .map(({ choice, reason }) => `Another adviser: ${quoted(choice ?? 'abstain')}, since ${quoted(reason)}`)
      .join('\n'),
  });
  return { ...filled, schema: schemaOf(options) };
}

function schemaOf(options: readonly string[]): VoteRequest['schema'] {
  return {
    type: 'object',
    additionalProperties: false,
    required: ['choice', 'reason', 'evidence'],
    properties: {
      choice: { enum: [...options, 'abstain'] },
      reason: { type: 'string', maxLength: 400 },
      evidence: { type: 'array', items: { type: 'integer', minimum: 1 }, maxItems: 8 },
    },
  };
}

function list(lines: readonly string[]): string {
  return lines.length === 0 ? '(none)' : lines.join('\n');
}

/** As a JSON string, on one line, so that no text passes for another piece of evidence. */
function quoted(text: string): string {
  return JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}
