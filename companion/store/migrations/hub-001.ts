/** hub.db as first shipped: who there is, which folders, what long work, what is owed to a mind. */
export const hub001 = {
  name: 'hub-001',
  sql: `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE actors (id TEXT PRIMARY KEY, role TEXT NOT NULL, created_at INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE workspaces (
  id TEXT PRIMARY KEY,
  path TEXT NOT NULL UNIQUE,
  registered_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE jobs (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  status TEXT NOT NULL,
  priority INTEGER NOT NULL,
  progress REAL,
  message TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  input TEXT NOT NULL,
  checkpoint TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX jobs_by_status ON jobs (status, priority DESC, created_at);
CREATE TABLE intents (
  id TEXT PRIMARY KEY,
  actor TEXT NOT NULL,
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  created_at INTEGER NOT NULL
) WITHOUT ROWID;
`,
} as const;
