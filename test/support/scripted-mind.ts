import type {
  AnsweredBy,
  ChatEvent,
  ChatTurn,
  Citation,
  Conversation,
  LanguageState,
  Perception,
  ThoughtTrail,
} from '../../companion/protocol/index.ts';
import { ProgenyError } from '../../companion/protocol/index.ts';

/** What is answered to a question: the steps on the way, the text piece by piece, and what it rests on. */
export interface Script {
  readonly steps: readonly string[];
  readonly pieces: readonly string[];
  readonly citations: readonly Citation[];
  readonly note?: string;
}

export interface Asked {
  readonly question: string;
  readonly workspace?: string | undefined;
  readonly conversation?: string | undefined;
  readonly place: {
    readonly file?: string | undefined;
    readonly line?: number | undefined;
    readonly selection?: string | undefined;
  };
  readonly door: 'own' | 'editor_chat';
}

const PERCEPTION: Perception = {
  tone: 'calm',
  urgency: 0.2,
  load: 0.3,
  intent: 'other',
  entities: [],
  by: 'rules',
};

/** A mind that answers what its scripts say, as a companion would: streamed, stored, stopped when asked. */
export class ScriptedMind {
  answeredBy: AnsweredBy = null;
  turns: ChatTurn[] = [];
  /** What was thought on the way; a test puts it there. */
  trails: ThoughtTrail[] = [];
  readonly asked: Asked[] = [];
  readonly cancelled: string[] = [];
  /** After so many pieces the answer waits for `goOn`, or until it is stopped. */
  holdAfter: number | null = null;
  readonly #script: (asked: Asked) => Script;
  readonly #now: () => number;
  readonly #changed: (type: string, subject: string) => void;
  readonly #pace: () => Promise<void>;
  readonly #stops = new Map<string, () => void>();
  #released: () => void = () => {};
  #ids = 0;

  constructor(options: {
    script: (asked: Asked) => Script;
    now: () => number;
    changed: (type: string, subject: string) => void;
    /** Waited for before each piece. */
    pace?: () => Promise<void>;
  }) {
    this.#script = options.script;
    this.#now = options.now;
    this.#changed = options.changed;
    this.#pace = options.pace ?? (() => Promise.resolve());
  }

  /** Lets an answer that is held go on to its end. */
  goOn(): void {
    this.holdAfter = null;
    this.#released();
  }

  async *ask(asked: Asked, signal?: AbortSignal): AsyncGenerator<ChatEvent, void> {
    const id = `turn_${this.#now().toString(36)}${this.#ids++}`;
    const conversation = asked.conversation ?? `conv_${this.#now().toString(36)}${this.#ids++}`;
    if (asked.conversation !== undefined) this.conversation(asked.conversation);
    this.asked.push(asked);
    const script = this.#script(asked);
    let stopped = false;
    let ended = false;
    const stop = new Promise<void>((resolve) => {
      this.#stops.set(id, () => {
        stopped = true;
        resolve();
      });
    });
    let text = '';
    this.#put(this.#turn(id, conversation, asked, script, '', 'writing'));
    this.#changed('chat.asked', id);
    try {
      yield { kind: 'begin', turn: id, conversation, answeredBy: this.answeredBy };
      for (const words of script.steps) yield { kind: 'step', words };
      for (const [i, piece] of script.pieces.entries()) {
        await this.#pace();
        if (this.holdAfter !== null && i >= this.holdAfter) {
          const released = new Promise<void>((resolve) => {
            this.#released = resolve;
          });
          const gone = new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve()));
          await Promise.race([released, stop, gone]);
        }
        if (signal?.aborted) return;
        if (stopped) break;
        text += piece;
        this.#put(this.#turn(id, conversation, asked, script, text, 'writing'));
        yield { kind: 'text', text: piece };
      }
      ended = true;
      const turn = this.#store(id, conversation, asked, script, text, stopped);
      yield { kind: 'end', turn };
    } finally {
      this.#stops.delete(id);
      // Whoever asked is gone: the companion goes on, and the answer is there when they come back.
      if (!ended) this.#store(id, conversation, asked, script, script.pieces.join(''), false);
    }
  }

  cancel(id: string): void {
    const stop = this.#stops.get(id);
    if (!stop) throw new ProgenyError('not_found', `No answer "${id}" is being written.`);
    this.cancelled.push(id);
    stop();
  }

  conversation(id: string): ChatTurn[] {
    const found = this.turns.filter((turn) => turn.conversation === id);
    if (found.length === 0) throw new ProgenyError('not_found', `There is no conversation "${id}".`);
    return found;
  }

  conversations(workspace?: string): Conversation[] {
    const ids = [...new Set(this.turns.map(({ conversation }) => conversation))];
    return ids
      .map((id): Conversation => {
        const turns = this.conversation(id);
        const first = turns[0]!;
        return {
          id,
          workspace: first.workspace,
          title: first.question.slice(0, 80),
          startedAt: first.at,
          lastAt: turns.at(-1)!.at,
          turns: turns.length,
        };
      })
      .filter((each) => workspace === undefined || each.workspace === workspace)
      .sort((a, b) => b.lastAt - a.lastAt);
  }

  forget(id: string): void {
    this.conversation(id);
    this.turns = this.turns.filter(({ conversation }) => conversation !== id);
    this.#changed('chat.forgotten', id);
  }

  language(): LanguageState {
    const off = {
      state: 'off' as const,
      model: null,
      models: [],
      structured: false,
      checkedAt: null,
      retryAt: null,
    };
    return {
      providers: [
        {
          ...off,
          provider: 'ollama',
          state: 'unreachable',
          words: 'Nothing answers at 127.0.0.1:11434. Start Ollama, and it is used by itself.',
          local: true,
          checkedAt: this.#now(),
        },
        {
          ...off,
          provider: 'embedded',
          words: 'No file is named. Put a GGUF file on this machine into the setting progeny.language.model.',
          local: true,
        },
        {
          ...off,
          provider: 'editor',
          words: 'Closed for this folder: it leads off this machine.',
          local: false,
        },
      ],
      current: this.answeredBy,
    };
  }

  #store(
    id: string,
    conversation: string,
    asked: Asked,
    script: Script,
    answer: string,
    stopped: boolean,
  ): ChatTurn {
    const turn = this.#turn(id, conversation, asked, script, answer, stopped ? 'cancelled' : 'answered');
    this.#put(turn);
    this.#changed('chat.answered', conversation);
    return turn;
  }

  #put(turn: ChatTurn): void {
    const known = this.turns.some(({ id }) => id === turn.id);
    this.turns = known
      ? this.turns.map((each) => (each.id === turn.id ? turn : each))
      : [...this.turns, turn];
  }

  #turn(
    id: string,
    conversation: string,
    { question, workspace }: Asked,
    script: Script,
    answer: string,
    outcome: ChatTurn['outcome'],
  ): ChatTurn {
    const over = outcome !== 'writing';
    const cited = new Set([...answer.matchAll(/\[(\d+)\]/g)].map(([, n]) => Number(n)));
    return {
      id,
      conversation,
      workspace: workspace ?? null,
      at: this.#now(),
      question,
      answer,
      citations: over ? script.citations.filter(({ n }) => cited.has(n)) : [],
      answeredBy: over ? this.answeredBy : null,
      note: outcome === 'answered' ? (script.note ?? null) : null,
      outcome,
      perception: PERCEPTION,
    };
  }
}

/** A text in pieces of a word or two, as a model writes it. */
export function inPieces(text: string): string[] {
  return text.match(/\S+\s*/g) ?? [];
}
