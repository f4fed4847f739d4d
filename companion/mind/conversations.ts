import type { z } from 'zod';
import { type Clock, newId, type Random, titleOf } from '../kernel/index.ts';
import type {
  ChatTurn,
  Conversation,
  chatTurnsInput,
  conversationsInput,
  Perception,
} from '../protocol/index.ts';
import { type Mind, type Transaction, workspaceId } from '../store/index.ts';
import type { Answered } from './answer.ts';
import {
  answerId,
  conversationOf,
  type Earlier,
  type Outside,
  readConversations,
  readEarlier,
  readIdsOf,
  readTurn,
  readTurns,
} from './read-turns.ts';
import type { Source } from './source.ts';
import type { NewThought, Thoughts } from './thoughts.ts';
import { restsOf, stateOf, storedRests, writeRests } from './turn-rests.ts';
import { SELECT_TURN, type TurnRow, toTurn } from './turn-rows.ts';

/** What was said in a conversation, as memory takes it. */
export interface Said {
  /** `turn_…` for a question, `answer_…` for what was answered. */
  readonly id: string;
  readonly conversation: string;
  /** Id of the folder. */
  readonly workspace: string | null;
  readonly content: string;
  readonly by: 'person' | 'companion';
  readonly at: number;
  readonly tone: Perception['tone'];
  readonly private: boolean;
  /** Ids of all whose words may be in it. */
  readonly quotes: readonly string[];
}

export interface ConversationsOptions {
  readonly mind: Mind;
  readonly clock: Clock;
  readonly random: Random;
  readonly thoughts: Thoughts;
  /** Takes up what was said into memory, inside `tx`. */
  remember(tx: Transaction, said: Said): void;
  /** Hides what was taken up before, inside `tx`. */
  hide(tx: Transaction, id: string): void;
}

/** How a turn ended. `sources` null: those that were told while it was written. */
export interface Ended extends Omit<Answered, 'sources'> {
  readonly sources: readonly Source[] | null;
}

export interface Begun {
  readonly id: string;
  readonly conversation: string;
  readonly workspace: string | null;
  readonly at: number;
}

const REDACTED = {
  answer: '',
  citations: [],
  note: 'What this answer rested on was forgotten, so the answer is gone too.',
} as const;
const BROKEN = 'The companion stopped while this was written; what was there stays.';

/** Conversations and their turns as they are stored. A question that was begun is never lost. */
export class Conversations {
  readonly #options: ConversationsOptions;

  constructor(options: ConversationsOptions) {
    this.#options = options;
  }

  /** Stores a question, on disk when it resolves. Throws `not_found`, `read_only`. */
  begin(ask: {
    question: string;
    workspace: string | undefined;
    conversation: string | undefined;
    door: string;
    perception: Perception;
  }): Promise<Begun> {
    const { mind, clock, random, remember } = this.#options;
    const at = clock.now();
    const id = newId('turn', at, random);
    return mind.transactGrouped((tx) => {
      const folder = ask.workspace === undefined ? null : workspaceId(tx, ask.workspace);
      const known = ask.conversation === undefined ? null : conversationOf(tx, ask.conversation);
      const conversation = known ?? newId('conversation', at, random);
      if (known) tx.run('UPDATE conversations SET last_at = ? WHERE id = ?', at, conversation);
      else
        tx.run(
          'INSERT INTO conversations (id, workspace, title, started_at, last_at) VALUES (?, ?, ?, ?, ?)',
          conversation,
          folder,
          titleOf(ask.question.trim()),
          at,
          at,
        );
      const sql = `INSERT INTO turns (id, conversation, workspace, at, door, question, answer, citations, answered_by, note,
        outcome, perception, private) VALUES (?, ?, ?, ?, ?, ?, '', '[]', NULL, NULL, 'writing', ?, 0)`;
      tx.run(sql, id, conversation, folder, at, ask.door, ask.question, JSON.stringify(ask.perception));
      const { tone } = ask.perception;
      const said = { id, conversation, workspace: folder, content: ask.question, at, tone };
      remember(tx, { ...said, by: 'person', private: false, quotes: [] });
      tx.emit({
        type: 'chat.asked',
        subject: id,
        data: {
          conversation,
          door: ask.door,
          digest: mind.digest(ask.question),
          length: ask.question.length,
        },
      });
      return { id, conversation, workspace: ask.workspace ?? null, at };
    });
  }

  /** Keeps what the text of a turn is going to rest on, so that forgetting reaches it also after a crash. */
  restOn(turn: string, sources: readonly Source[], heard: readonly string[]): void {
    this.#options.mind.record((writer) => writeRests(writer, turn, restsOf(writer, sources, heard)));
  }

