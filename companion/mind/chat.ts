import type { z } from 'zod';
import { type Clock, Doorbell } from '../kernel/index.ts';
import type { Language } from '../language/index.ts';
import {
  type ChatEvent,
  type ChatTurn,
  type Conversation,
  type chatAskInput,
  type chatTurnsInput,
  type conversationsInput,
  ProgenyError,
} from '../protocol/index.ts';
import { type AnswerParts, answer } from './answer.ts';
import type { Begun, Conversations, Ended } from './conversations.ts';
import type { Knowledge } from './knowledge.ts';
import { type Perceived, perceive } from './perceive.ts';
import type { Earlier } from './read-turns.ts';
import type { NewThought } from './thoughts.ts';

export type ChatAsk = z.output<typeof chatAskInput>;

/** What a question may see, as its door and whoever answers it allow. */
export interface Sight {
  readonly knowledge: Knowledge;
  /** Who writes; null: nobody. */
  readonly language: Language | null;
  /** What is seen never leaves this machine. */
  readonly onlyLocal: boolean;
  /** It may leave this machine: nothing private is in sight. */
  readonly outside: boolean;
}

export interface ChatOptions {
  readonly clock: Clock;
  readonly conversations: Conversations;
  /** Whether what is thought on the way is kept (`settings.language.thoughts`), as of each answer's end. */
  keepsThoughts(): boolean;
  /** Decides it anew with each question. Throws `forbidden`, `not_found`. */
  look(ask: ChatAsk): Promise<Sight>;
}

/** A question that is stored, with all that its answer needs. */
interface Asked {
  readonly ask: ChatAsk;
  readonly begun: Begun;
  readonly sight: Sight;
  readonly perceived: Perceived;
}

const EARLIER = 4;
const BROKEN = {
  answer: '',
  citations: [],
  answeredBy: null,
  note: 'Something broke while this was answered; the log has the whole of it.',
  outcome: 'cancelled',
  sources: null,
} as const;

/** Questions and their answers. Many at once; each can be stopped, and none is lost. */
export class Chat {
  readonly #options: ChatOptions;
  readonly #writing = new Map<string, { stop: AbortController; ended: Promise<void> }>();

  constructor(options: ChatOptions) {
    this.#options = options;
  }

  /** How many answers are being written. */
  get busy(): number {
    return this.#writing.size;
  }

  /**
   * Asks: the question is on disk when it resolves; then the answer streams, and the whole turn comes at the end. Who
   * stops listening stops it. Throws `forbidden`, `not_found`, `read_only`.
   */
  async ask(ask: ChatAsk, signal?: AbortSignal): Promise<AsyncGenerator<ChatEvent, void, void>> {
    const sight = await this.#options.look(ask);
    const perceived = perceive(ask.question);
    const { perception } = perceived;
    const { question, workspace, conversation, door } = ask;
    const begun = await this.#options.conversations.begin({
      question,
      workspace,
      conversation,
      door,
      perception,
    });
    const { language, onlyLocal } = sight;
    const answeredBy = language?.chosen({ workspace: begun.workspace, onlyLocal })?.answeredBy ?? null;
    const events: ChatEvent[] = [
      { kind: 'begin', turn: begun.id, conversation: begun.conversation, answeredBy },
    ];
    const bell = new Doorbell();
    const stop = new AbortController();
    const cancelled = () => stop.abort(signal?.reason);
    if (signal?.aborted) cancelled();
    signal?.addEventListener('abort', cancelled, { once: true });
    let over = false;
    let defect: unknown = null;
    // It is written at its own pace, so that whoever does not listen holds up nobody.
    const ended = this.#write({ ask, begun, sight, perceived }, stop.signal, (event) => {
      events.push(event);
      bell.ring();
    })
      .catch((error: unknown) => {
        defect = error;
      })
      .finally(() => {
        over = true;
        signal?.removeEventListener('abort', cancelled);
        this.#writing.delete(begun.id);
        bell.ring();
      });
    this.#writing.set(begun.id, { stop, ended });
    return (async function* () {
      try {
        for (;;) {
          for (let event = events.shift(); event; event = events.shift()) yield event;
          if (over) break;
          await bell.wait();
        }
        if (defect) throw defect;
      } finally {
        stop.abort(new Error('Nobody listens any more.'));
        await ended;
      }
    })();
  }

  /** Stops an answer that is being written; what was written is stored when it resolves. Throws `not_found`. */
  async cancel(id: string): Promise<void> {
    if (this.#writing.has(id)) return this.quiesce(new Set([id]));
    if (this.#options.conversations.find(id)) return;
    throw new ProgenyError('not_found', `There is no answer "${id}". It may have been forgotten.`);
  }

  /** Stops what is written in these turns and waits until it is stored. */
  async quiesce(turns: ReadonlySet<string>): Promise<void> {
    const running = [...this.#writing].filter(([id]) => turns.has(id)).map(([, each]) => each);
    for (const { stop } of running) stop.abort(new Error('It was stopped.'));
    await Promise.all(running.map(({ ended }) => ended));
  }

  list(input: z.output<typeof conversationsInput>): Conversation[] {
    return this.#options.conversations.list(input);
  }

  /** Throws `not_found`. */
  turns(input: z.output<typeof chatTurnsInput>): ChatTurn[] {
    return this.#options.conversations.turns(input);
  }

  /** Stops everything; what was written is stored. */
  async dispose(): Promise<void> {
    await this.quiesce(new Set(this.#writing.keys()));
  }

  async #write(asked: Asked, signal: AbortSignal, tell: (event: ChatEvent) => void): Promise<void> {
    const { begun } = asked;
    const { conversations, keepsThoughts } = this.#options;
    const thoughts: NewThought[] = [];
    let given = '';
    let heard: string[] = [];
    let answered: Ended = { ...BROKEN, perception: asked.perceived.perception };
    try {
      const earlier = this.#earlier(asked);
      heard = earlier.flatMap((turn) => turn.rests);
      const answering = this.#answer(asked, earlier, {
        signal,
        think: (step, text, answeredBy, ms) => thoughts.push({ turn: begun.id, step, text, answeredBy, ms }),
        restsOn: (sources, said) => conversations.restOn(begun.id, sources, said ? heard : []),
      });
      let next = await answering.next();
      for (; !next.done; next = await answering.next()) {
        if (next.value.kind === 'text') {
          given += next.value.text;
          conversations.keep(begun.id, given);
        }
        tell(next.value);
      }
      answered = next.value;
    } catch (error) {
      answered = { ...answered, answer: given };
      throw error;
    } finally {
      const kept = keepsThoughts() ? thoughts : [];
      const turn = await conversations.finish(begun.id, answered, kept, answered.answeredBy ? heard : []);
      if (turn) tell({ kind: 'end', turn });
    }
  }

  /** What was said before that whoever answers may know. */
  #earlier({ ask, begun: { conversation, id, workspace }, sight: { outside } }: Asked): Earlier[] {
    if (outside && workspace === null) return [];
    const seen = outside && workspace !== null ? { workspace, door: ask.door } : null;
    return this.#options.conversations.earlier(conversation, id, seen, EARLIER);
  }

  #answer(
    { ask, begun: { workspace }, sight: { knowledge, language, onlyLocal }, perceived }: Asked,
    earlier: readonly Earlier[],
    parts: Omit<AnswerParts, 'knowledge' | 'clock'>,
  ) {
    const { question, place, debate } = ask;
    const asking = language && { language, workspace, onlyLocal };
    const { clock } = this.#options;
    return answer({ question, place, debate, earlier, asking, perceived }, { knowledge, clock, ...parts });
  }
}
