import { loopActivity, loopTone, recordActivity, recordTone } from './globe/index.ts';
import { clip, titleOf } from './kernel/index.ts';
import {
  type GlobePoint,
  type LoopFacts,
  type LoopSource,
  type LoopStatus,
  type MemoryKind,
  PRIVATE_TITLES,
  type Tone,
} from './protocol/index.ts';
import type { Reader } from './store/index.ts';

const DAY = 24 * 60 * 60 * 1000;
/** An alert of drift shows for so long. */
export const ALERT_LASTS_MS = 7 * DAY;
const LONGEST_TITLE = 120;
const LONGEST_WHISPER = 200;
const ENDED: ReadonlySet<LoopStatus> = new Set(['blessed', 'dropped', 'merged']);

/** A panel and what it shares. */
export interface SharingGuild {
  readonly id: string;
  readonly name: string;
  readonly tone: Tone | null;
  readonly loops: ReadonlySet<string>;
}

/** What the rows of one page are read with. */
export interface RowContext {
  readonly now: number;
  readonly guilds: readonly SharingGuild[];
  /** Paths of folders by their ids. */
  readonly folders: ReadonlyMap<string, string>;
}

export interface GlobeLoopRow {
  readonly id: string;
  readonly workspace: string;
  readonly title: string;
  readonly source: LoopSource;
  readonly status: LoopStatus;
  readonly private: number;
  readonly facts: string;
  readonly created_at: number;
  readonly touched_at: number;
  readonly parent: string | null;
  readonly cluster: string | null;
  readonly drifting: number;
  readonly notes: number;
  readonly note: string | null;
  readonly note_at: number | null;
  readonly note_private: number;
  /** Its private notes, as JSON. */
  readonly hushed: string;
}

/** `?` is since when an alert of drift counts. The newest note stands beside its loop without a second query. */
export const LOOP_COLUMNS = `loops.id, loops.workspace, loops.title, loops.source, loops.status, loops.private, loops.facts,
  loops.created_at, loops.touched_at, loops.parent,
  (SELECT cluster FROM cluster_members WHERE subject = loops.id) AS cluster,
  EXISTS (SELECT 1 FROM drift_ratings WHERE loop = loops.id AND alert = 1 AND at > ?) AS drifting,
  (SELECT count(*) FROM whispers WHERE loop = loops.id) AS notes,
  newest.text AS note, newest.at AS note_at,
  EXISTS (SELECT 1 FROM memories WHERE origin = newest.id AND private = 1) AS note_private,
  (SELECT json_group_array(substr(whispers.text, 1, 300)) FROM whispers
    JOIN memories ON memories.origin = whispers.id AND memories.private = 1 WHERE whispers.loop = loops.id) AS hushed
  FROM loops LEFT JOIN whispers AS newest ON newest.id =
    (SELECT id FROM whispers WHERE loop = loops.id ORDER BY at DESC LIMIT 1)`;

export interface GlobeRecordRow {
  readonly n: number;
  readonly id: string;
  readonly workspace: string | null;
  readonly kind: MemoryKind;
  readonly text: string;
  readonly happened_at: number;
  readonly salience: number;
  readonly pinned: number;
  readonly private: number;
  readonly asks: number;
  readonly tone: Tone | null;
  readonly mask: string | null;
  readonly valid_to: number | null;
  readonly last_accessed: number | null;
  readonly access_count: number;
  readonly archived_at: number | null;
  readonly cluster: string | null;
  readonly parent: string | null;
}

/** Lookups that only some records need are made for those alone. */
export const RECORD_COLUMNS = `memories.rowid AS n, memories.id, workspace, memories.kind, substr(content, 1, 240) AS text,
  happened_at, salience, pinned, private, asks, tone, mask, valid_to, last_accessed, access_count, archived_at,
  cluster_members.cluster,
  CASE WHEN origin GLOB 'whisper_*' THEN (SELECT loop FROM whispers WHERE id = memories.origin)
    WHEN origin GLOB 'decision_*' THEN (SELECT loop FROM decisions WHERE id = memories.origin)
    ELSE (SELECT target FROM memory_links
      WHERE memory = memories.id AND kind = 'about' AND target GLOB 'loop_*' LIMIT 1) END AS parent
  FROM memories LEFT JOIN cluster_members ON cluster_members.subject = memories.id`;

