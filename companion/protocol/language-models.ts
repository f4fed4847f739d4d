import { z } from 'zod';
import { mustBe, time } from './primitives.ts';

/**
 * What can write text. `ollama`: the local server; `openai`: a local server that speaks OpenAI's interface (LM Studio,
 * llama.cpp, vLLM); `embedded`: a GGUF file in a process of our own; `editor`: the editor's models, through a client;
 * `remote`: the same interface on another machine. The last two lead off this machine: each is a door of a folder.
 */
export const providerKind = z.enum(['ollama', 'openai', 'embedded', 'editor', 'remote']);
export type ProviderKind = z.infer<typeof providerKind>;

/** Which model answered; null where none did and the answer was put together by rules. */
export const answeredBy = z.strictObject({ provider: providerKind, model: z.string().max(500) }).nullable();
export type AnsweredBy = z.infer<typeof answeredBy>;

export const providerState = z.strictObject({
  provider: providerKind,
  /** `off`: not configured, or its door is closed. `paused`: it failed in a row and is tried again at `retryAt`. */
  state: z.enum(['off', 'ready', 'unreachable', 'no_model', 'paused']),
  /** What is amiss and what to do, or which model is used; one sentence. */
  words: z.string(),
  model: z.string().nullable(),
  /** What the provider has, most suitable first. */
  models: z.array(z.string()),
  /** It can keep to a JSON schema. */
  structured: z.boolean(),
  /** Whether text leaves this machine when it is asked. */
  local: z.boolean(),
  checkedAt: time.nullable(),
  retryAt: time.nullable(),
});
export type ProviderState = z.infer<typeof providerState>;

export const languageState = z.strictObject({
  /** In the order in which they are tried. */
  providers: z.array(providerState),
  /** The one that a question would go to now; null: answers come from rules alone. */
  current: answeredBy,
});
export type LanguageState = z.infer<typeof languageState>;

/** Where a GGUF file is fetched from. Only on a person's word; nothing is ever fetched otherwise. */
export const languageFetchInput = z.strictObject({
  url: z
    .url({
      protocol: /^https?$/,
      error: ({ input }) => mustBe('an address such as https://host/model.gguf', input),
    })
    .max(4096),
  /** The file must have it; 64 hexadecimal digits. */
  sha256: z.string().regex(/^[0-9a-fA-F]{64}$/, {
    error: ({ input }) => mustBe('a sha256 of 64 hexadecimal digits', input),
  }),
});

/** What the companion asks a client to write with the editor's own model; the client's answer streams back in parts. */
export const editorGenerateInput = z.strictObject({
  /** To tell parts and cancellation by. */
  generation: z.string().max(64),
  messages: z.array(z.strictObject({ role: z.enum(['system', 'user', 'assistant']), content: z.string() })),
  maxTokens: z.number().int().positive(),
});
export type EditorGenerateInput = z.infer<typeof editorGenerateInput>;

/** How a client ends it: which model wrote, and whether it came to its end. */
export const editorGenerateAnswer = z.object({
  model: z.string().min(1).max(500).default('editor'),
  finish: z.enum(['stop', 'length']).default('stop'),
});
export type EditorGenerateAnswer = z.input<typeof editorGenerateAnswer>;
