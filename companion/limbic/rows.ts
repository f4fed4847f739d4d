import type { Axis, SelfMoment } from '../protocol/index.ts';
import type { Reader, Writer } from '../store/index.ts';
import { CAUSES, type Cause, isCause } from './causes.ts';
import {
  CREDITS_KEPT,
  type Credited,
  type DayOf,
  type Downgrade,
  downgradeOf,
  type Move,
  type Self,
  tierChange,
} from './fold.ts';

interface MoveRow {
  seq: number;
  at: number;
  sign_at: number;
  cause: string;
  subject: string;
  changes: string;
  trust: number;
  warmth: number;
  arousal: number;
  valence: number;
}

/** What is stored, and the event that it follows from last. Null before the first move. */
export function readSelf(reader: Reader, dayOf: DayOf): { self: Self; seq: number } | null {
  const last = reader.get<MoveRow>('SELECT * FROM limbic_moves ORDER BY seq DESC LIMIT 1');
  if (!last) return null;
  const burst = reader.get<{ at: number }>(
    "SELECT at FROM limbic_moves WHERE cause = 'burst' ORDER BY seq DESC LIMIT 1",
  );
  const self: Self = {
    state: { levels: levelsOf(last), at: last.at, signAt: last.sign_at },
    credited: creditedBy(reader, dayOf),
    movedAt: last.at,
    burstAt: burst?.at ?? 0,
    lost: lastLost(reader),
  };
  return { self, seq: last.seq };
}

/** When the mind's first event was; null for a mind without any. */
export function firstEventAt(reader: Reader): number | null {
  return reader.get<{ at: number }>('SELECT at FROM events ORDER BY seq LIMIT 1')?.at ?? null;
}

export function writeMove(writer: Writer, { seq, at, cause, subject, changes, state }: Move): void {
  const { trust, warmth, arousal, valence } = state.levels;
  writer.run(
    `INSERT INTO limbic_moves (seq, at, sign_at, cause, subject, changes, trust, warmth, arousal, valence)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    seq,
    at,
    state.signAt,
    cause,
    subject,
    JSON.stringify(changes),
    trust,
    warmth,
    arousal,
    valence,
  );
}

/** Moves and marks, newest first. With an axis, only the moves of that. */
export function readHistory(
  reader: Reader,
  { limit, axis }: { limit: number; axis?: Axis | undefined },
): SelfMoment[] {
  const moves = reader.all<MoveRow>(
    `SELECT * FROM limbic_moves WHERE ? IS NULL OR json_extract(changes, '$.' || ?) IS NOT NULL
      ORDER BY seq DESC LIMIT ?`,
    axis ?? null,
    axis ?? '',
    limit,
  );
  const marks = reader.all<{ id: string; at: number; text: string }>(
    'SELECT id, at, text FROM limbic_marks ORDER BY at DESC, id DESC LIMIT ?',
    limit,
  );
  return [...moves.map(toMoment), ...marks.map((mark) => ({ kind: 'mark' as const, ...mark }))]
    .sort((a, b) => b.at - a.at)
    .slice(0, limit);
}

function toMoment(row: MoveRow): SelfMoment {
  const { seq, at, cause, subject } = row;
  const changes = Object.entries(JSON.parse(row.changes) as Record<string, [number, number]>).map(
    ([axis, [from, to]]) => ({ axis: axis as Axis, from, to }),
  );
  const words = isCause(cause) ? CAUSES[cause].words : cause;
  return { kind: 'move', at, seq, cause, words, subject, changes, levels: levelsOf(row) };
}

function levelsOf({ trust, warmth, arousal, valence }: MoveRow) {
  return { trust, warmth, arousal, valence };
}

/** The last change of tier, where it was a fall. */
function lastLost(reader: Reader): Downgrade | null {
  const moves = reader.all<{ at: number; cause: Cause; changes: string }>(
    "SELECT at, cause, changes FROM limbic_moves WHERE cause LIKE 'wheel.%' ORDER BY seq DESC LIMIT 1000",
  );
  for (const { at, cause, changes } of moves) {
    const move = { at, cause, changes: JSON.parse(changes) as Move['changes'] };
    if (tierChange(move)) return downgradeOf(move);
  }
  return null;
}

/** Which successes counted of late: those that moved trust. */
function creditedBy(reader: Reader, dayOf: DayOf): Credited {
  const newest = reader.all<{ at: number; recipe: string; run: string }>(
    `SELECT limbic_moves.at, json_extract(events.data, '$.recipe') AS recipe, limbic_moves.subject AS run
      FROM limbic_moves JOIN events ON events.seq = limbic_moves.seq
      WHERE cause = 'wheel.success' ORDER BY limbic_moves.seq DESC LIMIT ?`,
    CREDITS_KEPT,
  );
  return {
    successes: newest.reverse().map(({ at, recipe, run }) => ({ day: dayOf(at), recipe, run })),
  };
}
