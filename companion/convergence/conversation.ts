import type { ConvergenceForm } from '../protocol/index.ts';
import { type Question, questionsOf } from './questions.ts';
import type { Value } from './read-answer.ts';

/** What was said to one question. A question without a row is open. */
export interface Row {
  readonly status: 'answered' | 'skipped';
  /** By part; empty where it was skipped. */
  readonly answer: Readonly<Record<string, Value>>;
  /** Whether heritage holds this answer, an older one of this conversation, or none. */
  readonly heritage: 'none' | 'same' | 'old';
}

/** How far the conversation has come. */
export interface Conversation {
  readonly form: ConvergenceForm;
  /** `skipped`: the user wanted none of the rest. */
  readonly whole: 'asking' | 'skipped' | 'finished';
  readonly finishedAt: number | null;
  readonly rows: ReadonlyMap<string, Row>;
}

export type Stage = 'new' | 'asking' | 'mirror' | 'finished' | 'skipped';

export const NEW: Conversation = { form: 'short', whole: 'asking', finishedAt: null, rows: new Map() };

/** Questions of the form that nothing was said to. */
export function openQuestions({ form, rows }: Conversation): Question[] {
  return questionsOf(form).filter(({ id }) => !rows.has(id));
}

/** Whether heritage does not yet hold what was said. */
export function isPending({ status, heritage }: Row): boolean {
  return status === 'answered' ? heritage !== 'same' : heritage === 'old';
}

export function stageOf(conversation: Conversation): Stage {
  const { whole, rows } = conversation;
  if (whole === 'skipped') return 'skipped';
  if (rows.size === 0) return 'new';
  if (openQuestions(conversation).length > 0) return 'asking';
  if ([...rows.values()].some(isPending)) return 'mirror';
  return whole === 'finished' ? 'finished' : 'skipped';
}

/** Who says something, after all, is asked on. */
function going(conversation: Conversation): Conversation['whole'] {
  return conversation.whole === 'finished' ? 'finished' : 'asking';
}

/** A part with null is taken back, one that is not named stays. An answer without any part is a skip. */
export function answered(
  conversation: Conversation,
  question: string,
  parts: Readonly<Record<string, Value | null>>,
): Conversation {
  const before = conversation.rows.get(question);
  const all = Object.entries({ ...before?.answer, ...parts });
  const answer = Object.fromEntries(all.filter((entry): entry is [string, Value] => entry[1] !== null));
  if (Object.keys(answer).length === 0) return skipped(conversation, question);
  const row: Row = { status: 'answered', answer, heritage: aged(before) };
  return { ...conversation, whole: going(conversation), rows: withRow(conversation, question, row) };
}

export function skipped(conversation: Conversation, question: string): Conversation {
  const row: Row = { status: 'skipped', answer: {}, heritage: aged(conversation.rows.get(question)) };
  return { ...conversation, whole: going(conversation), rows: withRow(conversation, question, row) };
}

/** One action ends it: nothing is open any more, and what was answered stays. */
export function skippedAll(conversation: Conversation): Conversation {
  return { ...closed(conversation), whole: 'skipped' };
}

/** Heritage holds what was said; what was open counts as skipped. */
export function finished(conversation: Conversation, at: number): Conversation {
  const { rows } = closed(conversation);
  const held = [...rows].map(([id, row]): [string, Row] => [
    id,
    { ...row, heritage: row.status === 'answered' ? 'same' : 'none' },
  ]);
  return { ...conversation, whole: 'finished', finishedAt: at, rows: new Map(held) };
}

function closed(conversation: Conversation): Conversation {
  const rows = new Map(conversation.rows);
  for (const { id } of openQuestions(conversation))
    rows.set(id, { status: 'skipped', answer: {}, heritage: 'none' });
  return { ...conversation, rows };
}

function aged(before: Row | undefined): Row['heritage'] {
  return before === undefined || before.heritage === 'none' ? 'none' : 'old';
}

function withRow({ rows }: Conversation, question: string, row: Row): ReadonlyMap<string, Row> {
  return new Map(rows).set(question, row);
}
