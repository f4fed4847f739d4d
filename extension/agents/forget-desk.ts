import type { Api } from '../../companion/client/index.ts';
import type { Logger } from '../../companion/kernel/index.ts';
import type { ForgetRequest } from '../../companion/protocol/index.ts';
import { inMessage } from '../text/plain.ts';
import { amount, requestText } from './forget-words.ts';

/** What the desk needs of the editor. */
export interface ForgetSurface {
  readonly focused: boolean;
  /** A notification that is not modal; resolves to the pressed label, or undefined when it was closed. */
  ask(text: string, labels: readonly string[]): PromiseLike<string | undefined>;
  /** Lists what would go; resolves when the list is closed. */
  list(request: ForgetRequest): PromiseLike<unknown>;
  tell(text: string): void;
}

const SHOW = 'Show';
const FORGET = 'Forget';
const REFUSE = 'Refuse';

/** Puts the requests of agents to the person who sits here. Nothing is forgotten without the button that says so. */
export class ForgetDesk {
  readonly #surface: ForgetSurface;
  readonly #api: () => Api | null;
  readonly #log: Logger;
  /** Each is put once in a window: one that was closed without an answer goes on waiting, and expires. */
  readonly #put = new Set<string>();

  constructor(surface: ForgetSurface, api: () => Api | null, log: Logger) {
    this.#surface = surface;
    this.#api = api;
    this.#log = log;
  }

  /** Looks whether somebody asks for something; only in the window that the user looks at. Never rejects. */
  async look(): Promise<void> {
    if (!this.#surface.focused) return;
    try {
      const waiting = (await this.#api()?.memories.forgetRequests({})) ?? [];
      for (const request of waiting.filter(({ id }) => !this.#put.has(id))) {
        this.#put.add(request.id);
        void this.#ask(request).catch((error: unknown) => this.#failed(error));
      }
    } catch (error) {
      this.#failed(error);
    }
  }

  async #ask(request: ForgetRequest): Promise<void> {
    const text = inMessage(requestText(request));
    const labels = [...(request.preview ? [SHOW] : []), FORGET, REFUSE];
    let pressed = await this.#surface.ask(text, labels);
    while (pressed === SHOW) {
      await this.#surface.list(request);
      pressed = await this.#surface.ask(text, labels);
    }
    if (pressed === undefined) return;
    const api = this.#api();
    if (!api) throw new Error('The companion is not connected; nothing was forgotten.');
    const { forgotten } = await api.memories.answerForget({ id: request.id, allow: pressed === FORGET });
    this.#surface.tell(forgotten ? `Forgotten: ${amount(forgotten)}.` : 'Refused; nothing was forgotten.');
  }

  #failed(error: unknown): void {
    this.#log.warn({ error: String(error) }, 'a request of an agent could not be answered');
    this.#surface.tell(`Progeny: ${error instanceof Error ? error.message : String(error)}`);
  }
}
