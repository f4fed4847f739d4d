/** mind.db as first shipped: the event log and what a foundation knows about one person's work. */
export const mind001 = {
  name: 'mind-001',
  sql: `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE events (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  type TEXT NOT NULL,
  subject TEXT NOT NULL,
  data TEXT NOT NULL
);
CREATE TABLE applied_intents (id TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE workspaces (
  id TEXT PRIMARY KEY,
  path TEXT NOT NULL UNIQUE,
  opened_at INTEGER NOT NULL,
  last_active_at INTEGER,
  day TEXT,
  scan TEXT,
  scanned_at INTEGER
) WITHOUT ROWID;
CREATE TABLE loops (
  id TEXT PRIMARY KEY,
  workspace TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  title TEXT NOT NULL,
  context TEXT NOT NULL,
  source TEXT NOT NULL,
  status TEXT NOT NULL,
  priority TEXT NOT NULL,
  private INTEGER NOT NULL,
  facts TEXT NOT NULL,
  evidence TEXT NOT NULL,
  rank REAL NOT NULL,
  edited INTEGER NOT NULL DEFAULT 0,
  seen INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL,
  touched_at INTEGER NOT NULL,
  defer_until INTEGER,
  parent TEXT REFERENCES loops (id),
  UNIQUE (workspace, key)
) WITHOUT ROWID;
CREATE INDEX loops_open ON loops (workspace, status, rank DESC);
CREATE TABLE anchors (
  id TEXT PRIMARY KEY,
  workspace TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  loop TEXT NOT NULL REFERENCES loops (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  file TEXT,
  line INTEGER,
  lost INTEGER NOT NULL DEFAULT 0,
  data TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX anchors_by_loop ON anchors (loop);
CREATE INDEX anchors_by_file ON anchors (workspace, file);
CREATE TABLE whispers (
  id TEXT PRIMARY KEY,
  workspace TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  loop TEXT NOT NULL REFERENCES loops (id) ON DELETE CASCADE,
  anchor TEXT REFERENCES anchors (id) ON DELETE SET NULL,
  branch TEXT,
  text TEXT NOT NULL,
  at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX whispers_by_loop ON whispers (loop, at DESC);
CREATE INDEX whispers_by_time ON whispers (workspace, at DESC);
CREATE TABLE decisions (
  id TEXT PRIMARY KEY,
  workspace TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  loop TEXT REFERENCES loops (id) ON DELETE SET NULL,
  question TEXT NOT NULL,
  options TEXT NOT NULL,
  decision TEXT NOT NULL,
  why TEXT NOT NULL,
  outcome TEXT NOT NULL,
  review_at INTEGER,
  links TEXT NOT NULL,
  at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX decisions_by_time ON decisions (workspace, at DESC);
CREATE TABLE working_files (
  workspace TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  digest TEXT NOT NULL,
  written_at INTEGER NOT NULL,
  PRIMARY KEY (workspace, name)
) WITHOUT ROWID;
CREATE TABLE sensor_rows (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  workspace TEXT NOT NULL,
  kind TEXT NOT NULL,
  file TEXT,
  branch TEXT,
  n INTEGER NOT NULL
);
CREATE INDEX sensor_rows_by_time ON sensor_rows (at);
CREATE TABLE spans (
  id TEXT PRIMARY KEY,
  workspace TEXT NOT NULL,
  file TEXT NOT NULL,
  branch TEXT,
  kind TEXT NOT NULL,
  started INTEGER NOT NULL,
  ended INTEGER NOT NULL,
  edits INTEGER NOT NULL,
  saves INTEGER NOT NULL,
  files INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX spans_by_time ON spans (workspace, ended);
CREATE TABLE interruptions (
  id TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  candidate TEXT NOT NULL,
  subject TEXT NOT NULL,
  moment TEXT NOT NULL,
  gate TEXT,
  shown_at INTEGER,
  outcome TEXT,
  response_ms INTEGER
) WITHOUT ROWID;
CREATE INDEX interruptions_by_time ON interruptions (at);
`,
} as const;
