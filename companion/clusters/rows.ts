import type { Reader, Transaction } from '../store/index.ts';
import type { Centroid } from './centroid.ts';
import type { ClustererState, ClusterState } from './clusterer.ts';
import { appendHistory } from './history.ts';
import type { Scales } from './neighbourhood.ts';
import type { Redrawn } from './redraw.ts';
import type { Scale } from './scale.ts';
import type { ClusterChange, SubjectKind } from './subject.ts';

interface MemberRow {
  subject: string;
  cluster: string;
  retired: number;
}

interface CentroidRow {
  cluster: string;
  count: number;
  vector: Uint8Array | null;
  terms: string;
}

/** Reads what `writeState` wrote. A cascade may have taken members away meanwhile. */
export function readState(reader: Reader): ClustererState {
  const members = Map.groupBy(
    reader.all<MemberRow>('SELECT subject, cluster, retired FROM cluster_members ORDER BY subject'),
    ({ cluster }) => cluster,
  );
  const centroids = new Map(
    reader.all<CentroidRow>('SELECT * FROM cluster_centroids').map((row) => [row.cluster, toCentroid(row)]),
  );
  const clusters = reader.all<{ id: string; name: string }>('SELECT id, name FROM clusters ORDER BY id');
  return {
    scales: readScales(reader),
    clusters: clusters.map(({ id, name }) => {
      const of = (retired: number) =>
        (members.get(id) ?? []).filter((row) => row.retired === retired).map(({ subject }) => subject);
      const centroid = centroids.get(id) ?? null;
      return { id, name: JSON.parse(name) as string[], live: of(0), retired: of(1), centroid };
    }),
  };
}

/** What the members are that are compared by a centroid only. */
export function retiredKinds(reader: Reader): Map<string, SubjectKind> {
  const rows = reader.all<{ subject: string; kind: SubjectKind }>(
    'SELECT subject, kind FROM cluster_members WHERE retired = 1',
  );
  return new Map(rows.map(({ subject, kind }) => [subject, kind]));
}

/** All members at once, as thousands of statements would hold up the thread; what has gone meanwhile is left out. */
const WRITE_MEMBERS = `INSERT INTO cluster_members (subject, cluster, kind, retired, memory, loop, whisper)
  SELECT subject, cluster, kind, retired, iif(kind = 'memory', subject, NULL), iif(kind = 'loop', subject, NULL),
    iif(kind = 'whisper', subject, NULL)
  FROM (SELECT value ->> 0 AS subject, value ->> 1 AS cluster, value ->> 2 AS kind, value ->> 3 AS retired
    FROM json_each(?))
  WHERE CASE kind WHEN 'memory' THEN subject IN (SELECT id FROM memories)
    WHEN 'loop' THEN subject IN (SELECT id FROM loops) WHEN 'whisper' THEN subject IN (SELECT id FROM whispers)
    ELSE true END
  ON CONFLICT (subject) DO UPDATE SET cluster = excluded.cluster, retired = excluded.retired
    WHERE cluster <> excluded.cluster OR retired <> excluded.retired`;

/** Stores themes that were drawn anew. A member that has gone meanwhile is left out. */
export function storeRedrawn(tx: Transaction, drawn: Redrawn, now: number): void {
  const kinds = retiredKinds(tx);
  if (drawn.scales) writeScales(tx, drawn.scales);
  for (const id of drawn.gone) tx.run('DELETE FROM clusters WHERE id = ?', id);
  const members = drawn.clusters.flatMap(({ id, live, retired }) => [
    ...live.map((subject) => [subject, id, drawn.kinds.get(subject) ?? kinds.get(subject) ?? 'mask', 0]),
    ...retired.map((subject) => [subject, id, drawn.kinds.get(subject) ?? kinds.get(subject) ?? 'mask', 1]),
  ]);
  for (const cluster of drawn.clusters) {
    writeRow(tx, cluster, now);
    writeCentroid(tx, cluster.id, cluster.centroid);
  }
  tx.run(
    `DELETE FROM cluster_members WHERE cluster IN (SELECT value FROM json_each(?))
      AND subject NOT IN (SELECT value FROM json_each(?))`,
    JSON.stringify(drawn.clusters.map(({ id }) => id)),
    JSON.stringify(members.map(([subject]) => subject)),
  );
  tx.run(WRITE_MEMBERS, JSON.stringify(members));
  tellChanges(tx, drawn.changes, drawn.clusters, now);
}

