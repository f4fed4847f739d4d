import type { z } from 'zod';
import { type Clock, newId, type Random } from '../kernel/index.ts';
import type { Thought, ThoughtTrail, thoughtsListInput, thoughtTrailsInput } from '../protocol/index.ts';
import type { Mind, SqlValue, Transaction } from '../store/index.ts';
import { readTrails } from './thought-trails.ts';
import { type ThoughtRow, toThought } from './turn-rows.ts';

export type NewThought = Pick<Thought, 'turn' | 'step' | 'text' | 'answeredBy' | 'ms'>;

/** What was thought on the way to answers: only ever added, and gone with the turn that it belongs to. */
export class Thoughts {
  readonly #mind: Mind;
  readonly #clock: Clock;
  readonly #random: Random;

  constructor({ mind, clock, random }: { mind: Mind; clock: Clock; random: Random }) {
    this.#mind = mind;
    this.#clock = clock;
    this.#random = random;
  }

  /** Adds one, inside `tx`. */
  add(tx: Transaction, { turn, step, text, answeredBy, ms }: NewThought): void {
    const now = this.#clock.now();
    const id = newId('thought', now, this.#random);
    const by = answeredBy && JSON.stringify(answeredBy);
    const sql =
      'INSERT INTO thoughts (id, turn, at, step, text, answered_by, ms) VALUES (?, ?, ?, ?, ?, ?, ?)';
    tx.run(sql, id, turn, now, step, text, by, Math.max(0, Math.round(ms)));
    tx.emit({ type: 'thought.noted', subject: id, data: { step, length: text.length } });
  }

  /** Adds one by itself; for what belongs to no turn. Throws `read_only`. */
  async note(thought: NewThought): Promise<void> {
    await this.#mind.transactGrouped((tx) => this.add(tx, thought));
  }

  /** The newest first. */
  list({ turn, step, text, since, limit }: z.output<typeof thoughtsListInput>): Thought[] {
    const wheres: string[] = ['true'];
    const params: SqlValue[] = [];
    const where = (condition: string, value: SqlValue | undefined) => {
      if (value === undefined) return;
      wheres.push(condition);
      params.push(value);
    };
    where('turn = ?', turn);
    where('step = ?', step);
    where('at >= ?', since);
    for (const word of text?.split(/\s+/) ?? []) where('instr(lower(text), lower(?)) > 0', word);
    const sql = `SELECT * FROM thoughts WHERE ${wheres.join(' AND ')} ORDER BY n DESC LIMIT ?`;
    return this.#mind.read((r) => r.all<ThoughtRow>(sql, ...params, limit).map(toThought));
  }

  /** By the question that they led to an answer of, the newest question first. Throws `not_found` for an unknown folder. */
  trails(input: z.output<typeof thoughtTrailsInput>): ThoughtTrail[] {
    return this.#mind.read((reader) => readTrails(reader, input));
  }
}
