import type { z } from 'zod';
import type { MaskTrace, maskNoteInput, Tone } from '../protocol/index.ts';
import type { Reader, Transaction } from '../store/index.ts';
import { nextPrompts, reflect } from './reflection.ts';
import { shiftBetween } from './tones.ts';
import { type WritingOptions, type Written, write } from './writing.ts';

/** A mask looks back after so many memories, */
const REFLECTS_EVERY = 100;
/** or when its tone has moved so far. */
const GREAT_SHIFT = 0.7;
const SHOWN = 20;

/**
 * What masks remember: each has a partition of memory that no other recall looks into, a history of its tones and its
 * roles, and reflections.
 */
export class Masks {
  readonly #options: WritingOptions;

  constructor(options: WritingOptions) {
    this.#options = options;
  }

  /** Notes what a mask went through: a memory of its own, another tone, another role. Throws `read_only`. */
  async note(input: z.output<typeof maskNoteInput>): Promise<MaskTrace> {
    const { mask, kind, content, tone, role, cause } = input;
    await this.#options.mind.transactGrouped((tx) => {
      let due = false;
      if (tone !== undefined) due = this.#turn(tx, mask, tone, cause) >= GREAT_SHIFT;
      if (role !== undefined) this.#history(tx, mask, 'role', role, 0, cause);
      if (content !== undefined) this.#remember(tx, mask, kind, content, [], tone);
      due ||= this.#since(tx, mask).length >= REFLECTS_EVERY;
      if (due) this.#reflect(tx, mask);
      tx.emit({ type: 'mask.noted', subject: mask, data: { reflected: due } });
    });
    return this.trace(mask);
  }

  /** Counts, tones, roles, reflections and what to ask next; all empty for a mask that nobody noted. */
  trace(mask: string): MaskTrace {
    return this.#options.mind.read((reader) => {
      const counts = reader.all<{ kind: string; count: number }>(
        'SELECT kind, count(*) AS count FROM memories WHERE mask = ? GROUP BY kind ORDER BY count DESC, kind',
        mask,
      );
      const history = (kind: string) =>
        reader.all<{ at: number; value: string; shift: number; cause: string }>(
          `SELECT at, value, shift, cause FROM mask_history WHERE mask = ? AND kind = ? ORDER BY at DESC, rowid DESC LIMIT ${SHOWN}`,
          mask,
          kind,
        );
      const tones = history('tone').map(({ value, ...rest }) => ({ ...rest, tone: value as Tone }));
      const roles = history('role').map(({ at, value, cause }) => ({ at, role: value, cause }));
      const reflections = reader.all<{ at: number; content: string }>(
        `SELECT recorded_at AS at, content FROM memories WHERE mask = ? AND ${IS_REFLECTION}
          ORDER BY recorded_at DESC, rowid DESC LIMIT ${SHOWN}`,
        mask,
      );
      const found = { counts, tones, roles, reflections };
      return { mask, ...found, prompts: nextPrompts(found) };
    });
  }

  /** The tone that was last noted; null where none was. */
  toneOf(mask: string): Tone | null {
    return this.#options.mind.read((reader) => (lastTone(reader, mask) as Tone | undefined) ?? null);
  }

  /** The share of a mask's memories that are tied to something, 0-1; 0 for one that remembers nothing. */
  shareAbout(reader: Reader, mask: string, target: string): number {
    const sql = `SELECT count(*) AS whole, sum(EXISTS (SELECT 1 FROM memory_links
        WHERE memory = memories.id AND kind = 'about' AND target = ?)) AS tied FROM memories WHERE mask = ?`;
    const { whole, tied } = reader.get<{ whole: number; tied: number | null }>(sql, target, mask)!;
    return whole === 0 ? 0 : (tied ?? 0) / whole;
  }

  /**
   * Adds a memory of a mask inside `tx`. `about`: what it counts as being tied to; `quotes`: what it has words of, so that
   * it is forgotten with any of these.
   */
  keep(
    tx: Transaction,
    {
      mask,
      content,
      about,
      quotes,
      private: hidden,
    }: { mask: string; content: string; about: string; quotes: readonly string[]; private: boolean },
  ): void {
    const links = [about, ...quotes].map((target, i) => ({ kind: i === 0 ? 'about' : 'quotes', target }));
    this.#remember(tx, mask, 'observation', content, [], undefined, { links, private: hidden });
    tx.emit({ type: 'mask.noted', subject: mask, data: { reflected: false } });
  }

  /** Returns how far the tone has moved. */
  #turn(tx: Transaction, mask: string, tone: Tone, cause: string): number {
    const last = lastTone(tx, mask);
    const shift = last ? shiftBetween(last as Tone, tone) : 0;
    this.#history(tx, mask, 'tone', tone, shift, cause);
    return shift;
  }

  #history(tx: Transaction, mask: string, kind: string, value: string, shift: number, cause: string): void {
    const sql = 'INSERT INTO mask_history (mask, at, kind, value, shift, cause) VALUES (?, ?, ?, ?, ?, ?)';
    tx.run(sql, mask, this.#options.clock.now(), kind, value, shift, cause);
  }

  #reflect(tx: Transaction, mask: string): void {
    const records = this.#since(tx, mask);
    const tones = tx.all<{ value: string }>(
      `SELECT value FROM mask_history WHERE mask = ? AND kind = 'tone' AND at >= ? ORDER BY at, rowid`,
      mask,
      lastReflection(tx, mask).at,
    );
    const content = reflect({ records, tones: tones.map(({ value }) => value as Tone) });
    this.#remember(tx, mask, 'observation', content, ['reflection'], undefined);
  }

  /** Memories of a mask after its last reflection, but for those that quote what may be forgotten. */
  #since(reader: Reader, mask: string): { kind: string; content: string }[] {
    const sql = `SELECT kind, content FROM memories WHERE mask = ? AND rowid > ? AND NOT ${IS_REFLECTION}
      AND NOT EXISTS (SELECT 1 FROM memory_links WHERE memory = memories.id AND kind = 'quotes')
      ORDER BY rowid LIMIT 1000`;
    return reader.all(sql, mask, lastReflection(reader, mask).rowid);
  }

  #remember(
    tx: Transaction,
    mask: string,
    kind: z.output<typeof maskNoteInput>['kind'],
    content: string,
    tags: string[],
    tone: Tone | undefined,
    more: Pick<Written, 'links' | 'private'> = { private: false },
  ): void {
    const plain = { workspace: null, source: {}, salience: 0.5, pinned: false, origin: null };
    write(
      tx,
      { ...plain, ...more, kind, content, mask, tags, tone, writtenBy: 'companion', mirrors: true },
      this.#options,
    );
  }
}

function lastTone(reader: Reader, mask: string): string | undefined {
  const sql = `SELECT value FROM mask_history WHERE mask = ? AND kind = 'tone' ORDER BY at DESC, rowid DESC LIMIT 1`;
  return reader.get<{ value: string }>(sql, mask)?.value;
}

const IS_REFLECTION = 'tags = \'["reflection"]\'';

function lastReflection(reader: Reader, mask: string): { rowid: number; at: number } {
  const sql = `SELECT rowid, recorded_at AS at FROM memories WHERE mask = ? AND ${IS_REFLECTION}
    ORDER BY rowid DESC LIMIT 1`;
  return reader.get(sql, mask) ?? { rowid: 0, at: 0 };
}
