import { broken, request } from './http.ts';
import { eventsOf, linesOf, objectIn } from './lines.ts';
import { base, isLoopback, isSafe } from './loopback.ts';
import {
  type Model,
  type Probed,
  type Prompt,
  type Provider,
  type ProviderEnd,
  ProviderError,
} from './provider.ts';

export interface OpenAiOptions {
  kind: 'openai' | 'remote';
  /** Up to the part before `/chat/completions`; empty for none. */
  url(): string;
  /** The model that was named; empty for none. */
  model(): string;
  /** Null where none is needed. Throws `ProviderError` where it cannot be read. */
  key(): string | null;
}

interface Choice {
  readonly delta?: { readonly content?: string | null };
  readonly message?: { readonly content?: string | null };
  readonly finish_reason?: string | null;
}

const TITLES = { openai: 'The local server', remote: 'The model elsewhere' } as const;
const NOT_FOR_CHAT = /embed|rerank|whisper|tts|moderation|bge-|minilm/i;

/** A server that speaks OpenAI's interface: on this machine, or behind the door `remote`. */
export class OpenAiProvider implements Provider {
  readonly kind: 'openai' | 'remote';
  readonly title: string;
  readonly width: number;
  readonly #options: OpenAiOptions;
  /** It was asked for a schema and refused; by address. */
  readonly #loose = new Set<string>();

  constructor(options: OpenAiOptions) {
    this.#options = options;
    this.kind = options.kind;
    this.title = TITLES[options.kind];
    this.width = options.kind === 'openai' ? 1 : 4;
  }

  async probe(signal: AbortSignal): Promise<Probed> {
    const url = base(this.#options.url());
    if (url === '') return { state: 'off', words: 'No address is set.' };
    const structured = !this.#loose.has(url);
    if (this.kind === 'remote') return this.#remote(url, structured);
    if (!isLoopback(url))
      return {
        state: 'off',
        words: `\`language.openaiUrl\` is ${url}; expected an address of this machine. A model elsewhere is set with \`language.remoteUrl\`.`,
      };
    const response = await request(this.title, `${url}/models`, { headers: this.#headers(), signal });
    const body = objectIn(this.title, await response.text());
    const list = Array.isArray(body.data) ? (body.data as { id?: unknown }[]) : [];
    const models = list.flatMap(({ id }) => (typeof id === 'string' ? [modelOf(id)] : []));
    if (models.length > 0) return { state: 'ready', models, structured };
    return { state: 'no_model', words: `The server at ${url} runs and has no model. Load one there.` };
  }

  async *generate(prompt: Prompt): AsyncGenerator<string, ProviderEnd, void> {
    const stop = new AbortController();
    const signal = AbortSignal.any([prompt.signal, stop.signal]);
    try {
      const response = await this.#ask(prompt, signal);
      const streams = response.headers.get('content-type')?.includes('event-stream');
      if (!streams || !response.body) return yield* this.#whole(await response.text());
      let end: ProviderEnd['finish'] | null = null;
      let tokens: number | null = null;
      for await (const data of eventsOf(linesOf(response.body))) {
        if (data === '[DONE]') return { finish: end ?? 'stop', tokens };
        const { error, choices, usage } = objectIn(this.title, data);
        if (error) throw new ProviderError('interrupted', `${this.title} broke off: ${wordsOf(error)}.`);
        const [choice] = (Array.isArray(choices) ? choices : []) as Choice[];
        if (choice?.delta?.content) yield choice.delta.content;
        if (choice?.finish_reason) end = finishOf(choice.finish_reason);
        tokens = countOf(usage) ?? tokens;
      }
      if (end) return { finish: end, tokens };
      throw new ProviderError('interrupted', `${this.title} broke off: its stream ended too soon.`);
    } catch (error) {
      throw broken(this.title, error, prompt.signal);
    } finally {
      stop.abort();
    }
  }

  /** It is not looked at without a question: nothing goes there unasked. */
  #remote(url: string, structured: boolean): Probed {
    if (!isSafe(url))
      return {
        state: 'off',
        words: `\`language.remoteUrl\` is ${url}; expected one that begins with https://.`,
      };
    const model = this.#options.model();
    if (model === '') return { state: 'no_model', words: 'Say which model with `language.remoteModel`.' };
    this.#headers();
    return { state: 'ready', models: [{ ...modelOf(model), local: false }], structured };
  }

  async #ask(prompt: Prompt, signal: AbortSignal): Promise<Response> {
    const url = base(this.#options.url());
    const post = (schema: Prompt['schema']) =>
      request(this.title, `${url}/chat/completions`, {
        method: 'POST',
        headers: { ...this.#headers(), 'content-type': 'application/json' },
        body: JSON.stringify({
          model: prompt.model,
          messages: prompt.messages,
          stream: true,
          stream_options: { include_usage: true },
          max_tokens: prompt.maxTokens,
          temperature: prompt.temperature,
          ...(schema && {
            response_format: { type: 'json_schema', json_schema: { name: 'reply', schema, strict: true } },
          }),
        }),
        signal,
      });
    if (!prompt.schema || this.#loose.has(url)) return post(null);
    return post(prompt.schema).catch((error: unknown) => {
      if (!(error instanceof ProviderError && error.fault === 'refused')) throw error;
      this.#loose.add(url);
      return post(null);
    });
  }

  /** Some servers answer in one piece, whatever they were asked. */
  *#whole(body: string): Generator<string, ProviderEnd, void> {
    const { choices, usage } = objectIn(this.title, body);
    const [choice] = (Array.isArray(choices) ? choices : []) as Choice[];
    const text = choice?.message?.content;
    if (typeof text !== 'string')
      throw new ProviderError('bad_reply', `${this.title} sent an answer without a message.`);
    yield text;
    return { finish: finishOf(choice?.finish_reason), tokens: countOf(usage) };
  }

  #headers(): Record<string, string> {
    const key = this.#options.key();
    return key === null ? {} : { authorization: `Bearer ${key}` };
  }
}

function modelOf(name: string): Model {
  return { name, local: true, chats: !NOT_FOR_CHAT.test(name), bytes: null };
}

function finishOf(reason: string | null | undefined): ProviderEnd['finish'] {
  return reason === 'length' ? 'length' : 'stop';
}

function countOf(usage: unknown): number | null {
  const n = (usage as { completion_tokens?: unknown } | null | undefined)?.completion_tokens;
  return typeof n === 'number' ? n : null;
}

function wordsOf(error: unknown): string {
  const message = (error as { message?: unknown }).message ?? error;
  return String(message).slice(0, 300);
}
