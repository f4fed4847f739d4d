import type { Writer } from './sqlite.ts';

const GONE = 'Its words were forgotten.';

/**
 * Takes the words of what is gone out of what was voted on, and what masks remember of it. Votes keep their numbers, so
 * that records stay and the count can be made again; question, evidence and reasons lose their words whole, since any of
 * them may quote any of what went.
 */
export function buryCouncil(writer: Writer, gone: readonly string[]): void {
  const ids = JSON.stringify(gone);
  const among = 'IN (SELECT value FROM json_each(?))';
  const touched = writer
    .all<{ proposal: string }>(`SELECT DISTINCT proposal FROM proposal_sources WHERE source ${among}`, ids)
    .map(({ proposal }) => proposal);
  const proposals = JSON.stringify(touched);
  writer.run(
    `UPDATE proposals SET question = CASE kind WHEN 'question' THEN question ELSE ? END, evidence = '[]', measured = '[]',
      reason = CASE WHEN reason IS NULL OR reason = '' THEN reason ELSE ? END WHERE id ${among}`,
    GONE,
    GONE,
    proposals,
  );
  writer.run(`UPDATE ballots SET reason = ?, evidence = '[]' WHERE proposal ${among}`, GONE, proposals);
  writer.run(`DELETE FROM proposal_sources WHERE proposal ${among}`, proposals);
  const quoting = `SELECT memory FROM memory_links WHERE kind = 'quotes' AND (target ${among} OR target ${among})`;
  writer.run(`DELETE FROM memories WHERE mask IS NOT NULL AND id IN (${quoting})`, ids, proposals);
}
