/** What is remembered: records, and their words for search. */
export const mind002 = {
  name: 'mind-002',
  sql: `
CREATE TABLE memories (
  rowid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  origin TEXT UNIQUE,
  workspace TEXT REFERENCES workspaces (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  content TEXT NOT NULL,
  author TEXT COLLATE NOCASE,
  source TEXT NOT NULL,
  session TEXT,
  position INTEGER,
  asks INTEGER NOT NULL,
  happened_at INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,
  salience REAL NOT NULL,
  tags TEXT NOT NULL,
  pinned INTEGER NOT NULL
);
CREATE UNIQUE INDEX memories_by_session ON memories (session, position) WHERE session IS NOT NULL;
CREATE INDEX memories_by_time ON memories (happened_at DESC);
CREATE INDEX memories_by_workspace ON memories (workspace);
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
