/** Questions and answers, what each rests on, and what was thought on the way. */
export const mind006 = {
  name: 'mind-006',
  sql: `
CREATE TABLE conversations (
  id TEXT PRIMARY KEY,
  workspace TEXT REFERENCES workspaces (id) ON DELETE CASCADE,
  title TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX conversations_by_time ON conversations (last_at DESC);
CREATE INDEX conversations_by_workspace ON conversations (workspace, last_at DESC);

CREATE TABLE turns (
  n INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  conversation TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
  workspace TEXT REFERENCES workspaces (id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  door TEXT NOT NULL,
  question TEXT NOT NULL,
  answer TEXT NOT NULL,
  citations TEXT NOT NULL,
  answered_by TEXT,
  note TEXT,
  outcome TEXT NOT NULL,
  perception TEXT NOT NULL,
  private INTEGER NOT NULL
);
CREATE INDEX turns_by_conversation ON turns (conversation, n);
CREATE INDEX turns_by_workspace ON turns (workspace);
CREATE INDEX turns_unfinished ON turns (n) WHERE outcome = 'writing';

CREATE TABLE turn_sources (
  turn TEXT NOT NULL REFERENCES turns (id) ON DELETE CASCADE,
  target TEXT NOT NULL,
  PRIMARY KEY (turn, target)
) WITHOUT ROWID;
CREATE INDEX turn_sources_by_target ON turn_sources (target);

CREATE TABLE thoughts (
  n INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  turn TEXT REFERENCES turns (id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  step TEXT NOT NULL,
  text TEXT NOT NULL,
  answered_by TEXT,
  ms INTEGER NOT NULL
);
CREATE INDEX thoughts_by_turn ON thoughts (turn, n);
CREATE INDEX thoughts_by_step ON thoughts (step, n);
CREATE TRIGGER thoughts_stay BEFORE UPDATE ON thoughts BEGIN
  SELECT RAISE(ABORT, 'thoughts are only ever added');
END;

CREATE TRIGGER memories_private_turns AFTER UPDATE OF private ON memories WHEN new.private = 1 BEGIN
  UPDATE memories SET private = 1 WHERE private = 0 AND origin IN (
    SELECT turn FROM turn_sources WHERE target = new.id
    UNION ALL SELECT replace(turn, 'turn_', 'answer_') FROM turn_sources WHERE target = new.id);
END;
CREATE TRIGGER loops_private_turns AFTER UPDATE OF private ON loops WHEN new.private = 1 BEGIN
  UPDATE memories SET private = 1 WHERE private = 0 AND origin IN (
    SELECT turn FROM turn_sources WHERE target = new.id
    UNION ALL SELECT replace(turn, 'turn_', 'answer_') FROM turn_sources WHERE target = new.id);
END;
`,
} as const;
