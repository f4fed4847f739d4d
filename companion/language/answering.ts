import type { Clock } from '../kernel/index.ts';
import type { Settings } from '../protocol/index.ts';
import { type ProviderEnd, ProviderError } from './provider.ts';
import type { Run } from './run.ts';
import type { Chosen, Standing } from './standing.ts';
import { checkReply, tryAgain, withSchema } from './structured.ts';
import { type Generation, LanguageError, type Message, type Written } from './types.ts';
import { writeOnce } from './writing.ts';

export interface Answering {
  readonly standing: Standing;
  readonly chosen: Chosen;
  readonly run: Run;
  readonly clock: Clock;
  readonly rules: Settings['language'];
}

/** No text has more bytes a token; it only keeps out what is far too long. Providers count for themselves. */
const BYTES_A_TOKEN = 6;

/**
 * Lets one provider answer: free text piece by piece, JSON of a schema whole, checked, with one more try. Throws
 * `ProviderError`, `LanguageError` and the reason of the run's signal.
 */
export async function* writeAnswer(
  generation: Generation,
  answering: Answering,
): AsyncGenerator<string, Written, void> {
  const { schema, messages } = generation;
  assertFits(messages, answering);
  const { text, end } = yield* schema
    ? writeJson(generation, schema, answering)
    : writeText(generation, messages, null, answering);
  const { standing, chosen } = answering;
  standing.succeeded();
  return {
    text,
    finish: end.finish,
    tokens: end.tokens ?? 0,
    answeredBy: { provider: chosen.provider, model: end.model ?? chosen.model },
  };
}

interface Text {
  readonly text: string;
  readonly end: ProviderEnd;
}

async function* writeText(
  generation: Generation,
  messages: readonly Message[],
  schema: Generation['schema'] | null,
  { standing, chosen, run, clock, rules }: Answering,
): AsyncGenerator<string, Text, void> {
  const stream = writeOnce({
    standing,
    model: chosen.model,
    run,
    messages,
    schema: schema ?? null,
    clock,
    stallMs: rules.stallSeconds * 1000,
    permitted: () => chosen.local || standing.modelFor(generation)?.model === chosen.model,
  });
  let text = '';
  try {
    for (;;) {
      const next = await stream.next();
      if (next.done) return { text, end: next.value };
      run.stage = 'writing';
      // What goes to be checked first can be begun again.
      if (!schema) run.pieces++;
      text += next.value;
      yield next.value;
    }
  } finally {
    // Whoever asked may have left in the middle.
    await stream.return({ finish: 'stop', tokens: null });
  }
}

async function* writeJson(
  generation: Generation,
  schema: NonNullable<Generation['schema']>,
  answering: Answering,
): AsyncGenerator<string, Text, void> {
  const { run, chosen, standing } = answering;
  let messages = withSchema(generation.messages, schema);
  for (let again = false; ; again = true) {
    const stream = writeText(generation, messages, schema, answering);
    let next = await stream.next();
    while (!next.done) next = await stream.next();
    const { text, end } = next.value;
    const reply = checkReply(text, schema);
    if (reply.ok) {
      run.pieces++;
      yield reply.json;
      return { text: reply.json, end };
    }
    if (again) {
      // It works; it is only not up to this.
      standing.succeeded();
      throw new LanguageError(
        'bad_reply',
        `${chosen.model} did not keep to the form that was asked for: ${reply.problem}.`,
      );
    }
    messages = tryAgain(messages, text, reply.problem);
  }
}

function assertFits(messages: readonly Message[], { run, rules }: Answering): void {
  const bytes = messages.reduce((sum, { content }) => sum + Buffer.byteLength(content), 0);
  if (bytes / BYTES_A_TOKEN + run.maxTokens <= rules.contextTokens) return;
  throw new ProviderError(
    'refused',
    `The question with its sources is too long: ${bytes} bytes, for a model that gets ${rules.contextTokens} tokens for question and answer (\`language.contextTokens\`).`,
  );
}
