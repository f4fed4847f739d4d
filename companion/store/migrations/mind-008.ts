/** Delegated work: runs, their steps, and the journal of what they write. */
export const mind008 = {
  name: 'mind-008',
  sql: `
CREATE TABLE wheel_runs (
  id TEXT PRIMARY KEY,
  workspace TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  recipe TEXT NOT NULL,
  asked_by TEXT NOT NULL,
  asked_name TEXT NOT NULL,
  asked_why TEXT,
  status TEXT NOT NULL,
  sentence TEXT NOT NULL,
  destination TEXT NOT NULL,
  digest TEXT,
  files INTEGER NOT NULL DEFAULT 0,
  additions INTEGER NOT NULL DEFAULT 0,
  deletions INTEGER NOT NULL DEFAULT 0,
  reason TEXT,
  proposal TEXT,
  accepted TEXT,
  consent TEXT,
  before_snapshot TEXT,
  after_snapshot TEXT,
  verified INTEGER,
  taken_back TEXT NOT NULL DEFAULT '[]',
  undoing TEXT,
  report TEXT,
  conflicts TEXT NOT NULL DEFAULT '[]',
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  expires_at INTEGER,
  began_at INTEGER,
  undo_until INTEGER,
  settled_at INTEGER
);
CREATE INDEX wheel_runs_by_time ON wheel_runs (created_at);
CREATE INDEX wheel_runs_by_workspace ON wheel_runs (workspace, created_at);
CREATE INDEX wheel_runs_unsettled ON wheel_runs (status) WHERE settled_at IS NULL;

CREATE TABLE wheel_steps (
  run TEXT NOT NULL REFERENCES wheel_runs (id) ON DELETE CASCADE,
  n INTEGER NOT NULL,
  tool TEXT NOT NULL,
  words TEXT NOT NULL,
  status TEXT NOT NULL,
  note TEXT,
  undo TEXT,
  PRIMARY KEY (run, n)
) WITHOUT ROWID;

CREATE TABLE wheel_writes (
  run TEXT NOT NULL REFERENCES wheel_runs (id) ON DELETE CASCADE,
  path TEXT NOT NULL,
  written INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (run, path)
) WITHOUT ROWID;
`,
} as const;
