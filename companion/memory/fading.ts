import type { Reader, Transaction } from '../store/index.ts';

const DAY = 24 * 60 * 60 * 1000;
/** After so long something is half as fresh. */
const HALF_LIFE = 7 * DAY;
/** What nobody has recalled for so many days has lost so much of its salience. */
const FADES: readonly (readonly [days: number, loss: number])[] = [
  [90, 0.1],
  [180, 0.3],
];
/** From then on it loses so much more in so many days. */
const THEN = { days: 180, loss: 0.2 };

/** 1 now, a half after a week, never below 0 nor above 1. `age` in ms. Pure. */
export function freshnessOf(age: number): number {
  return 0.5 ** (Math.max(0, age) / HALF_LIFE);
}

/** What salience has lost that nobody recalled for so long, in ms. Pure. */
export function lossOf(unread: number): number {
  const days = unread / DAY;
  const [last, most] = FADES.at(-1)!;
  if (days >= last) return most + Math.floor((days - last) / THEN.days) * THEN.loss;
  return FADES.reduce((loss, [after, value]) => (days >= after ? value : loss), 0);
}

interface Fading {
  readonly rowid: number;
  readonly salience: number;
  readonly seen: number;
}

/** So many records are looked at together: a few milliseconds. */
const AT_ONCE = 2000;

/**
 * Archives, among the next records after that number, the companion's own episodes whose salience has faded to
 * nothing: ranked lower from then on, never left out. What a person wrote or said, what is pinned, and what an open
 * loop is linked to stays. `next` is the number to go on from, null at the end.
 */
export function archiveFaded(
  tx: Transaction,
  now: number,
  after: number,
): { archived: number; next: number | null } {
  const until = after + AT_ONCE;
  const last = tx.get<{ last: number | null }>('SELECT max(rowid) AS last FROM memories')?.last ?? 0;
  const faded = couldFade(tx, now, after, until).filter(
    ({ salience, seen }) => salience - lossOf(now - seen) <= 1e-9,
  );
  for (const { rowid } of faded) tx.run('UPDATE memories SET archived_at = ? WHERE rowid = ?', now, rowid);
  if (faded.length > 0)
    tx.emit({ type: 'memory.archived', subject: 'memory', data: { records: faded.length } });
  return { archived: faded.length, next: until < last ? until : null };
}

function couldFade(reader: Reader, now: number, after: number, until: number): Fading[] {
  const sql = `SELECT rowid, salience, max(recorded_at, coalesce(last_accessed, 0)) AS seen FROM memories
    WHERE rowid > ? AND rowid <= ?
    AND kind = 'episode' AND written_by = 'companion' AND pinned = 0 AND archived_at IS NULL AND recorded_at <= ?
    AND NOT EXISTS (SELECT 1 FROM memory_links JOIN loops ON loops.id = memory_links.target
      WHERE memory_links.memory = memories.id AND loops.status IN ('proposed', 'open', 'stale', 'deferred'))`;
  return reader.all<Fading>(sql, after, until, now - FADES[0]![0] * DAY);
}