export function pointOfLoop(row: GlobeLoopRow, { now, guilds, folders }: RowContext): GlobePoint {
  const facts = JSON.parse(row.facts) as LoopFacts;
  const { id, status, source } = row;
  const touchedAt = row.touched_at;
  // What was written long before it was found began then.
  const createdAt = Math.min(row.created_at, facts.writtenAt ?? row.created_at, touchedAt);
  const sharing = guilds.filter(({ loops }) => loops.has(id));
  const ended = ENDED.has(status);
  const hidden = row.private === 1 || isCalledByOne(row);
  const declaring = sharing.find(({ tone }) => tone !== null);
  const found = loopTone(
    {
      ...{ status, source, facts, createdAt, touchedAt },
      parent: row.parent !== null,
      drifting: row.drifting === 1,
      noteAt: row.note_at,
      guild: declaring ? { name: declaring.name, tone: declaring.tone! } : null,
    },
    now,
  );
  const acts = row.notes + (facts.uncommittedFiles ?? 0) + (facts.ahead ?? 0);
  const silent = hidden || row.note_private === 1 || row.note === null;
  return {
    id,
    kind: 'loop',
    title: hidden ? PRIVATE_TITLES.loop : clip(row.title, LONGEST_TITLE),
    private: hidden,
    workspace: folders.get(row.workspace) ?? null,
    cluster: row.cluster,
    guilds: sharing.map((guild) => guild.id),
    tone: found.tone,
    toneDeclared: found.declared,
    toneWords: found.words,
    status,
    createdAt,
    touchedAt,
    endedAt: ended ? touchedAt : null,
    activity: loopActivity({ touchedAt, acts, ended }, now),
    parent: row.parent,
    drifting: row.drifting === 1 && !ended,
    whisper: silent ? null : clip(oneLine(row.note!), LONGEST_WHISPER),
  };
}

/** A note that opened its thread is what the thread is called; where it is private, so is the name. */
function isCalledByOne({ title, hushed }: GlobeLoopRow): boolean {
  return hushed !== '[]' && (JSON.parse(hushed) as string[]).some((note) => titleOf(note) === title);
}

/** Null for what is archived, and for what a mask keeps to itself. */
export function pointOfRecord(row: GlobeRecordRow, { now, folders }: RowContext): GlobePoint | null {
  if (row.archived_at !== null || row.mask !== null) return null;
  const { id, kind, happened_at: at } = row;
  const hidden = row.private === 1;
  const closed = row.valid_to !== null && row.valid_to <= now;
  const found = recordTone(
    {
      ...{ kind, at, closed },
      declared: row.tone,
      asks: row.asks === 1,
      pinned: row.pinned === 1,
      looks: row.access_count,
      lookedAt: row.last_accessed,
    },
    now,
  );
  return {
    id,
    kind,
    title: hidden ? PRIVATE_TITLES[kind] : clip(oneLine(titleOf(row.text.trim())), LONGEST_TITLE),
    private: hidden,
    workspace: row.workspace === null ? null : (folders.get(row.workspace) ?? null),
    cluster: row.cluster,
    guilds: [],
    tone: found.tone,
    toneDeclared: found.declared,
    toneWords: found.words,
    status: null,
    createdAt: at,
    touchedAt: at,
    endedAt: closed ? row.valid_to : null,
    activity: recordActivity({ at, salience: row.salience, looks: row.access_count }, now),
    parent: row.parent,
    drifting: false,
    whisper: null,
  };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** The panels that are active, with what they share, and the folders. */
export function rowContext(reader: Reader, now: number): RowContext {
  const guilds = reader
    .all<{ id: string; name: string; tone: Tone | null; loops: string }>(
      "SELECT id, name, tone, loops FROM guilds WHERE status = 'active' ORDER BY created_at, id",
    )
    .map((row) => ({ ...row, loops: new Set(JSON.parse(row.loops) as string[]) }));
  const folders = reader.all<{ id: string; path: string }>('SELECT id, path FROM workspaces');
  return { now, guilds, folders: new Map(folders.map(({ id, path }) => [id, path])) };
}
