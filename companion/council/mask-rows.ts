import type { Archetype, Mask, MaskOffer, MaskPriorities, Tone } from '../protocol/index.ts';
import type { Reader, Writer } from '../store/index.ts';
import { favourites } from './adviser-rows.ts';
import { ALWAYS } from './archetypes.ts';
import { trackRecord } from './track-record.ts';

interface MaskRow {
  id: string;
  name: string;
  archetype: string;
  priorities: string;
  voice: string;
  card: string;
  tone: string;
  birth: string;
  source: string | null;
  born_at: number;
  status: string;
  hits: number;
  misses: number;
}

interface OfferRow {
  id: string;
  whisper: string;
  text: string;
  nearest: string;
  similarity: number;
  suggested: string;
  status: string;
  at: number;
}

export type OfferStatus = 'waiting' | 'accepted' | 'declined';

/** All masks: the active first, those who always vote before the others, then by age. */
export function readMasks(reader: Reader): Mask[] {
  const waiting = waitingBallots(reader);
  const favoured = favourites(reader);
  const rows = reader.all<MaskRow>('SELECT * FROM masks ORDER BY born_at, id');
  const began = reader.get<{ at: number }>('SELECT at FROM events ORDER BY seq LIMIT 1')?.at ?? 0;
  const always = ALWAYS.map((standing): Mask => {
    const row = rows.find(({ id }) => id === standing.id);
    const { hits = 0, misses = 0 } = row ?? {};
    return {
      ...standing,
      birth: { from: 'always', source: null, at: row?.born_at ?? began },
      status: 'active',
      favourite: favoured.has(standing.id),
      record: trackRecord({ hits, misses, waiting: waiting.get(standing.id) ?? 0 }),
    };
  });
  const others = rows
    .filter(({ id }) => !ALWAYS.some((standing) => standing.id === id))
    .map((row) => toMask(row, waiting.get(row.id) ?? 0, favoured.has(row.id)));
  return [...always, ...others].sort(
    (a, b) => Number(a.status === 'retired') - Number(b.status === 'retired'),
  );
}

export function insertMask(writer: Writer, mask: Omit<Mask, 'favourite'>): void {
  const sql = `INSERT INTO masks (id, name, archetype, priorities, voice, card, tone, birth, source, born_at, status)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
  const { id, name, archetype, priorities, voice, card, tone, birth, status } = mask;
  const { from, source, at } = birth;
  writer.run(
    sql,
    id,
    name,
    archetype,
    JSON.stringify(priorities),
    voice,
    card,
    tone,
    from,
    source,
    at,
    status,
  );
}

/** Counts one vote of a mask as borne out or not. */
export function scoreMask(writer: Writer, id: string, hit: boolean, now: number): void {
  const standing = ALWAYS.find((each) => each.id === id);
  if (standing && !writer.get('SELECT 1 FROM masks WHERE id = ?', id))
    insertMask(writer, {
      ...standing,
      birth: { from: 'always', source: null, at: now },
      status: 'active',
      record: trackRecord({ hits: 0, misses: 0, waiting: 0 }),
    });
  writer.run(`UPDATE masks SET ${hit ? 'hits = hits + 1' : 'misses = misses + 1'} WHERE id = ?`, id);
}

/** Offers that wait for an answer, the newest first, with the words of their notes. */
export function readOffers(reader: Reader): MaskOffer[] {
  const sql = `SELECT mask_offers.*, whispers.text FROM mask_offers JOIN whispers ON whispers.id = mask_offers.whisper
    WHERE mask_offers.status = 'waiting' ORDER BY mask_offers.at DESC, mask_offers.id DESC`;
  const names = new Map(readMasks(reader).map(({ id, name }) => [id, name]));
  return reader.all<OfferRow>(sql).map(({ id, whisper, text, nearest, similarity, suggested, at }) => ({
    id,
    whisper,
    text,
    nearest: { mask: nearest, name: names.get(nearest) ?? nearest, similarity },
    suggested: JSON.parse(suggested) as MaskOffer['suggested'],
    at,
  }));
}

export function insertOffer(writer: Writer, offer: MaskOffer): void {
  const sql = `INSERT OR IGNORE INTO mask_offers (id, whisper, nearest, similarity, suggested, status, at)
    VALUES (?, ?, ?, ?, ?, 'waiting', ?)`;
  const { id, whisper, nearest, suggested, at } = offer;
  writer.run(sql, id, whisper, nearest.mask, nearest.similarity, JSON.stringify(suggested), at);
}

export function settleOffer(writer: Writer, whisper: string, status: OfferStatus): void {
  writer.run('UPDATE mask_offers SET status = ? WHERE whisper = ?', status, whisper);
}

/** Votes that are cast in the last round of something whose outcome is not known yet, by voter. */
function waitingBallots(reader: Reader): Map<string, number> {
  const sql = `SELECT voter, count(*) AS n FROM ballots
    JOIN proposals ON proposals.id = ballots.proposal
    WHERE proposals.observed_at IS NULL AND ballots.choice IS NOT NULL AND ballots.round =
      (SELECT max(number) FROM rounds WHERE rounds.proposal = ballots.proposal)
    GROUP BY voter`;
  return new Map(reader.all<{ voter: string; n: number }>(sql).map(({ voter, n }) => [voter, n]));
}

function toMask(row: MaskRow, waiting: number, favourite: boolean): Mask {
  return {
    id: row.id,
    name: row.name,
    archetype: row.archetype as Archetype,
    priorities: JSON.parse(row.priorities) as MaskPriorities,
    voice: row.voice,
    card: row.card,
    tone: row.tone as Tone,
    birth: { from: row.birth as Mask['birth']['from'], source: row.source, at: row.born_at },
    status: row.status as Mask['status'],
    favourite,
    record: trackRecord({ hits: row.hits, misses: row.misses, waiting }),
  };
}
