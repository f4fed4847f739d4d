/**
 * What was forgotten, by id alone: a restored backup forgets it again. What is open to agents, and their tokens as
 * digests.
 */
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
CREATE TABLE doors (
  workspace TEXT PRIMARY KEY REFERENCES workspaces (id) ON DELETE CASCADE,
  mcp INTEGER NOT NULL DEFAULT 0,
  confidential INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE agent_tokens (
  name TEXT PRIMARY KEY,
  digest TEXT NOT NULL UNIQUE,
  actor TEXT NOT NULL REFERENCES actors (id),
  created_at INTEGER NOT NULL,
  used_at INTEGER
) WITHOUT ROWID;
`,
} as const;
