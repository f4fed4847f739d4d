import type { z } from 'zod';
import type { Thought, ThoughtTrail, thoughtTrailsInput } from '../protocol/index.ts';
import { type Reader, type SqlValue, workspaceId } from '../store/index.ts';
import { SELECT_TURN, type ThoughtRow, type TurnRow, toThought, toTurn } from './turn-rows.ts';

type Query = z.output<typeof thoughtTrailsInput>;

/**
 * Thoughts by the turn that they belong to, the newest turn first and its steps in their order; what belongs to no turn
 * stands alone. Throws `not_found` for an unknown folder.
 */
export function readTrails(reader: Reader, query: Query): ThoughtTrail[] {
  const thoughts = readNewest(reader, query);
  const turns = readTurnsOf(reader, thoughts);
  return [...Map.groupBy(thoughts, ({ turn, id }) => turn ?? id)].map(([trail, steps]) => ({
    turn: turns.get(trail) ?? null,
    thoughts: steps.toReversed(),
  }));
}

/** The thoughts of the newest trails that fit, the newest first. */
function readNewest(reader: Reader, { workspace, step, text, since, limit }: Query): Thought[] {
  const wheres: string[] = ['true'];
  const params: SqlValue[] = [];
  const where = (condition: string, ...values: readonly SqlValue[]) => {
    wheres.push(condition);
    params.push(...values);
  };
  if (workspace !== undefined) where('turns.workspace = ?', workspaceId(reader, workspace));
  if (step !== undefined) where('thoughts.step = ?', step);
  if (since !== undefined) where('thoughts.at >= ?', since);
  for (const word of text?.split(/\s+/) ?? [])
    where(
      "(instr(lower(thoughts.text), lower(?)) > 0 OR instr(lower(coalesce(turns.question, '')), lower(?)) > 0)",
      word,
      word,
    );
  const sql = `WITH fit AS (
      SELECT thoughts.*, coalesce(thoughts.turn, thoughts.id) AS trail FROM thoughts
      LEFT JOIN turns ON turns.id = thoughts.turn WHERE ${wheres.join(' AND ')}),
    newest AS (SELECT trail, max(n) AS last FROM fit GROUP BY trail ORDER BY last DESC LIMIT ?)
    SELECT fit.* FROM fit JOIN newest USING (trail) ORDER BY newest.last DESC, fit.n DESC`;
  return reader.all<ThoughtRow>(sql, ...params, limit).map(toThought);
}

function readTurnsOf(
  reader: Reader,
  thoughts: readonly Thought[],
): ReadonlyMap<string, NonNullable<ThoughtTrail['turn']>> {
  const ids = [...new Set(thoughts.flatMap(({ turn }) => turn ?? []))];
  const sql = `${SELECT_TURN} WHERE turns.id IN (SELECT value FROM json_each(?))`;
  return new Map(
    reader.all<TurnRow>(sql, JSON.stringify(ids)).map((row) => {
      const { id, conversation, workspace, at, question, citations, answeredBy, outcome } = toTurn(row);
      return [id, { id, conversation, workspace, at, question, citations, answeredBy, outcome }];
    }),
  );
}
