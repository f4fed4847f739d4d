/** Advisers, what they were asked, how they voted and how it came out; panels of them. */
export const mind005 = {
  name: 'mind-005',
  sql: `
CREATE TABLE masks (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  archetype TEXT NOT NULL,
  priorities TEXT NOT NULL,
  voice TEXT NOT NULL,
  card TEXT NOT NULL,
  tone TEXT NOT NULL,
  birth TEXT NOT NULL,
  source TEXT,
  born_at INTEGER NOT NULL,
  status TEXT NOT NULL,
  hits INTEGER NOT NULL DEFAULT 0,
  misses INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE mask_offers (
  id TEXT PRIMARY KEY,
  whisper TEXT NOT NULL UNIQUE REFERENCES whispers (id) ON DELETE CASCADE,
  nearest TEXT NOT NULL,
  similarity REAL NOT NULL,
  suggested TEXT NOT NULL,
  status TEXT NOT NULL,
  at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX mask_offers_by_status ON mask_offers (status, at);

CREATE TABLE proposals (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  workspace TEXT REFERENCES workspaces (id) ON DELETE CASCADE,
  subject TEXT,
  topic TEXT NOT NULL,
  question TEXT NOT NULL,
  options TEXT NOT NULL,
  measures TEXT NOT NULL,
  measured TEXT NOT NULL,
  evidence TEXT NOT NULL,
  guild TEXT,
  voters INTEGER NOT NULL,
  at INTEGER NOT NULL,
  deadline INTEGER NOT NULL,
  outcome TEXT,
  choice TEXT,
  decided TEXT,
  overruled INTEGER NOT NULL DEFAULT 0,
  reason TEXT,
  decided_at INTEGER,
  child TEXT,
  observed TEXT,
  borne_out TEXT,
  observed_at INTEGER,
  due_at INTEGER
) WITHOUT ROWID;
CREATE INDEX proposals_by_time ON proposals (at);
CREATE INDEX proposals_by_topic ON proposals (topic, at);
CREATE INDEX proposals_waiting ON proposals (due_at) WHERE observed_at IS NULL;
CREATE TABLE proposal_sources (
  proposal TEXT NOT NULL REFERENCES proposals (id) ON DELETE CASCADE,
  source TEXT NOT NULL,
  PRIMARY KEY (proposal, source)
) WITHOUT ROWID;
CREATE INDEX proposal_sources_by_source ON proposal_sources (source);
CREATE TABLE rounds (
  proposal TEXT NOT NULL REFERENCES proposals (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  at INTEGER NOT NULL,
  shares TEXT NOT NULL,
  present INTEGER NOT NULL,
  quorum INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  choice TEXT,
  PRIMARY KEY (proposal, number)
) WITHOUT ROWID;
CREATE INDEX rounds_by_time ON rounds (at);
CREATE TABLE ballots (
  proposal TEXT NOT NULL,
  round INTEGER NOT NULL,
  voter TEXT NOT NULL,
  name TEXT NOT NULL,
  archetype TEXT,
  priorities TEXT,
  choice TEXT,
  logic REAL NOT NULL,
  stake REAL NOT NULL,
  score REAL NOT NULL,
  weight REAL NOT NULL,
  reason TEXT NOT NULL,
  evidence TEXT NOT NULL,
  answered_by TEXT,
  hit INTEGER,
  PRIMARY KEY (proposal, round, voter),
  FOREIGN KEY (proposal, round) REFERENCES rounds (proposal, number) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX ballots_by_voter ON ballots (voter);

CREATE TABLE guilds (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  members TEXT NOT NULL,
  loops TEXT NOT NULL,
  tone TEXT,
  status TEXT NOT NULL,
  created_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TRIGGER loops_deleted_parent BEFORE DELETE ON loops BEGIN
  UPDATE loops SET parent = NULL WHERE parent = old.id;
END;
`,
} as const;
