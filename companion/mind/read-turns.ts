import { type ChatTurn, type Conversation, ProgenyError } from '../protocol/index.ts';
import { type Reader, workspaceId } from '../store/index.ts';
import { SHUT } from './turn-rests.ts';
import { type ConversationRow, SELECT_TURN, type TurnRow, toConversation, toTurn } from './turn-rows.ts';

/** What was said before, and the ids by which it is known. */
export interface Earlier {
  readonly question: string;
  readonly answer: string;
  readonly rests: readonly string[];
}

/** Where somebody asks who is not on this machine. */
export interface Outside {
  readonly workspace: string;
  readonly door: string;
}

/** Null where there is none. */
export function readTurn(reader: Reader, id: string): ChatTurn | null {
  const row = reader.get<TurnRow>(`${SELECT_TURN} WHERE turns.id = ?`, id);
  return row ? toTurn(row) : null;
}

/** The last turns of a conversation, the oldest first. Throws `not_found`. */
export function readTurns(reader: Reader, conversation: string, limit: number): ChatTurn[] {
  conversationOf(reader, conversation);
  const sql = `SELECT * FROM (${SELECT_TURN} WHERE conversation = ? ORDER BY n DESC LIMIT ?) ORDER BY n`;
  return reader.all<TurnRow>(sql, conversation, limit).map(toTurn);
}

/** Conversations, the newest first. Throws `not_found` for an unknown folder. */
export function readConversations(
  reader: Reader,
  workspace: string | undefined,
  limit: number,
): Conversation[] {
  const folder = workspace === undefined ? null : workspaceId(reader, workspace);
  const sql = `SELECT conversations.*, workspaces.path,
      (SELECT count(*) FROM turns WHERE turns.conversation = conversations.id) AS turns
    FROM conversations LEFT JOIN workspaces ON workspaces.id = conversations.workspace
    WHERE (? IS NULL OR conversations.workspace = ?)
      AND EXISTS (SELECT 1 FROM turns WHERE turns.conversation = conversations.id)
    ORDER BY last_at DESC, conversations.id DESC LIMIT ?`;
  return reader.all<ConversationRow>(sql, folder, folder, limit).map(toConversation);
}

/** Ids of everything of a conversation: itself, its turns, their answers. Throws `not_found`. */
export function readIdsOf(reader: Reader, conversation: string): string[] {
  conversationOf(reader, conversation);
  const turns = reader.all<{ id: string }>('SELECT id FROM turns WHERE conversation = ?', conversation);
  return [conversation, ...turns.flatMap(({ id }) => [id, answerId(id)])];
}

/**
 * What was said before in a conversation, the oldest first. `outside`: for whoever is not on this machine, who sees
 * only what was asked through the same door and rests on nothing private, as of now, nor on an answer that does.
 */
export function readEarlier(
  reader: Reader,
  conversation: string,
  before: string,
  outside: Outside | null,
  limit: number,
): Earlier[] {
  const seen = outside ? `AND turns.door = ? AND workspaces.path = ? AND turns.id NOT IN (${SHUT})` : '';
  const params = outside ? [outside.door, outside.workspace, conversation] : [];
  const sql = `${SELECT_TURN} WHERE conversation = ? AND turns.id <> ? AND outcome <> 'writing' ${seen}
    ORDER BY n DESC LIMIT ?`;
  return reader
    .all<TurnRow>(sql, conversation, before, ...params, limit)
    .map(({ id, question, answer }) => ({ question, answer, rests: [id, answerId(id)] }))
    .reverse();
}

/** The id of a conversation that there is. Throws `not_found`. */
export function conversationOf(reader: Reader, id: string): string {
  if (reader.get('SELECT 1 FROM conversations WHERE id = ?', id)) return id;
  throw new ProgenyError('not_found', `There is no conversation "${id}". \`chat.conversations\` lists them.`);
}

/** By what the answer of a turn is known in memory. Pure. */
export function answerId(turn: string): string {
  return turn.replace(/^turn_/, 'answer_');
}
