import type { Settings } from '../protocol/index.ts';
import type { Mind } from '../store/index.ts';
import type { ActivitySpan, SensorRow, SensorSink } from './records.ts';
import { retentionCutoffs } from './retention.ts';

/** Writes what is sensed into the mind: rows of bounded life, so without events and with `synchronous=NORMAL`. */
export function sqlSink(mind: Mind, workspaceId: string): SensorSink {
  return {
    appendRows(rows: readonly SensorRow[]) {
      const sql = 'INSERT INTO sensor_rows (at, workspace, kind, file, branch, n) VALUES (?, ?, ?, ?, ?, ?)';
      mind.record((w) => {
        for (const { at, kind, file, branch, n } of rows) w.run(sql, at, workspaceId, kind, file, branch, n);
      });
    },
    upsertSpans(spans: readonly ActivitySpan[]) {
      const sql = `INSERT OR REPLACE INTO spans (id, workspace, file, branch, kind, started, ended, edits, saves, files)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
      mind.record((w) => {
        for (const s of spans) {
          // A storm has no file; its folders stand where the others name theirs.
          const file = s.file ?? Object.keys(s.folders ?? {}).join(' ');
          w.run(
            sql,
            s.id,
            workspaceId,
            file,
            s.branch,
            s.kind,
            s.started,
            s.ended,
            s.edits,
            s.saves,
            s.files,
          );
        }
      });
    },
  };
}

/** Deletes rows and spans that are older than they are to be kept. Returns how many. */
export function forgetOldRecords(mind: Mind, settings: Settings['sensors'], now: number): number {
  const { rowsBefore, spansBefore } = retentionCutoffs(settings, now);
  return mind.record((w) => {
    const rows = w.run('DELETE FROM sensor_rows WHERE at < ?', rowsBefore);
    return rows.changes + w.run('DELETE FROM spans WHERE ended < ?', spansBefore).changes;
  });
}
