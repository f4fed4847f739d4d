import { BELIEF } from './doubts.ts';
import { type DreamRow, type Finding, linesOf, type Stage } from './dream/index.ts';
import { clip, listing } from './kernel/index.ts';
import type { Dream } from './protocol/index.ts';
import type { Reader } from './store/index.ts';

interface Words {
  id: string;
  content: string;
  happened_at: number;
}

/** What a report needs to know of the dreams that there are. */
export interface Told {
  readonly stages: readonly Stage[];
  readonly titles: ReadonlyMap<string, string>;
  dateOf(at: number): string;
}

const EXCERPT = 120;
const MOST_CITED = 10;

/**
 * A dream as it is told: the store keeps counts and ids, and the words are those that the records have now, so that
 * what was forgotten since is not told.
 */
export function reportOf(reader: Reader, row: DreamRow, { stages, titles, dateOf }: Told): Dream {
  const { day, status, asked, startedAt, finishedAt, results } = row;
  const at = row.stage === null ? -1 : stages.findIndex(({ name }) => name === row.stage);
  const stateOf = (i: number, name: string) => {
    if (results[name]?.counts.failed) return 'failed';
    if (row.stage === null) return status === 'done' ? 'done' : 'waiting';
    if (i === at) return status === 'running' ? 'running' : 'waiting';
    return i < at ? 'done' : 'waiting';
  };
  const all = Object.values(results);
  return {
    day,
    status,
    asked,
    startedAt,
    finishedAt,
    stages: stages.map(({ name, title }, i) => ({
      name,
      title,
      state: stateOf(i, name),
      counts: { ...results[name]?.counts },
    })),
    lines: status === 'done' ? linesOf(results, titles) : [],
    theme: themeOf(reader, results.summary?.cited?.[0]),
    review: all.flatMap(({ review = [] }) => review.flatMap((finding) => told(reader, finding, dateOf))),
    cited: all
      .flatMap(({ cited = [] }) => wordsOf(reader, cited))
      .slice(0, MOST_CITED)
      .map(({ id, content }) => ({ id, excerpt: excerpt(content) })),
  };
}

function themeOf(reader: Reader, id: string | undefined): Dream['theme'] {
  const row =
    id && reader.get<{ id: string; name: string }>('SELECT id, name FROM clusters WHERE id = ?', id);
  return row ? { id: row.id, name: JSON.parse(row.name) as string[] } : null;
}

/** A finding in the words of its records; none where one of them is gone. */
function told(reader: Reader, { kind, ids }: Finding, dateOf: (at: number) => string): Dream['review'] {
  if (kind === BELIEF) return ids.flatMap((id) => doubtOf(reader, id));
  const records = wordsOf(reader, ids);
  if (records.length < ids.length) return [];
  const said = records.map(({ content, happened_at: at }) => `“${excerpt(content)}” (${dateOf(at)})`);
  return [{ kind, ids: [...ids], text: listing(said, 3) }];
}

function doubtOf(reader: Reader, id: string): Dream['review'] {
  const belief = reader.get<{ sentence: string }>('SELECT sentence FROM hypotheses WHERE id = ?', id);
  const text = `“${belief?.sentence}” is not what you said of your best hours`;
  return belief ? [{ kind: BELIEF, ids: [id], text }] : [];
}

function wordsOf(reader: Reader, ids: readonly string[]): Words[] {
  const sql = `SELECT id, content, happened_at FROM memories WHERE id IN (SELECT value FROM json_each(?))
    ORDER BY happened_at, id`;
  return reader.all<Words>(sql, JSON.stringify(ids));
}

function excerpt(content: string): string {
  return clip(content.replace(/\s+/g, ' ').trim(), EXCERPT);
}
