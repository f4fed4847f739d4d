/** What was forgotten, by id alone: a restored backup forgets it again. */
export const hub002 = {
  name: 'hub-002',
  sql: `
CREATE TABLE tombstones (
  actor TEXT NOT NULL,
  id TEXT NOT NULL,
  origin TEXT,
  at INTEGER NOT NULL,
  PRIMARY KEY (actor, id)
) WITHOUT ROWID;
`,
} as const;
