import type { CastVote } from '../drift/index.ts';
import type { Reader } from '../store/index.ts';

/** More than anybody looks back upon. */
const MOST = 1000;

interface Row {
  readonly at: number;
  readonly kind: string;
  readonly choice: string | null;
  readonly hit: number | null;
  readonly decided: string | null;
}

/** What a mask voted, its last word on each question, and what came of it; the newest thousand, oldest first. */
export function castVotes(reader: Reader, mask: string): CastVote[] {
  const sql = `SELECT rounds.at, proposals.kind, ballots.choice, ballots.hit, rounds.choice AS decided
    FROM ballots JOIN proposals ON proposals.id = ballots.proposal
    JOIN rounds ON rounds.proposal = ballots.proposal AND rounds.number = ballots.round
    WHERE ballots.voter = ? AND ballots.round =
      (SELECT max(number) FROM rounds AS others WHERE others.proposal = ballots.proposal)
    ORDER BY rounds.at DESC, ballots.proposal DESC LIMIT ?`;
  return reader
    .all<Row>(sql, mask, MOST)
    .reverse()
    .map(({ at, kind, choice, hit, decided }) => ({
      at,
      // The options of a free question are its own.
      of: kind === 'question' ? null : kind,
      choice,
      right: hit === null ? null : hit === 1,
      decided: decided === null || choice === null ? null : decided === choice,
    }));
}
