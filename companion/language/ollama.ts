import { type ModelResponse, Ollama } from 'ollama/browser';
import { broken, request } from './http.ts';
import { linesOf, objectIn } from './lines.ts';
import { base, isLoopback } from './loopback.ts';
import type { Model, Probed, Prompt, Provider, ProviderEnd } from './provider.ts';

export interface OllamaOptions {
  url(): string;
  contextTokens(): number;
}

/** What newer servers tell of a model beside what the package knows. */
interface Told extends ModelResponse {
  readonly remote_host?: string;
  readonly remote_model?: string;
  readonly capabilities?: readonly string[];
}

const WHO = 'Ollama';
const NOT_FOR_CHAT = /embed|bge-|minilm|rerank|nomic/i;

/** The local Ollama server. */
export class OllamaProvider implements Provider {
  readonly kind = 'ollama';
  readonly title = WHO;
  readonly width = 1;
  readonly #options: OllamaOptions;
  /** By digest: what a model can do does not change. */
  readonly #thinks = new Map<string, boolean>();
  #digests: ReadonlyMap<string, string> = new Map();

  constructor(options: OllamaOptions) {
    this.#options = options;
  }

  async probe(signal: AbortSignal): Promise<Probed> {
    const url = this.#options.url();
    if (!isLoopback(url))
      return {
        state: 'off',
        words: `\`language.ollamaUrl\` is ${url}; expected an address of this machine. A model elsewhere is set with \`language.remoteUrl\`.`,
      };
    const { models } = await this.#client(signal)
      .list()
      .catch((error: unknown) => {
        throw broken(WHO, error, signal);
      });
    if (!Array.isArray(models) || models.length === 0)
      return {
        state: 'no_model',
        words: 'Ollama runs and has no model. `ollama pull` fetches one, such as `ollama pull llama3.2`.',
      };
    const told = models as Told[];
    this.#digests = new Map(told.map(({ name, digest }) => [name, digest]));
    return { state: 'ready', models: told.map(modelOf), structured: true };
  }

  async *generate(prompt: Prompt): AsyncGenerator<string, ProviderEnd, void> {
    const stop = new AbortController();
    const signal = AbortSignal.any([prompt.signal, stop.signal]);
    const client = this.#client(signal);
    try {
      const stream = await client.chat({
        model: prompt.model,
        messages: prompt.messages.map((message) => ({ ...message })),
        stream: true,
        ...(prompt.schema && { format: prompt.schema }),
        // A model that thinks aloud would spend the budget on it.
        ...((await this.#canThink(client, prompt.model)) && { think: false }),
        options: {
          num_predict: prompt.maxTokens,
          temperature: prompt.temperature,
          num_ctx: this.#options.contextTokens(),
        },
      });
      for await (const part of stream) {
        if (part.message?.content) yield part.message.content;
        if (part.done)
          return {
            finish: part.done_reason === 'length' ? 'length' : 'stop',
            tokens: part.eval_count ?? null,
          };
      }
    } catch (error) {
      throw broken(WHO, error, prompt.signal);
    } finally {
      // The package does not close a stream that is left early; without this the server would write on.
      stop.abort();
    }
    throw broken(WHO, new Error('its stream ended too soon'), prompt.signal);
  }

  async #canThink(client: Ollama, model: string): Promise<boolean> {
    const digest = this.#digests.get(model);
    if (digest === undefined) return false;
    const known = this.#thinks.get(digest);
    if (known !== undefined) return known;
    const { capabilities } = await client.show({ model });
    const thinks = capabilities?.includes('thinking') ?? false;
    this.#thinks.set(digest, thinks);
    return thinks;
  }

  #client(signal: AbortSignal): Ollama {
    return new Ollama({
      host: base(this.#options.url()),
      fetch: async (input, init) => {
        const both = init?.signal ? AbortSignal.any([signal, init.signal]) : signal;
        const response = await request(WHO, String(input), { ...init, signal: both });
        const streams = response.headers.get('content-type')?.includes('x-ndjson');
        return streams && response.body ? new Response(checked(response.body)) : response;
      },
    });
  }
}

/** Whether Ollama would hand the question on to a machine elsewhere. Pure. */
export function isCloud({
  name,
  remote_host: host,
}: {
  name: string;
  remote_host?: string | undefined;
}): boolean {
  return Boolean(host) || /[-:]cloud$/i.test(name);
}

function modelOf(told: Told): Model {
  const { name, size, details, capabilities } = told;
  const cloud = isCloud(told);
  const chats = capabilities
    ? capabilities.includes('completion')
    : !NOT_FOR_CHAT.test(`${name} ${details?.family}`);
  return { name, local: !cloud, chats, bytes: cloud ? null : (size ?? null) };
}

/** The package passes over lines that it cannot read and prints them; a reply with such a line has to end. */
function checked(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return ReadableStream.from(
    (async function* () {
      for await (const line of linesOf(body)) {
        if (line === '') continue;
        objectIn(WHO, line);
        yield encoder.encode(`${line}\n`);
      }
    })(),
  );
}