  /** Keeps what was written up to now: it survives a crash. Not where what it rests on was forgotten meanwhile. */
  keep(turn: string, answer: string): void {
    const sql = `UPDATE turns SET answer = ? WHERE id = ? AND outcome = 'writing' AND NOT EXISTS (
      SELECT 1 FROM turn_sources JOIN tombstones ON tombstones.id = target WHERE turn_sources.turn = turns.id)`;
    this.#options.mind.record((writer) => writer.run(sql, answer, turn));
  }

  /**
   * Stores how a turn ended, with its thoughts; on disk when it resolves. `heard`: ids of what was said before, where
   * whoever answered knew it. Null where it was forgotten meanwhile.
   */
  async finish(
    turn: string,
    answered: Ended,
    thoughts: readonly NewThought[],
    heard: readonly string[] = [],
  ): Promise<ChatTurn | null> {
    const { mind } = this.#options;
    await mind.transactGrouped((tx) => this.#end(tx, turn, answered, thoughts, heard));
    return this.find(turn);
  }

  /** Ends what a crash left unfinished. Throws `read_only`. */
  settle(): void {
    const { mind } = this.#options;
    const left = mind.read((r) => r.all<TurnRow>(`${SELECT_TURN} WHERE turns.outcome = 'writing'`));
    if (left.length === 0) return;
    mind.transact((tx) => {
      for (const row of left) {
        const { answer, citations, perception } = toTurn(row);
        const end = {
          answer,
          citations,
          perception,
          answeredBy: null,
          note: BROKEN,
          outcome: 'cancelled',
        } as const;
        this.#end(tx, row.id, { ...end, sources: null }, [], []);
      }
    });
  }

  /** Null where there is none. */
  find(id: string): ChatTurn | null {
    return this.#options.mind.read((reader) => readTurn(reader, id));
  }

  /** The last turns of a conversation, the oldest first. Throws `not_found`. */
  turns({ id, limit }: z.output<typeof chatTurnsInput>): ChatTurn[] {
    return this.#options.mind.read((reader) => readTurns(reader, id, limit));
  }

  /** Conversations, the newest first. Throws `not_found` for an unknown folder. */
  list({ workspace, limit }: z.output<typeof conversationsInput>): Conversation[] {
    return this.#options.mind.read((reader) => readConversations(reader, workspace, limit));
  }

  /** Ids of everything of a conversation: itself, its turns, their answers. Throws `not_found`. */
  idsOf(conversation: string): string[] {
    return this.#options.mind.read((reader) => readIdsOf(reader, conversation));
  }

  /** As `readEarlier`. */
  earlier(conversation: string, before: string, outside: Outside | null, limit: number): Earlier[] {
    return this.#options.mind.read((reader) => readEarlier(reader, conversation, before, outside, limit));
  }

  #end(
    tx: Transaction,
    turn: string,
    answered: Ended,
    thoughts: readonly NewThought[],
    heard: readonly string[],
  ): void {
    const { mind, clock, remember, hide } = this.#options;
    const row = tx.get<{ conversation: string; workspace: string | null }>(
      "SELECT conversation, workspace FROM turns WHERE id = ? AND outcome = 'writing'",
      turn,
    );
    if (!row) return;
    const { answeredBy, outcome, perception, sources } = answered;
    const rests = sources ? restsOf(tx, sources, heard) : storedRests(tx, turn);
    const { forgotten, hidden } = stateOf(tx, sources ?? [], rests);
    const { answer, citations, note } = forgotten ? REDACTED : answered;
    const sql = `UPDATE turns SET answer = ?, citations = ?, answered_by = ?, note = ?, outcome = ?, perception = ?,
      private = ? WHERE id = ?`;
    const by = answeredBy && JSON.stringify(answeredBy);
    tx.run(
      sql,
      answer,
      JSON.stringify(citations),
      by,
      note,
      outcome,
      JSON.stringify(perception),
      hidden ? 1 : 0,
      turn,
    );
    writeRests(tx, turn, forgotten ? [] : rests);
    if (hidden) hide(tx, turn);
    // That nothing is known is not worth remembering.
    if (answer !== '' && (citations.length > 0 || answeredBy !== null)) {
      const asked = tx.get<{ id: string }>('SELECT id FROM memories WHERE origin = ?', turn);
      remember(tx, {
        id: answerId(turn),
        conversation: row.conversation,
        workspace: row.workspace,
        content: [
          answer,
          ...citations.filter(({ id }) => id === null).map(({ n, title }) => `[${n}] ${title}`),
        ].join('\n'),
        by: 'companion',
        at: clock.now(),
        tone: 'calm',
        private: hidden,
        quotes: [...rests, ...(asked ? [asked.id] : [])],
      });
    }
    for (const thought of forgotten ? [] : thoughts) this.#options.thoughts.add(tx, thought);
    tx.emit({
      type: outcome === 'cancelled' ? 'chat.cancelled' : 'chat.answered',
      subject: turn,
      data: {
        outcome,
        intent: perception.intent,
        citations: citations.length,
        length: answer.length,
        digest: mind.digest(answer),
        model: answeredBy !== null,
      },
    });
  }
}
