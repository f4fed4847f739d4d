/** Leave that a person gave, and the log of what was done with it. */
export const mind009 = {
  name: 'mind-009',
  sql: `
CREATE TABLE grants (
  id TEXT PRIMARY KEY,
  workspace TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  capability TEXT NOT NULL,
  paths TEXT NOT NULL,
  argv TEXT,
  silence INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  revoked_at INTEGER,
  uses INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX grants_by_workspace ON grants (workspace, created_at DESC);

CREATE TABLE audit_rows (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  run TEXT,
  actor TEXT NOT NULL,
  act TEXT NOT NULL,
  tool TEXT,
  real INTEGER NOT NULL,
  result TEXT NOT NULL,
  data TEXT NOT NULL,
  hash TEXT NOT NULL,
  seal TEXT NOT NULL
);
CREATE TRIGGER audit_rows_stay BEFORE UPDATE ON audit_rows
BEGIN SELECT RAISE(ABORT, 'A row of the audit log is never changed.'); END;
CREATE TRIGGER audit_rows_remain BEFORE DELETE ON audit_rows
BEGIN SELECT RAISE(ABORT, 'A row of the audit log is never deleted.'); END;
`,
} as const;
