import type { Clock } from '../kernel/index.ts';
import type { Transaction } from '../store/index.ts';
import { keyOf } from './advisers.ts';
import type { MaskMemory } from './mask-memory.ts';
import { readMasks, scoreMask } from './mask-rows.ts';
import type { Observed } from './outcomes.ts';
import { ballotsOf, readWaiting, type Stored } from './proposal-rows.ts';

export interface ScoringOptions {
  readonly clock: Pick<Clock, 'now'>;
  readonly memory: MaskMemory;
}

/** Scores votes by what came of them. */
export class Scoring {
  readonly #options: ScoringOptions;

  constructor(options: ScoringOptions) {
    this.#options = options;
  }

  /**
   * Stores how a question came out, inside `tx`, and scores the votes of its last round: each voter's last word. What
   * cannot be told scores nobody. Once only: what is observed already stays as it is.
   */
  settle(tx: Transaction, proposal: Stored, { words, right }: Observed): void {
    const { id, rounds, kind, decision, topic } = proposal;
    const now = this.#options.clock.now();
    const own = decision && kind !== 'question' && right.length > 0 ? personWords(decision, right) : '';
    const told = `${words}${own}`;
    const { changes } = tx.run(
      'UPDATE proposals SET observed = ?, borne_out = ?, observed_at = ? WHERE id = ? AND observed_at IS NULL',
      ...[told, JSON.stringify(right), now, id],
    );
    if (changes === 0) return;
    const last = rounds.at(-1);
    const ballots = last && right.length > 0 ? ballotsOf(tx, id, last.number) : [];
    const masks = readMasks(tx);
    for (const { voter, choice } of ballots) {
      const mask = masks.find((each) => each.id === voter);
      if (choice === null || !mask) continue;
      const hit = right.includes(choice);
      const sql = 'UPDATE ballots SET hit = ? WHERE proposal = ? AND round = ? AND voter = ?';
      tx.run(sql, hit ? 1 : 0, id, last!.number, voter);
      scoreMask(tx, voter, hit, now);
      const content = `My vote "${choice}" was ${hit ? 'borne out' : 'not borne out'}: ${words}`;
      const quotes = [id, ...sourcesOf(tx, id)];
      this.#options.memory.keep(tx, {
        mask: keyOf(mask),
        content,
        about: topic,
        quotes,
        private: isPrivate(tx, id),
      });
    }
    tx.emit({ type: 'council.observed', subject: id, data: { right: right.length, scored: ballots.length } });
  }

  /** One outcome scores one vote: what is asked again before anything came of it is not scored. */
  supersede(tx: Transaction, topic: string): void {
    for (const older of readWaiting(tx, { topic }))
      if (!older.decision)
        this.settle(tx, older, { words: 'It was asked again before its outcome was known.', right: [] });
  }

  /** To a free question the user's word is the outcome: at once where it overrules, and for what it takes the place of. */
  answered(tx: Transaction, decided: Stored): void {
    const { kind, topic, decision, id } = decided;
    if (kind !== 'question' || !decision) return;
    const right = [decision.choice];
    for (const older of readWaiting(tx, { topic }))
      if (older.id !== id && older.decision && older.decision.choice !== decision.choice)
        this.settle(tx, older, { words: 'You decided otherwise since.', right });
    if (decision.overruled) this.settle(tx, decided, { words: 'You decided otherwise.', right });
  }
}

/** What words of a question come from. */
export function sourcesOf(tx: Pick<Transaction, 'all'>, proposal: string): string[] {
  const sql = 'SELECT source FROM proposal_sources WHERE proposal = ?';
  return tx.all<{ source: string }>(sql, proposal).map(({ source }) => source);
}

function isPrivate(tx: Pick<Transaction, 'get'>, proposal: string): boolean {
  const sql = `SELECT 1 FROM proposal_sources WHERE proposal = ? AND (source IN (SELECT id FROM loops WHERE private = 1)
    OR source IN (SELECT id FROM memories WHERE private = 1))`;
  return tx.get(sql, proposal) !== undefined;
}

function personWords(
  { choice, overruled }: NonNullable<Stored['decision']>,
  right: readonly string[],
): string {
  const what = overruled ? 'Overruling the council' : `Your "${choice}"`;
  return ` ${what} was ${right.includes(choice) ? 'right' : 'wrong'}.`;
}
