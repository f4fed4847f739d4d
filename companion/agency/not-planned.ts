import type { Halt } from './halt.ts';
import { refusedReport } from './report.ts';
import type { Runs } from './runs.ts';

/** Ends a run whose planning was halted: refused with a report of its steps, or failed with the reason. */
export function notPlanned(id: string, { why, message, breach, refused: steps }: Halt, runs: Runs): void {
  const { origin } = runs.get(id);
  const refused = why === 'refused';
  const reason = why === 'closing' ? 'Progeny was closed while it planned. Ask for it again.' : message;
  const told = { act: refused ? 'refused' : 'not planned', result: why, data: { breach } };
  runs.tryMove(id, refused ? 'refused' : 'failed', told, {
    change: { reason, report: refused ? refusedReport(reason, runs.steps(id), steps) : null },
    outcome: refused && breach && origin.by !== 'person' ? 'breach' : null,
    tx: (tx) => {
      const sql = "UPDATE wheel_steps SET status = 'failed', note = ? WHERE run = ? AND status = 'running'";
      tx.run(sql, message, id);
    },
  });
}
