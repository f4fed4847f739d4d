import { Doorbell } from '../kernel/index.ts';
import { type EditorGenerateInput, editorGenerateAnswer, ProgenyError } from '../protocol/index.ts';
import { type Probed, type Prompt, type Provider, type ProviderEnd, ProviderError } from './provider.ts';

/** A connected client that can let the editor's models write. */
export interface EditorClient {
  readonly id: string;
  /** Resolves when all is written; rejects when the client goes away or `signal` aborts. */
  ask(capability: 'generate', input: EditorGenerateInput, signal: AbortSignal): Promise<unknown>;
}

export interface EditorOptions {
  /** Those that declared the capability. */
  clients(): readonly EditorClient[];
}

interface Inbox {
  readonly client: string;
  readonly pieces: string[];
  readonly bell: Doorbell;
  /** Characters that may still come. */
  room: number;
}

/** Nobody's tokens are longer than this on average: more is no answer to what was asked. */
const CHARACTERS_A_TOKEN = 40;
const ENDED_KEPT = 100;

/** The editor's own models, through a client that asks them. A door: what goes there may leave this machine. */
export class EditorProvider implements Provider {
  readonly kind = 'editor';
  readonly title = "The editor's model";
  readonly width = 4;
  readonly #options: EditorOptions;
  readonly #open = new Map<string, Inbox>();
  /** The last ones that are over, and whose they were: a piece that comes late is told to stop. */
  readonly #ended = new Map<string, string>();

  constructor(options: EditorOptions) {
    this.#options = options;
  }

  async probe(): Promise<Probed> {
    if (this.#options.clients().length === 0)
      return { state: 'off', words: 'No editor with models of its own is connected.' };
    const model = { name: 'editor', local: false, chats: true, bytes: null };
    return { state: 'ready', models: [model], structured: false };
  }

  /** A client hands in what was written. `go: false`: nobody wants more. Throws `not_found` where it was not asked. */
  part(client: string | null, { generation, text }: { generation: string; text: string }): { go: boolean } {
    const inbox = this.#open.get(generation);
    const owner = inbox?.client ?? this.#ended.get(generation);
    if (owner === undefined || owner !== client)
      throw new ProgenyError('not_found', `Nothing "${generation}" is being written on this connection.`);
    if (!inbox || text.length > inbox.room) return { go: false };
    // Nothing: it only asks whether it is to go on.
    if (text === '') return { go: true };
    inbox.room -= text.length;
    inbox.pieces.push(text);
    inbox.bell.ring();
    return { go: true };
  }

  async *generate({ signal, messages, maxTokens }: Prompt): AsyncGenerator<string, ProviderEnd, void> {
    // The newest window is the likeliest to be awake.
    const client = this.#options.clients().at(-1);
    if (!client)
      throw new ProviderError('unreachable', 'No editor with models of its own is connected any more.');
    const generation = crypto.randomUUID();
    const inbox: Inbox = {
      client: client.id,
      pieces: [],
      bell: new Doorbell(),
      room: maxTokens * CHARACTERS_A_TOKEN,
    };
    this.#open.set(generation, inbox);
    const left = new AbortController();
    let over = false;
    const asked = client
      .ask(
        'generate',
        { generation, messages: [...messages], maxTokens },
        AbortSignal.any([signal, left.signal]),
      )
      .finally(() => {
        over = true;
        inbox.bell.ring();
      });
    asked.catch(() => {});
    try {
      while (!over || inbox.pieces.length > 0) {
        const piece = inbox.pieces.shift();
        if (piece !== undefined) yield piece;
        else await inbox.bell.wait(signal);
        signal.throwIfAborted();
      }
      const answer = editorGenerateAnswer.safeParse((await asked) ?? {});
      if (!answer.success)
        throw new ProviderError(
          'bad_reply',
          'The editor ended its answer in a form that Progeny does not know.',
        );
      return { finish: answer.data.finish, tokens: null, model: answer.data.model };
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof ProviderError) throw error;
      throw new ProviderError('interrupted', `The editor's model broke off (${(error as Error).message}).`);
    } finally {
      left.abort();
      this.#end(generation, inbox.client);
    }
  }

  #end(generation: string, client: string): void {
    this.#open.delete(generation);
    this.#ended.set(generation, client);
    if (this.#ended.size > ENDED_KEPT) this.#ended.delete(this.#ended.keys().next().value!);
  }
}