/** History and events of what became of themes. */
export function tellChanges(
  tx: Transaction,
  changes: readonly ClusterChange[],
  clusters: readonly ClusterState[],
  now: number,
): void {
  appendHistory(tx, changes, now);
  for (const { type, cluster, size, joined } of changes)
    tx.emit({ type: `cluster.${type}`, subject: cluster, data: { size, joined } });
  const told = new Set(changes.map(({ cluster }) => cluster));
  for (const { id, live, retired } of clusters) {
    if (told.has(id)) continue;
    tx.emit({ type: 'cluster.changed', subject: id, data: { size: live.length + retired.length } });
  }
}

function readScales(reader: Reader): Scales | null {
  const rows = reader.all<Scale & { measure: keyof Scales }>('SELECT * FROM cluster_scales');
  const scale = (measure: keyof Scales) => {
    const found = rows.find((row) => row.measure === measure);
    return found && { background: found.background, near: found.near, seen: found.seen };
  };
  const vectors = scale('vectors');
  const terms = scale('terms');
  return vectors && terms ? { vectors, terms } : null;
}

export function writeScales(tx: Transaction, scales: Scales): void {
  const sql = 'INSERT OR REPLACE INTO cluster_scales (measure, background, near, seen) VALUES (?, ?, ?, ?)';
  for (const [measure, { background, near, seen }] of Object.entries(scales) as [string, Scale][])
    tx.run(sql, measure, background, near, seen);
}

/** Writes one theme as it is now: name, members, centroid. */
export function writeCluster(
  tx: Transaction,
  cluster: ClusterState,
  kindOf: (subject: string) => SubjectKind,
  now: number,
): void {
  const { id, live, retired, centroid } = cluster;
  writeRow(tx, cluster, now);
  tx.run(
    'DELETE FROM cluster_members WHERE cluster = ? AND subject NOT IN (SELECT value FROM json_each(?))',
    id,
    JSON.stringify([...live, ...retired]),
  );
  for (const subject of live) writeMember(tx, id, subject, kindOf(subject), 0);
  for (const subject of retired) writeMember(tx, id, subject, kindOf(subject), 1);
  writeCentroid(tx, id, centroid);
}

function writeRow(tx: Transaction, { id, name, live, retired }: ClusterState, now: number): void {
  tx.run(
    `INSERT INTO clusters (id, name, size, formed_at, changed_at) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET name = excluded.name, size = excluded.size, changed_at = excluded.changed_at`,
    ...[id, JSON.stringify(name), live.length + retired.length, now, now],
  );
}

function writeMember(
  tx: Transaction,
  cluster: string,
  subject: string,
  kind: SubjectKind,
  retired: 0 | 1,
): void {
  const at = (wanted: SubjectKind) => (kind === wanted ? subject : null);
  tx.run(
    `INSERT INTO cluster_members (subject, cluster, kind, retired, memory, loop, whisper) VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (subject) DO UPDATE SET cluster = excluded.cluster, retired = excluded.retired
      WHERE cluster <> excluded.cluster OR retired <> excluded.retired`,
    ...[subject, cluster, kind, retired, at('memory'), at('loop'), at('whisper')],
  );
}

export function writeCentroid(tx: Transaction, cluster: string, centroid: Centroid | null): void {
  if (centroid === null) {
    tx.run('DELETE FROM cluster_centroids WHERE cluster = ?', cluster);
    return;
  }
  const { count, vector, terms } = centroid;
  const bytes = vector && new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);
  const sql = 'INSERT OR REPLACE INTO cluster_centroids (cluster, count, vector, terms) VALUES (?, ?, ?, ?)';
  tx.run(sql, cluster, count, bytes, JSON.stringify([...terms]));
}

function toCentroid({ count, vector, terms }: CentroidRow): Centroid {
  const floats = vector && new Float32Array(new Uint8Array(vector).buffer);
  return { count, vector: floats, terms: new Map(JSON.parse(terms) as [string, number][]) };
}
