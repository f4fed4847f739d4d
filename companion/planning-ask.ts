import type { PlanWorld } from './agency/index.ts';
import { type Language, LanguageError } from './language/index.ts';
import type { PromptMessage } from './prompts/index.ts';
import { ProgenyError } from './protocol/index.ts';

const TIMEOUT_MS = 120_000;
/** What a reply is at least. Anything may stand in a step: what is not allowed is refused with its reason, not mended. */
export const STEPS_SCHEMA = {
  type: 'object',
  properties: {
    steps: {
      type: 'array',
      items: { type: 'object', properties: { tool: { type: 'string' } }, required: ['tool'] },
    },
  },
  required: ['steps'],
};
export const EDITS_SCHEMA = {
  type: 'object',
  properties: {
    edits: {
      type: 'array',
      items: {
        type: 'object',
        properties: { find: { type: 'string' }, replace: { type: 'string' } },
        required: ['find', 'replace'],
      },
    },
  },
  required: ['edits'],
};

export interface Asking {
  readonly language: Language;
  readonly onlyLocal: boolean;
  readonly world: PlanWorld;
}
/** What a model answers, as the schema has it. Throws `conflict` in words where it does not, `timeout`, or the signal's reason. */
export async function askFor(
  { language, onlyLocal, world }: Asking,
  messages: readonly PromptMessage[],
  schema: typeof STEPS_SCHEMA | typeof EDITS_SCHEMA,
): Promise<unknown> {
  try {
    const writing = language.generate({
      messages,
      schema,
      maxTokens: 4096,
      temperature: 0,
      workspace: world.root,
      onlyLocal,
      timeoutMs: TIMEOUT_MS,
      signal: world.signal,
    });
    let text = '';
    for (;;) {
      const next = await writing.next();
      if (next.done) return parsed(next.value.text || text, schema);
      text += next.value;
    }
  } catch (error) {
    world.signal.throwIfAborted();
    if (!(error instanceof LanguageError)) throw error;
    throw new ProgenyError(
      error.trouble === 'expired' ? 'timeout' : 'conflict',
      `No plan was made: ${error.message}`,
    );
  }
}

/** `generate` sees to the schema; what it does not see to is looked at again here. */
function parsed(text: string, schema: typeof STEPS_SCHEMA | typeof EDITS_SCHEMA): unknown {
  const bad = new ProgenyError(
    'conflict',
    'The model did not answer in the form that was asked for. Try again, or say it more exactly.',
  );
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw bad;
  }
  const field = schema.required[0]!;
  const list = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[field] : null;
  const isEdit = (each: Record<string, unknown>) =>
    typeof each.find === 'string' && typeof each.replace === 'string';
  const isRight =
    Array.isArray(list) &&
    list.every((each) => typeof each === 'object' && each !== null && (field === 'steps' || isEdit(each)));
  if (!isRight) throw bad;
  return value;
}
