import type { Pattern, PatternEvidence, PatternKind, PatternStatus } from '../protocol/index.ts';
import type { Reader, SqlValue, Transaction } from '../store/index.ts';
import type { FoundPattern, PatternKey } from './fold.ts';

export interface PatternRow {
  readonly id: string;
  readonly workspace: string;
  readonly path: string;
  readonly kind: PatternKind;
  readonly subject: string;
  readonly status: PatternStatus;
  readonly confidence: number;
  readonly evidence: string;
  readonly found_at: number;
  readonly changed_at: number;
}

const SELECT =
  'SELECT patterns.*, workspaces.path FROM patterns JOIN workspaces ON workspaces.id = patterns.workspace';

export function patternRow(reader: Reader, id: string): PatternRow | undefined {
  return reader.get<PatternRow>(`${SELECT} WHERE patterns.id = ?`, id);
}

/** Newest first. */
export function patternRows(
  reader: Reader,
  { workspace, all, limit }: { workspace?: string | undefined; all: boolean; limit: number },
): PatternRow[] {
  const conditions = [
    ...(all ? [] : ["status = 'active'"]),
    ...(workspace === undefined ? [] : ['path = ?']),
  ];
  const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
  const values: SqlValue[] = workspace === undefined ? [limit] : [workspace, limit];
  return reader.all<PatternRow>(
    `${SELECT} ${where} ORDER BY found_at DESC, patterns.id DESC LIMIT ?`,
    ...values,
  );
}

/** The newest row of a pattern, whatever became of it. */
export function newestRow(reader: Reader, { workspace, kind, subject }: PatternKey): PatternRow | undefined {
  const sql = `${SELECT} WHERE workspace = ? AND kind = ? AND subject = ? ORDER BY found_at DESC LIMIT 1`;
  return reader.get<PatternRow>(sql, workspace, kind, subject);
}

export function insertPattern(tx: Transaction, id: string, found: FoundPattern): void {
  const { workspace, kind, subject, confidence, evidence, at } = found;
  tx.run(
    `INSERT INTO patterns (id, workspace, kind, subject, status, confidence, evidence, found_at, changed_at)
      VALUES (?, ?, ?, ?, 'active', ?, ?, ?, ?)`,
    id,
    workspace,
    kind,
    subject,
    confidence,
    JSON.stringify(evidence),
    at,
    at,
  );
  tx.emit({ type: 'pattern.found', subject: id, data: { kind } });
}

/** Ends the active row of a pattern, where there is one. */
export function endPattern(tx: Transaction, id: string, status: 'resolved' | 'dismissed', now: number): void {
  const sql = "UPDATE patterns SET status = ?, changed_at = ? WHERE id = ? AND status = 'active'";
  if (tx.run(sql, status, now, id).changes > 0) tx.emit({ type: `pattern.${status}`, subject: id });
}

export function activeId(reader: Reader, { workspace, kind, subject }: PatternKey): string | null {
  const sql =
    "SELECT id FROM patterns WHERE workspace = ? AND kind = ? AND subject = ? AND status = 'active'";
  return reader.get<{ id: string }>(sql, workspace, kind, subject)?.id ?? null;
}

export function toPattern(
  row: PatternRow,
  live: Pick<FoundPattern, 'confidence' | 'evidence'> | undefined,
): Omit<Pattern, 'text'> {
  return {
    id: row.id,
    workspace: row.path,
    kind: row.kind,
    subject: row.subject,
    status: row.status,
    confidence: live?.confidence ?? row.confidence,
    evidence: [...(live?.evidence ?? (JSON.parse(row.evidence) as PatternEvidence[]))],
    foundAt: row.found_at,
    changedAt: row.changed_at,
  };
}
