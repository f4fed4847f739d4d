/** What is remembered: records, their words for search, and what was forgotten. */
export const mind002 = {
  name: 'mind-002',
  sql: `
CREATE TABLE memories (
  rowid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  origin TEXT UNIQUE,
  workspace TEXT REFERENCES workspaces (id) ON DELETE SET NULL,
  kind TEXT NOT NULL,
  content TEXT NOT NULL,
  author TEXT COLLATE NOCASE,
  source TEXT NOT NULL,
  session TEXT,
  position INTEGER,
  asks INTEGER NOT NULL,
  happened_at INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,
  valid_from INTEGER,
  valid_to INTEGER,
  salience REAL NOT NULL,
  tone TEXT,
  tags TEXT NOT NULL,
  pinned INTEGER NOT NULL DEFAULT 0,
  private INTEGER NOT NULL DEFAULT 0,
  by_agent INTEGER NOT NULL DEFAULT 0,
  digest TEXT NOT NULL,
  accessed_at INTEGER,
  access_count INTEGER NOT NULL DEFAULT 0,
  archived_at INTEGER
);
CREATE UNIQUE INDEX memories_by_session ON memories (session, position) WHERE session IS NOT NULL;
CREATE INDEX memories_by_time ON memories (happened_at DESC);
CREATE INDEX memories_by_digest ON memories (digest);
CREATE INDEX memories_by_author ON memories (author) WHERE author IS NOT NULL;
CREATE VIRTUAL TABLE memory_words USING fts5 (
  content, content = 'memories', content_rowid = 'rowid', tokenize = "porter unicode61 remove_diacritics 2"
);
INSERT INTO memory_words (memory_words, rank) VALUES ('secure-delete', 1);
CREATE TRIGGER memories_inserted AFTER INSERT ON memories BEGIN
  INSERT INTO memory_words (rowid, content) VALUES (new.rowid, new.content);
END;
CREATE TRIGGER memories_deleted AFTER DELETE ON memories BEGIN
  INSERT INTO memory_words (memory_words, rowid, content) VALUES ('delete', old.rowid, old.content);
END;
CREATE TRIGGER memories_edited AFTER UPDATE OF content ON memories BEGIN
  INSERT INTO memory_words (memory_words, rowid, content) VALUES ('delete', old.rowid, old.content);
  INSERT INTO memory_words (rowid, content) VALUES (new.rowid, new.content);
END;
`,
} as const;
