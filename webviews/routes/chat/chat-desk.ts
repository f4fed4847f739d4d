import type { Api, CompanionClient } from '../../../companion/client/index.ts';
import type { AnsweredBy, ChatEvent, ChatTurn } from '../../../companion/protocol/index.ts';
import type { Clock } from '../../data/clock.ts';
import type { AskerPlace } from '../../model/asker-place.ts';
import { isCancelled, problemOf } from '../../model/problem.ts';

export interface Question {
  readonly question: string;
  readonly workspace: string | null;
  /** Null: it begins a conversation. */
  readonly conversation: string | null;
  readonly place: AskerPlace | null;
}

/** An answer under way. `lost`: no more of it comes over this connection; `problem` says why. */
export interface Running extends Question {
  readonly state: 'waiting' | 'writing' | 'stopping' | 'lost';
  readonly turn: string | null;
  /** Undefined until it is known. */
  readonly answeredBy: AnsweredBy | undefined;
  /** What it is doing, while nothing of the answer is to be seen. */
  readonly step: string | null;
  readonly text: string;
  readonly problem: string | null;
}

/** A question that was not taken, to be put back to where it was typed. `problem` is null where it was withdrawn. */
export interface Refused extends Question {
  readonly problem: string | null;
}

export interface DeskState {
  readonly running: Running | null;
  readonly refused: Refused | null;
  /** How many questions were asked since this page was opened. */
  readonly asked: number;
  /** What was answered since. */
  readonly ended: readonly ChatTurn[];
}

/** What is kept of an answer under way for when its page is opened again. */
export type Pending = Pick<Running, 'question' | 'workspace' | 'conversation' | 'turn'>;

export interface DeskOptions {
  readonly client: Pick<CompanionClient, 'api' | 'connected' | 'onConnection'>;
  readonly clock: Clock;
  /** What was under way when the page was closed. */
  readonly pending: Pending | undefined;
  keep(pending: Pending | undefined): void;
}

/** A connection that is just coming back is waited for this long. */
const CONNECT_MS = 3000;
/** A companion that was asked to stop is waited for this long. */
const STOP_MS = 4000;
const LOST = 'The connection was lost while this was written.';
const LEFT = 'This view was closed while this was written.';

/** One question at a time, and its answer as it comes; goes on while the reader looks at another view. */
export class ChatDesk {
  readonly #options: DeskOptions;
  readonly #listeners = new Set<(state: DeskState) => void>();
  #state: DeskState;
  #abort = new AbortController();
  #streaming = false;

