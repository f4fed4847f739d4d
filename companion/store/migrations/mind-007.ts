/** How far loops drift from their scope, and the story of what happened. */
export const mind007 = {
  name: 'mind-007',
  sql: `
CREATE TABLE drift_threads (
  workspace TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  branch TEXT NOT NULL,
  touched_at INTEGER NOT NULL,
  state TEXT NOT NULL,
  PRIMARY KEY (workspace, branch)
) WITHOUT ROWID;
CREATE TABLE drift_ratings (
  loop TEXT NOT NULL REFERENCES loops (id) ON DELETE CASCADE,
  hour INTEGER NOT NULL,
  at INTEGER NOT NULL,
  rating REAL NOT NULL,
  band TEXT NOT NULL,
  parts TEXT NOT NULL,
  reasons TEXT NOT NULL,
  confidence REAL NOT NULL,
  alert INTEGER NOT NULL,
  baseline_at INTEGER NOT NULL,
  PRIMARY KEY (loop, hour)
) WITHOUT ROWID;
CREATE INDEX drift_ratings_by_time ON drift_ratings (at);

CREATE TABLE story_lines (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  workspace TEXT REFERENCES workspaces (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  speaker TEXT NOT NULL,
  template INTEGER NOT NULL,
  importance REAL NOT NULL,
  live INTEGER NOT NULL
);
CREATE INDEX story_lines_by_time ON story_lines (at);
CREATE INDEX story_lines_by_workspace ON story_lines (workspace, at);
`,
} as const;
