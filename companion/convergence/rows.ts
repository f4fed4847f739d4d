import type { ConvergenceForm } from '../protocol/index.ts';
import type { Reader, Writer } from '../store/index.ts';
import { type Conversation, NEW, type Row } from './conversation.ts';

/** The row about the whole conversation; no question is called so. */
const WHOLE = '*';

interface StoredRow {
  question: string;
  status: string;
  answer: string | null;
  heritage: string;
  at: number;
}

export function readConversation(reader: Reader): Conversation {
  const stored = reader.all<StoredRow>('SELECT question, status, answer, heritage, at FROM convergence');
  const whole = stored.find(({ question }) => question === WHOLE);
  const rows = stored
    .filter(({ question }) => question !== WHOLE)
    .map(({ question, status, answer, heritage }): [string, Row] => [
      question,
      {
        status: status as Row['status'],
        answer: JSON.parse(answer ?? '{}'),
        heritage: heritage as Row['heritage'],
      },
    ]);
  return {
    form: (whole?.answer as ConvergenceForm | undefined) ?? NEW.form,
    whole: (whole?.status as Conversation['whole'] | undefined) ?? NEW.whole,
    finishedAt: whole?.status === 'finished' ? whole.at : null,
    rows: new Map(rows),
  };
}

/** When something was last said to a question; 0 for never. */
export function lastWordAt(reader: Reader): number {
  const sql = 'SELECT max(at) AS at FROM convergence WHERE question <> ?';
  return reader.get<{ at: number | null }>(sql, WHOLE)?.at ?? 0;
}

/** Writes what differs. A finished conversation keeps the time at which it was finished. */
export function writeConversation(tx: Writer, before: Conversation, after: Conversation, now: number): void {
  const sql =
    'INSERT OR REPLACE INTO convergence (question, status, answer, heritage, at) VALUES (?, ?, ?, ?, ?)';
  tx.run(sql, WHOLE, after.whole, after.form, 'none', after.finishedAt ?? now);
  for (const [question, row] of after.rows) {
    if (before.rows.get(question) === row) continue;
    const answer = row.status === 'answered' ? JSON.stringify(row.answer) : null;
    tx.run(sql, question, row.status, answer, row.heritage, now);
  }
}
