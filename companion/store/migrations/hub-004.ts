/** Where the audit log of each mind ended when it was last looked at, and whatever else took its place. */
export const hub004 = {
  name: 'hub-004',
  sql: `
CREATE TABLE audit_heads (
  actor TEXT PRIMARY KEY,
  key TEXT NOT NULL,
  rows INTEGER NOT NULL,
  hash TEXT NOT NULL,
  at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE audit_turns (
  n INTEGER PRIMARY KEY AUTOINCREMENT,
  actor TEXT NOT NULL,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('restored', 'broken', 'sealed')),
  backup TEXT,
  rows_before INTEGER NOT NULL,
  hash_before TEXT NOT NULL,
  rows_after INTEGER,
  hash_after TEXT
);
CREATE INDEX audit_turns_by_actor ON audit_turns (actor, n);
`,
} as const;
