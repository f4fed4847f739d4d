import type { Reader } from '../store/index.ts';

/** An older vote says nothing of how the masks see it now. */
const FRESH_MS = 30 * 24 * 60 * 60 * 1000;

/**
 * How far the votes of a round lay apart: 0 where all went to one option, 1 where they went to all of them alike. It is
 * 1 less the share of the leading option, as a part of what that comes to when nothing leads. Null for fewer than two
 * votes: nobody can disagree with nobody. Pure.
 */
export function disagreement(
  { shares, cast }: { readonly shares: readonly { readonly share: number }[]; readonly cast: number },
  options: number,
): number | null {
  if (cast < 2 || options < 2) return null;
  const lead = Math.max(0, ...shares.map(({ share }) => share));
  return Math.min(1, Math.max(0, ((1 - lead) * options) / (options - 1)));
}

/**
 * How far the masks disagreed about a loop in its newest round that was counted (a quorum, in time), as of a time; null
 * where there is none, or it is more than 30 days old.
 */
export function conflictAbout(reader: Reader, loop: string, at: number): number | null {
  const sql = `SELECT rounds.shares, proposals.options, (SELECT count(*) FROM ballots WHERE
      ballots.proposal = rounds.proposal AND ballots.round = rounds.number AND ballots.choice IS NOT NULL) AS cast
    FROM rounds JOIN proposals ON proposals.id = rounds.proposal
    WHERE proposals.subject = ? AND rounds.at <= ? AND rounds.at >= ? AND rounds.outcome IN ('decided', 'contested')
    ORDER BY rounds.at DESC, rounds.proposal DESC, rounds.number DESC LIMIT 1`;
  const row = reader.get<{ shares: string; options: string; cast: number }>(sql, loop, at, at - FRESH_MS);
  if (!row) return null;
  const shares = JSON.parse(row.shares) as { share: number }[];
  return disagreement({ shares, cast: row.cast }, (JSON.parse(row.options) as string[]).length);
}