  constructor(options: DeskOptions) {
    this.#options = options;
    const { pending } = options;
    this.#state = { running: pending ? lostFrom(pending) : null, refused: null, asked: 0, ended: [] };
    // A stream over a connection that is gone may never say so itself.
    options.client.onConnection(({ state }) => {
      if (state !== 'down' || !this.#streaming) return;
      this.#leave();
      this.#broken(null);
    });
  }

  get state(): DeskState {
    return this.#state;
  }

  onChange(listener: (state: DeskState) => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  }

  /** Whether a question can be asked now. */
  get free(): boolean {
    return this.#state.running === null || this.#state.running.state === 'lost';
  }

  async ask(question: Question): Promise<void> {
    if (!this.free) return;
    const abort = new AbortController();
    this.#abort = abort;
    const fresh = { turn: null, answeredBy: undefined, step: null, text: '', problem: null };
    const asked = this.#state.asked + 1;
    this.#set({ running: { ...question, ...fresh, state: 'waiting' }, refused: null, asked });
    try {
      const api = await this.#options.client.connected(CONNECT_MS);
      if (this.#abort !== abort) return;
      this.#streaming = true;
      const events = await api.chat.ask(inputOf(question), { signal: abort.signal });
      for await (const event of events) if (this.#abort === abort) this.#take(event);
      if (this.#abort === abort && this.#state.running) this.#broken(null);
    } catch (error) {
      if (this.#abort === abort) this.#broken(error);
    } finally {
      if (this.#abort === abort) this.#streaming = false;
    }
  }

  /** Stops the answer; what is there stays. Before anything is there, the question goes back to where it was typed. */
  async stop(): Promise<void> {
    const { running } = this.#state;
    if (!running || running.state === 'lost' || running.state === 'stopping') return;
    if (running.turn === null) {
      this.#set({ running: null, refused: { ...questionOf(running), problem: null } });
      return this.#leave();
    }
    this.#set({ running: { ...running, state: 'stopping' } });
    const patience = this.#options.clock.after(STOP_MS, () => this.#giveUp(running.turn));
    try {
      await this.#options.client.api.chat.cancel({ id: running.turn });
    } catch {
      patience.dispose();
      this.#giveUp(running.turn);
    }
  }

  /** Lets go of an answer that was lost. */
  dismiss(): void {
    if (this.#state.running?.state === 'lost') this.#set({ running: null });
  }

  /** The stored turns have it with its end: nothing is under way any more. */
  settle(turns: readonly ChatTurn[]): void {
    const { running } = this.#state;
    if (
      running?.state === 'lost' &&
      turns.some(({ id, outcome }) => id === running.turn && outcome !== 'writing')
    )
      this.#set({ running: null });
  }

  #take(event: ChatEvent): void {
    const { running } = this.#state;
    if (!running) return;
    if (event.kind === 'begin') {
      const { turn, conversation, answeredBy } = event;
      this.#set({ running: { ...running, turn, conversation, answeredBy } });
    } else if (event.kind === 'step') {
      this.#set({ running: { ...running, step: event.words } });
    } else if (event.kind === 'text') {
      const state = running.state === 'stopping' ? 'stopping' : 'writing';
      this.#set({ running: { ...running, state, text: running.text + event.text } });
    } else {
      this.#set({ running: null, ended: [...this.#state.ended, event.turn] });
    }
  }

  /** The stream broke off, or was refused before it began. */
  #broken(error: unknown): void {
    const { running } = this.#state;
    if (!running) return;
    const away = error === null || isAway(error);
    if (running.turn === null) {
      const problem = isCancelled(error)
        ? null
        : away
          ? 'The companion is not there.'
          : problemOf(error).text;
      this.#set({ running: null, refused: { ...questionOf(running), problem } });
    } else {
      this.#lose(running, away ? LOST : problemOf(error).text);
    }
  }

  #giveUp(turn: string | null): void {
    const { running } = this.#state;
    if (running?.turn !== turn || running?.state !== 'stopping') return;
    this.#leave();
    this.#lose(running, 'It was asked to stop, and did not say that it has.');
  }

  #lose(running: Running, problem: string): void {
    this.#set({ running: { ...running, state: 'lost', step: null, problem } });
  }

  #leave(): void {
    const abort = this.#abort;
    this.#abort = new AbortController();
    this.#streaming = false;
    abort.abort();
  }

  #set(change: Partial<DeskState>): void {
    this.#state = { ...this.#state, ...change };
    const { running } = this.#state;
    this.#options.keep(running?.turn ? pendingOf(running) : undefined);
    for (const listener of [...this.#listeners]) listener(this.#state);
  }
}

function inputOf({ question, workspace, conversation, place }: Question): Parameters<Api['chat']['ask']>[0] {
  return {
    question,
    ...(workspace !== null && { workspace }),
    ...(conversation !== null && { conversation }),
    ...(place && { place }),
  };
}

function questionOf({ question, workspace, conversation, place }: Question): Question {
  return { question, workspace, conversation, place };
}

function pendingOf({ question, workspace, conversation, turn }: Pending): Pending {
  return { question, workspace, conversation, turn };
}

function lostFrom(pending: Pending): Running {
  const rest = { place: null, answeredBy: undefined, step: null, text: '', problem: LEFT };
  return { ...pending, ...rest, state: 'lost' };
}

/** True where there is, or was, no connection. */
function isAway(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === 'not_connected';
}
