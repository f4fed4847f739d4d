/** A self: the timeline it reads, what it found in it, how it feels, what it believes, and its nights. */
export const mind004 = {
  name: 'mind-004',
  sql: `
CREATE TABLE timeline (
  n INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  workspace TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  data TEXT NOT NULL
);
CREATE INDEX timeline_by_time ON timeline (at);
CREATE INDEX timeline_by_workspace ON timeline (workspace, kind, at);
CREATE UNIQUE INDEX timeline_commits ON timeline (workspace, json_extract(data, '$.commit')) WHERE kind = 'commit';

CREATE TABLE patterns (
  id TEXT PRIMARY KEY,
  workspace TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  status TEXT NOT NULL,
  confidence REAL NOT NULL,
  evidence TEXT NOT NULL,
  found_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX patterns_active ON patterns (workspace, kind, subject) WHERE status = 'active';
CREATE INDEX patterns_by_time ON patterns (found_at);

CREATE TABLE limbic_moves (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  sign_at INTEGER NOT NULL,
  cause TEXT NOT NULL,
  subject TEXT NOT NULL,
  changes TEXT NOT NULL,
  trust REAL NOT NULL,
  warmth REAL NOT NULL,
  arousal REAL NOT NULL,
  valence REAL NOT NULL
);
CREATE INDEX limbic_moves_by_time ON limbic_moves (at);
CREATE TABLE limbic_marks (
  id TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  text TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX limbic_marks_by_time ON limbic_marks (at);

CREATE TABLE heritage (
  id TEXT PRIMARY KEY,
  file TEXT NOT NULL,
  version INTEGER NOT NULL,
  at INTEGER NOT NULL,
  source TEXT NOT NULL,
  reason TEXT NOT NULL,
  content TEXT NOT NULL,
  UNIQUE (file, version)
) WITHOUT ROWID;

CREATE TABLE convergence (
  question TEXT PRIMARY KEY,
  status TEXT NOT NULL,
  answer TEXT,
  heritage TEXT NOT NULL,
  at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE hypotheses (
  id TEXT PRIMARY KEY,
  generator TEXT NOT NULL,
  subject TEXT NOT NULL,
  workspace TEXT REFERENCES workspaces (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  claim TEXT NOT NULL,
  sentence TEXT NOT NULL,
  unit TEXT NOT NULL,
  status TEXT NOT NULL,
  weight REAL NOT NULL,
  validations INTEGER NOT NULL,
  except_when TEXT,
  formed_at INTEGER NOT NULL,
  tested_at INTEGER NOT NULL,
  offered_at INTEGER,
  answered_at INTEGER,
  ended_at INTEGER,
  learned_at INTEGER
) WITHOUT ROWID;
CREATE INDEX hypotheses_by_weight ON hypotheses (weight DESC);
CREATE TABLE hypothesis_evidence (
  hypothesis TEXT NOT NULL REFERENCES hypotheses (id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  supports INTEGER NOT NULL,
  data TEXT NOT NULL,
  PRIMARY KEY (hypothesis, key)
) WITHOUT ROWID;

CREATE TABLE dreams (
  day TEXT PRIMARY KEY,
  started_at INTEGER NOT NULL,
  finished_at INTEGER,
  stage TEXT NOT NULL,
  checkpoint TEXT,
  summary TEXT
) WITHOUT ROWID;
`,
} as const;
