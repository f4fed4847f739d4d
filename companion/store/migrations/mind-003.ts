/**
 * What memory needs to fade, to merge, to be corrected and to be forgotten, and the vectors that a sentence model
 * makes of it.
 */
export const mind003 = {
  name: 'mind-003',
  sql: `
ALTER TABLE memories ADD COLUMN written_by TEXT NOT NULL DEFAULT 'person';
ALTER TABLE memories ADD COLUMN private INTEGER NOT NULL DEFAULT 0;
ALTER TABLE memories ADD COLUMN tone TEXT;
ALTER TABLE memories ADD COLUMN mask TEXT;
ALTER TABLE memories ADD COLUMN about TEXT;
ALTER TABLE memories ADD COLUMN valid_from INTEGER;
ALTER TABLE memories ADD COLUMN valid_to INTEGER;
ALTER TABLE memories ADD COLUMN closed_by TEXT;
ALTER TABLE memories ADD COLUMN same TEXT;
ALTER TABLE memories ADD COLUMN last_accessed INTEGER;
ALTER TABLE memories ADD COLUMN access_count INTEGER NOT NULL DEFAULT 0;
ALTER TABLE memories ADD COLUMN archived_at INTEGER;
CREATE INDEX memories_by_same ON memories (same) WHERE same IS NOT NULL;
CREATE INDEX memories_by_about ON memories (about COLLATE NOCASE, valid_to) WHERE about IS NOT NULL;
CREATE INDEX memories_by_mask ON memories (mask, recorded_at) WHERE mask IS NOT NULL;

CREATE TABLE memory_merged (
  memory TEXT NOT NULL REFERENCES memories (id) ON DELETE CASCADE,
  id TEXT NOT NULL UNIQUE,
  origin TEXT UNIQUE,
  author TEXT,
  source TEXT NOT NULL,
  happened_at INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,
  written_by TEXT NOT NULL,
  content TEXT NOT NULL
);
CREATE INDEX memory_merged_by_memory ON memory_merged (memory);
CREATE TABLE memory_links (
  memory TEXT NOT NULL REFERENCES memories (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  target TEXT NOT NULL,
  PRIMARY KEY (memory, kind, target)
) WITHOUT ROWID;
CREATE INDEX memory_links_by_target ON memory_links (target);

CREATE TABLE memory_models (
  digest TEXT PRIMARY KEY,
  dimensions INTEGER NOT NULL,
  token_dimensions INTEGER NOT NULL,
  chosen_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE memory_vectors (
  n INTEGER PRIMARY KEY AUTOINCREMENT,
  memory INTEGER NOT NULL UNIQUE REFERENCES memories (rowid) ON DELETE CASCADE,
  vector BLOB NOT NULL
);
CREATE TABLE memory_tokens (
  memory INTEGER PRIMARY KEY REFERENCES memories (rowid) ON DELETE CASCADE,
  tokens BLOB NOT NULL
);
CREATE TABLE memory_queue (memory INTEGER PRIMARY KEY REFERENCES memories (rowid) ON DELETE CASCADE);
INSERT INTO memory_queue (memory) SELECT rowid FROM memories;
CREATE TRIGGER memories_inserted_queue AFTER INSERT ON memories BEGIN
  INSERT INTO memory_queue (memory) VALUES (new.rowid);
END;
CREATE TRIGGER memories_edited_queue AFTER UPDATE OF content ON memories BEGIN
  DELETE FROM memory_vectors WHERE memory = new.rowid;
  DELETE FROM memory_tokens WHERE memory = new.rowid;
  INSERT OR IGNORE INTO memory_queue (memory) VALUES (new.rowid);
END;

CREATE TRIGGER loops_private AFTER UPDATE OF private ON loops BEGIN
  UPDATE memories SET private = new.private WHERE origin IN (
    SELECT id FROM whispers WHERE loop = new.id UNION ALL SELECT id FROM decisions WHERE loop = new.id);
END;

CREATE TABLE mask_history (
  mask TEXT NOT NULL,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  shift REAL NOT NULL,
  cause TEXT NOT NULL
);
CREATE INDEX mask_history_by_mask ON mask_history (mask, kind, at);

CREATE TABLE clusters (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  size INTEGER NOT NULL,
  formed_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE cluster_members (
  subject TEXT PRIMARY KEY,
  cluster TEXT NOT NULL REFERENCES clusters (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  retired INTEGER NOT NULL,
  memory TEXT REFERENCES memories (id) ON DELETE CASCADE,
  loop TEXT REFERENCES loops (id) ON DELETE CASCADE,
  whisper TEXT REFERENCES whispers (id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX cluster_members_by_cluster ON cluster_members (cluster);
CREATE INDEX cluster_members_by_memory ON cluster_members (memory) WHERE memory IS NOT NULL;
CREATE INDEX cluster_members_by_loop ON cluster_members (loop) WHERE loop IS NOT NULL;
CREATE INDEX cluster_members_by_whisper ON cluster_members (whisper) WHERE whisper IS NOT NULL;
CREATE TABLE cluster_centroids (
  cluster TEXT PRIMARY KEY REFERENCES clusters (id) ON DELETE CASCADE,
  count INTEGER NOT NULL,
  vector BLOB,
  terms TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE cluster_scales (
  measure TEXT PRIMARY KEY,
  background REAL NOT NULL,
  near REAL NOT NULL,
  seen INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE cluster_history (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  cluster TEXT NOT NULL,
  type TEXT NOT NULL,
  size INTEGER NOT NULL,
  joined INTEGER NOT NULL
);
CREATE INDEX cluster_history_by_cluster ON cluster_history (cluster, at);

CREATE TABLE tombstones (id TEXT PRIMARY KEY, origin TEXT, at INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX tombstones_by_origin ON tombstones (origin) WHERE origin IS NOT NULL;
`,
} as const;
