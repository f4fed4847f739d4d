import { councilFacts } from './council-facts.ts';
import { clip, count, fileName, listing, titleOf } from './kernel/index.ts';
import type { Facts, StoryKind } from './narration/index.ts';
import { type Drift, type Event, type HeritageFile, type Pattern, TIER_WORDS } from './protocol/index.ts';
import type { Mind, Reader } from './store/index.ts';
import { type Found, facts, LONGEST, quoted, workspaceOf } from './story-words.ts';

export interface StoryFactsOptions {
  readonly mind: Mind;
  /** What is said of a pattern; null where it is gone. */
  pattern(id: string): Pick<Pattern, 'text' | 'subject'> | null;
  /** The newest rating of a loop; null where there is none. */
  drift(loop: string): Pick<Drift, 'reasons'> | null;
  /** A time to come, in words: "until Monday". */
  when(at: number): string;
}

const NONE: Found = { workspace: null, private: false };
const HERITAGE: Readonly<Record<HeritageFile, string>> = {
  core: 'what you told of yourself',
  preferences: 'your preferences',
  learned: 'what was learned of you',
};

/**
 * What is known of an event when it is told, from the store as it is then. A private loop has no name here, nor has what
 * hangs on one: the story is made to be shown and exported. Null for what is gone or was forgotten.
 */
export function storyFacts(options: StoryFactsOptions): (event: Event, kind: StoryKind) => Facts | null {
  return (event, kind) => options.mind.read((reader) => factsOf(reader, event, kind, options));
}

function factsOf(reader: Reader, event: Event, kind: StoryKind, options: StoryFactsOptions): Facts | null {
  const { subject, data } = event;
  switch (kind) {
    case 'committed':
      return commitFacts(reader, event);
    case 'noted':
      return noteFacts(reader, subject);
    case 'decided':
      return decisionFacts(reader, subject);
    case 'opened':
    case 'landed':
    case 'resolved':
    case 'blessed':
    case 'dropped':
    case 'deferred':
    case 'stale':
    case 'taken up':
    case 'drifting':
      return loopFacts(reader, subject, kind, options);
    case 'stuck':
    case 'heavy hour':
    case 'left alone':
    case 'thrash':
    case 'at risk':
    case 'back again':
      return patternFacts(reader, subject, options);
    case 'recovered': {
      const workspace = workspaceOf(reader, subject);
      return workspace && facts({ ...NONE, workspace }, { where: fileName(workspace.path) });
    }
    case 'learned': {
      const row = reader.get<{ sentence: string }>('SELECT sentence FROM hypotheses WHERE id = ?', subject);
      return row ? facts(NONE, { what: clip(row.sentence, LONGEST) }) : null;
    }
    case 'heritage':
      // What a confirmed belief writes is told with the belief.
      return data.source === 'hypothesis'
        ? null
        : facts(NONE, { what: HERITAGE[subject as HeritageFile] ?? '' });
    case 'forgot':
      return facts(NONE, { what: typeof data.records === 'number' ? count(data.records, 'record') : '' });
    case 'tier':
      return facts(NONE, { what: tierWords(data.to) });
    case 'voted':
    case 'contested':
    case 'no vote':
    case 'ruled':
    case 'came out':
    case 'adviser offered':
    case 'adviser made':
    case 'adviser retired':
    case 'panel made':
    case 'panel dissolved':
      return councilFacts(reader, subject, kind);
    case 'asks leave':
    case 'ran':
    case 'took back':
    case 'undid':
    case 'broke off':
      return runFacts(reader, subject, kind);
    case 'dreamed':
    case 'converged':
    case 'restored':
    case 'agent asks':
      return facts(NONE, {});
  }
}

function runFacts(reader: Reader, id: string, kind: StoryKind): Facts | null {
  const sql = `SELECT workspace, sentence, asked_by AS askedBy, asked_name AS name, files FROM wheel_runs WHERE id = ?`;
  const row = reader.get<{
    workspace: string;
    sentence: string;
    askedBy: string;
    name: string;
    files: number;
  }>(sql, id);
  // What a person asked for themselves does not ask them.
  if (!row || (kind === 'asks leave' && row.askedBy === 'person')) return null;
  const more = kind === 'ran' ? count(row.files, 'file') : row.askedBy === 'mind' ? 'A plan' : row.name;
  return facts(
    { ...NONE, workspace: workspaceOf(reader, row.workspace) },
    { what: clip(row.sentence, 120), more },
  );
}

