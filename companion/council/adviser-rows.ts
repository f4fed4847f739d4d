import type { AdviserDetails, AdviserVote, AnsweredBy, Mask, ProposalKind } from '../protocol/index.ts';
import type { Reader, Writer } from '../store/index.ts';
import { rateOf } from './track-record.ts';

interface VoteRow {
  proposal: string;
  kind: string;
  subject: string | null;
  question: string;
  at: number;
  choice: string | null;
  reason: string;
  weight: number;
  hit: number | null;
  answered_by: string | null;
}

const MOST_VOTES = 30;
const MOST_HISTORY = 200;
/** Its word in the last round of each question. */
const LAST_WORDS = `FROM ballots JOIN proposals ON proposals.id = ballots.proposal
  WHERE ballots.voter = ? AND ballots.round = (SELECT max(number) FROM rounds WHERE rounds.proposal = ballots.proposal)`;

/** The last votes of an adviser, the newest first. */
export function votesOf(reader: Reader, voter: string): AdviserVote[] {
  const sql = `SELECT ballots.proposal, kind, subject, question, proposals.at, ballots.choice, ballots.reason, weight, hit,
    answered_by ${LAST_WORDS} ORDER BY proposals.at DESC, proposals.id DESC LIMIT ?`;
  return reader.all<VoteRow>(sql, voter, MOST_VOTES).map(({ kind, hit, answered_by, ...told }) => ({
    ...told,
    kind: kind as ProposalKind,
    hit: hit === null ? null : hit === 1,
    answeredBy: answered_by === null ? null : (JSON.parse(answered_by) as NonNullable<AnsweredBy>),
  }));
}

/** How a record came to be: each vote whose outcome is known, the oldest first, with the rate after it. */
export function historyOf(reader: Reader, voter: string): AdviserDetails['history'] {
  const sql = `SELECT proposals.at, hit ${LAST_WORDS} AND hit IS NOT NULL ORDER BY proposals.at, proposals.id`;
  let [hits, misses] = [0, 0];
  return reader
    .all<{ at: number; hit: number }>(sql, voter)
    .map(({ at, hit }) => {
      if (hit === 1) hits++;
      else misses++;
      return { at, hit: hit === 1, rate: rateOf(hits, misses) };
    })
    .slice(-MOST_HISTORY);
}

/** Where an adviser comes from. The words of a private note are not told. */
export function originOf(reader: Reader, { birth }: Mask, masks: readonly Mask[]): AdviserDetails['origin'] {
  const { from, source } = birth;
  const parent = from === 'fork' ? masks.find(({ id }) => id === source) : undefined;
  const note = from === 'whisper' && source !== null ? noteOf(reader, source) : null;
  return {
    text: note && !note.private ? note.text : null,
    private: note?.private ?? false,
    parent: parent ? { id: parent.id, name: parent.name } : null,
  };
}

export function favourites(reader: Reader): ReadonlySet<string> {
  return new Set(reader.all<{ mask: string }>('SELECT mask FROM mask_favourites').map(({ mask }) => mask));
}

export function setFavourite(writer: Writer, id: string, favourite: boolean, at: number): void {
  if (favourite) writer.run('INSERT OR IGNORE INTO mask_favourites (mask, at) VALUES (?, ?)', id, at);
  else writer.run('DELETE FROM mask_favourites WHERE mask = ?', id);
}

/** A whisper, or a memory of the user's; private where it, its loop, or a memory made of it is. */
function noteOf(reader: Reader, id: string): { text: string; private: boolean } | null {
  const sql = `SELECT text, EXISTS (SELECT 1 FROM loops WHERE loops.id = whispers.loop AND loops.private = 1)
      OR EXISTS (SELECT 1 FROM memories WHERE memories.origin = whispers.id AND memories.private = 1) AS private
      FROM whispers WHERE id = ?
    UNION ALL SELECT content AS text, private FROM memories WHERE id = ? AND mask IS NULL LIMIT 1`;
  const row = reader.get<{ text: string; private: number }>(sql, id, id);
  return row ? { text: row.text, private: row.private !== 0 } : null;
}
