import type { ChatTurn, Conversation, Thought } from '../protocol/index.ts';

/** A row of `turns` with the path of its folder. */
export interface TurnRow {
  id: string;
  conversation: string;
  path: string | null;
  at: number;
  question: string;
  answer: string;
  citations: string;
  answered_by: string | null;
  note: string | null;
  outcome: 'writing' | ChatTurn['outcome'];
  perception: string;
}

export interface ConversationRow {
  id: string;
  path: string | null;
  title: string;
  started_at: number;
  last_at: number;
  turns: number;
}

export interface ThoughtRow {
  id: string;
  turn: string | null;
  at: number;
  step: string;
  text: string;
  answered_by: string | null;
  ms: number;
}

export const SELECT_TURN =
  'SELECT turns.*, workspaces.path FROM turns LEFT JOIN workspaces ON workspaces.id = turns.workspace';

export function toTurn(row: TurnRow): ChatTurn {
  return {
    id: row.id,
    conversation: row.conversation,
    workspace: row.path,
    at: row.at,
    question: row.question,
    answer: row.answer,
    citations: JSON.parse(row.citations) as ChatTurn['citations'],
    answeredBy: row.answered_by === null ? null : (JSON.parse(row.answered_by) as ChatTurn['answeredBy']),
    note: row.outcome === 'writing' ? 'It is still being written.' : row.note,
    outcome: row.outcome,
    perception: JSON.parse(row.perception) as ChatTurn['perception'],
  };
}

export function toConversation(row: ConversationRow): Conversation {
  const { id, path: workspace, title, started_at: startedAt, last_at: lastAt, turns } = row;
  return { id, workspace, title, startedAt, lastAt, turns };
}

export function toThought(row: ThoughtRow): Thought {
  const { id, turn, at, step, text, answered_by: by, ms } = row;
  const answeredBy = by === null ? null : (JSON.parse(by) as Thought['answeredBy']);
  return { id, turn, at, step: step as Thought['step'], text, answeredBy, ms };
}
