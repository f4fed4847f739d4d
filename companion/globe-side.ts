import { type Tied, tiesOf } from './globe/index.ts';
import {
  ALERT_LASTS_MS,
  type GlobeLoopRow,
  type GlobeRecordRow,
  LOOP_COLUMNS,
  pointOfLoop,
  pointOfRecord,
  RECORD_COLUMNS,
  type RowContext,
  rowContext,
} from './globe-rows.ts';
import type { GlobePage, GlobePoint, GlobePoints, GlobeTie } from './protocol/index.ts';
import { type Mind, type Reader, workspaceId } from './store/index.ts';

export interface GlobePageAsk {
  /** Its path. */
  readonly workspace: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

/** Above every id. */
const TOP = '~';

/**
 * One page of the globe: loops first, then records, the newest first. It goes through `limit` rows, whatever of them is
 * shown, by ranges of keys: a page costs the same wherever it lies. Throws `not_found` for a folder that is not known.
 */
export function pageOfGlobe(mind: Mind, { workspace, after, limit }: GlobePageAsk, now: number): GlobePage {
  return mind.read((reader) => {
    const only = workspace === undefined ? null : workspaceId(reader, workspace);
    const context = rowContext(reader, now);
    const place = placeOf(after);
    const loops = place.loop === null ? [] : loopsBelow(reader, place.loop, limit, now);
    const rest = limit - loops.length;
    const records = rest > 0 ? recordsBelow(reader, place.record, rest) : [];
    const points = [
      ...loops
        .filter((row) => only === null || row.workspace === only)
        .map((row) => pointOfLoop(row, context)),
      ...records
        .filter((row) => only === null || row.workspace === only)
        .map((row) => pointOfRecord(row, context))
        .filter((point) => point !== null),
    ];
    const [last, lastRecord] = [loops.at(-1), records.at(-1)];
    let next: string | null = null;
    if (rest <= 0 && last) next = `loops:${last.id}`;
    else if (records.length === rest && lastRecord) next = `records:${lastRecord.n}`;
    const looked = loops.length + records.length;
    return { seq: mind.seq, total: totalOf(reader), looked, next, points, ...namesOf(reader, context) };
  });
}

/** Some points as they are now. */
export function pointsOfGlobe(mind: Mind, ids: readonly string[], now: number): GlobePoints {
  return mind.read((reader) => {
    const context = rowContext(reader, now);
    const list = JSON.stringify(ids);
    const among = 'id IN (SELECT value FROM json_each(?))';
    const loops = reader.all<GlobeLoopRow>(
      `SELECT ${LOOP_COLUMNS} WHERE loops.${among}`,
      now - ALERT_LASTS_MS,
      list,
    );
    const records = reader.all<GlobeRecordRow>(`SELECT ${RECORD_COLUMNS} WHERE memories.${among}`, list);
    const points: (GlobePoint | null)[] = [
      ...loops.map((row) => pointOfLoop(row, context)),
      ...records.map((row) => pointOfRecord(row, context)),
    ];
    return { seq: mind.seq, points: points.filter((point) => point !== null) };
  });
}

/** What ties loops, in one folder or in all. Throws `not_found`. */
export function arcsOfGlobe(mind: Mind, workspace: string | undefined): GlobeTie[] {
  return mind.read((reader) => {
    const only = workspace === undefined ? null : workspaceId(reader, workspace);
    const files = new Map<string, Set<string>>();
    const add = (loop: string, file: string) => {
      const held = files.get(loop);
      if (held) held.add(file);
      else files.set(loop, new Set([file]));
    };
    const anchored =
      'SELECT DISTINCT loop, file FROM anchors WHERE file IS NOT NULL AND (? IS NULL OR workspace = ?)';
    for (const { loop, file } of reader.all<{ loop: string; file: string }>(anchored, only, only))
      add(loop, file);
    // What was worked on in a branch, as drift knows it.
    const worked = `SELECT json_extract(state, '$.loop') AS loop, each.value AS file
      FROM drift_threads, json_each(drift_threads.state, '$.scope.files') AS each
      WHERE json_extract(state, '$.loop') IS NOT NULL AND (? IS NULL OR workspace = ?)`;
    for (const { loop, file } of reader.all<{ loop: string; file: string }>(worked, only, only))
      add(loop, file);
    const rows = reader.all<Pick<GlobeLoopRow, 'id' | 'parent' | 'private' | 'workspace'>>(
      'SELECT id, parent, private, workspace FROM loops WHERE ? IS NULL OR workspace = ?',
      only,
      only,
    );
    const none: ReadonlySet<string> = new Set();
    return tiesOf(
      rows.map(
        (row): Tied => ({
          id: row.id,
          parent: row.parent,
          workspace: row.workspace,
          private: row.private === 1,
          files: files.get(row.id) ?? none,
        }),
      ),
    );
  });
}

/** From where a page goes on; a loop of null: all loops were told. */
function placeOf(after: string | undefined): { loop: string | null; record: number } {
  const top = Number.MAX_SAFE_INTEGER;
  if (after === undefined) return { loop: TOP, record: top };
  const [kind, place = ''] = after.split(':');
  return kind === 'loops'
    ? { loop: place, record: top }
    : { loop: null, record: Number.parseInt(place, 10) || 0 };
}

function loopsBelow(reader: Reader, below: string, limit: number, now: number): GlobeLoopRow[] {
  const sql = `SELECT ${LOOP_COLUMNS} WHERE loops.id < ? ORDER BY loops.id DESC LIMIT ?`;
  return reader.all<GlobeLoopRow>(sql, now - ALERT_LASTS_MS, below, limit);
}

function recordsBelow(reader: Reader, below: number, limit: number): GlobeRecordRow[] {
  const sql = `SELECT ${RECORD_COLUMNS} WHERE memories.rowid < ? ORDER BY memories.rowid DESC LIMIT ?`;
  return reader.all<GlobeRecordRow>(sql, below, limit);
}

function totalOf(reader: Reader): number {
  const sql = 'SELECT (SELECT count(*) FROM loops) + (SELECT count(*) FROM memories) AS total';
  return reader.get<{ total: number }>(sql)!.total;
}

function namesOf(reader: Reader, { guilds }: RowContext): Pick<GlobePage, 'clusters' | 'guilds'> {
  const clusters = reader
    .all<{ id: string; name: string; size: number }>(
      'SELECT id, name, size FROM clusters ORDER BY size DESC, id',
    )
    .map(({ id, name, size }) => ({ id, name: JSON.parse(name) as string[], size }));
  return { clusters, guilds: guilds.map(({ id, name, tone }) => ({ id, name, tone })) };
}
