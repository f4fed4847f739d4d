/**
 * The tables of themes. A member names its subject and, where the subject is a row of another table, that row, so that
 * a row which goes takes its membership along. `centroid` and `name` derive from content: whoever forgets a subject calls
 * `forgetSubjects` in the same transaction.
 */
export const CLUSTER_TABLES = `
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
`;