function commitFacts(reader: Reader, { subject, data }: Event): Facts | null {
  const sql =
    "SELECT workspace, data FROM timeline WHERE kind = 'commit' AND workspace = ? AND json_extract(data, '$.commit') = ?";
  const row = reader.get<{ workspace: string; data: string }>(sql, String(data.workspace), subject);
  const workspace = workspaceOf(reader, String(data.workspace));
  if (!workspace) return null;
  const more = `+${data.insertions ?? 0} −${data.deletions ?? 0}`;
  // Of what is older than the timeline only the counts are kept.
  const files = row ? (JSON.parse(row.data) as { files: string[]; branch: string | null }) : null;
  const names = files?.files.map(fileName) ?? [];
  const hidden = files?.branch ? isPrivateBranch(reader, workspace.id, files.branch) : false;
  const what = names.length > 0 && !hidden ? listing(names, 2) : count(Number(data.files ?? 0), 'file');
  const where = hidden ? '' : (files?.branch ?? '');
  return facts({ workspace, private: hidden }, { what, more, where });
}

function noteFacts(reader: Reader, id: string): Facts | null {
  const sql = `SELECT whispers.text, loops.id, loops.title, loops.private, whispers.workspace FROM whispers
    JOIN loops ON loops.id = whispers.loop WHERE whispers.id = ?`;
  const row = reader.get<{ text: string; id: string; title: string; private: number; workspace: string }>(
    sql,
    id,
  );
  if (!row) return null;
  const about = { kind: 'loop', id: row.id } as const;
  const found = { workspace: workspaceOf(reader, row.workspace), private: row.private === 1, about };
  if (found.private) return facts(found, { what: 'a line of its own', where: 'a private thread' });
  // A note that opened its thread is what the thread is called.
  const where = row.title === titleOf(row.text) ? '' : quoted(row.title);
  return facts(found, { what: quoted(titleOf(row.text)), where });
}

function decisionFacts(reader: Reader, id: string): Facts | null {
  const sql = `SELECT decisions.question, decisions.decision, decisions.workspace, loops.private FROM decisions
    LEFT JOIN loops ON loops.id = decisions.loop WHERE decisions.id = ?`;
  const row = reader.get<{ question: string; decision: string; workspace: string; private: number | null }>(
    sql,
    id,
  );
  if (!row) return null;
  const memory = reader.get<{ id: string }>('SELECT id FROM memories WHERE origin = ?', id);
  const found = {
    workspace: workspaceOf(reader, row.workspace),
    private: row.private === 1,
    ...(memory && { about: { kind: 'memory' as const, id: memory.id } }),
  };
  if (found.private) return facts(found, { what: 'something about a private thread' });
  return facts(found, { what: `${titleOf(row.question)} → ${titleOf(row.decision)}` });
}

function loopFacts(
  reader: Reader,
  id: string,
  kind: StoryKind,
  { drift, when }: StoryFactsOptions,
): Facts | null {
  const sql = 'SELECT title, private, workspace, defer_until FROM loops WHERE id = ?';
  const row = reader.get<{ title: string; private: number; workspace: string; defer_until: number | null }>(
    sql,
    id,
  );
  if (!row) return null;
  const found = { workspace: workspaceOf(reader, row.workspace), private: row.private === 1 };
  const what = found.private ? 'a private thread' : quoted(row.title);
  if (kind === 'deferred' && row.defer_until !== null)
    return facts(found, { what, more: `until ${when(row.defer_until)}` });
  if (kind !== 'drifting' || found.private) return facts(found, { what });
  const reason = drift(id)?.reasons[0] ?? '';
  return facts(found, { what, more: reason });
}

function patternFacts(reader: Reader, id: string, { pattern }: StoryFactsOptions): Facts | null {
  const found = pattern(id);
  const row = reader.get<{ workspace: string }>('SELECT workspace FROM patterns WHERE id = ?', id);
  if (!found || !row) return null;
  const about = reader.get<{ private: number }>('SELECT private FROM loops WHERE id = ?', found.subject);
  const at = {
    workspace: workspaceOf(reader, row.workspace),
    private: about?.private === 1,
    ...(about && { about: { kind: 'loop' as const, id: found.subject } }),
  };
  return facts(at, { what: at.private ? '' : found.text });
}

function isPrivateBranch(reader: Reader, workspace: string, branch: string): boolean {
  const sql = 'SELECT 1 FROM loops WHERE workspace = ? AND key = ? AND private = 1';
  return reader.get(sql, workspace, `branch:${branch}`) !== undefined;
}

function tierWords(tier: unknown): string {
  return (TIER_WORDS as Readonly<Record<string, string>>)[String(tier)] ?? '';
}
