import type { Embedding, Embeds, ModelIdentity, Reading } from '../embedding/index.ts';
import { type Clock, Listeners, type Logger } from '../kernel/index.ts';
import type { Mind, Reader, Writer } from '../store/index.ts';

export interface IndexerOptions {
  mind: Mind;
  clock: Clock;
  logger: Logger;
  embedder: Embeds;
  /** Told of records that have their vectors now. */
  indexed?(records: readonly number[]): Promise<void>;
  /** The share of time that long work may take, above 0 to 1. A few new records are read at once. */
  share?: () => number;
}

interface Waiting {
  readonly memory: number;
  readonly content: string;
  readonly author: string | null;
  readonly session: string | null;
  readonly position: number | null;
}

/** Records whose vectors are stored together. */
const BATCH = 16;
/** From so many on it is long work, which leaves time to others. */
const LONG = 64;
/** Turns that are read ahead of a turn. */
const TURNS_AHEAD = 3;
const SHARE = 0.5;

/**
 * Gives every record its vectors, newest first, from a queue that the store keeps: stopped at any moment, it goes on
 * where it was. A change of the model empties the index and queues everything.
 */
export class Indexer {
  /** Called with how many records still wait, after each batch. */
  readonly progressed = new Listeners<number>();
  readonly #options: IndexerOptions;
  #running: Promise<void> | null = null;
  #again = false;
  #stopped = false;

  constructor(options: IndexerOptions) {
    this.#options = options;
  }

  /** Records that have no vector yet. */
  get waiting(): number {
    return this.#options.mind.read((r) => r.get<{ n: number }>('SELECT count(*) AS n FROM memory_queue')!.n);
  }

  /** Begins, unless it is at work already. */
  kick(): void {
    this.#again = true;
    if (this.#stopped) return;
    this.#running ??= this.#work().finally(() => {
      this.#running = null;
    });
  }

  /** Resolves when nothing waits that can be read. */
  async idle(): Promise<void> {
    await this.#running;
  }

  async dispose(): Promise<void> {
    this.#stopped = true;
    await this.#running;
    this.progressed.clear();
  }

  async #work(): Promise<void> {
    const { mind, embedder, clock, logger, share = () => SHARE } = this.#options;
    try {
      while (this.#again && !this.#stopped) {
        this.#again = false;
        if (!mind.read((r) => r.get('SELECT 1 FROM memory_queue LIMIT 1'))) return;
        const model = await embedder.model();
        if (!model || this.#stopped) return;
        mind.record((writer) => useModel(writer, model, clock.now()));
        for (let batch = this.#next(); batch.length > 0 && !this.#stopped; batch = this.#next()) {
          const began = clock.now();
          const made = await Promise.all(batch.map((each) => this.#embed(each)));
          mind.record((writer) => {
            for (const [i, embedding] of made.entries()) keep(writer, batch[i]!, embedding);
          });
          await this.#options.indexed?.(batch.map(({ memory }) => memory));
          const { waiting } = this;
          this.progressed.tell(waiting);
          const rest = (clock.now() - began) * (1 / share() - 1);
          if (waiting >= LONG && rest > 0) await pause(clock, rest);
        }
      }
    } catch (error) {
      // The queue still has what was not written; the next record, or the next start, tries again.
      logger.warn({ error: String(error) }, 'embedding stopped');
    }
  }

  #next(): Waiting[] {
    const sql = `SELECT memories.rowid AS memory, content, author, session, position
      FROM memory_queue JOIN memories ON memories.rowid = memory_queue.memory
      ORDER BY memory_queue.memory DESC LIMIT ${BATCH}`;
    return this.#options.mind.read((reader) => reader.all<Waiting>(sql));
  }

  async #embed(record: Waiting): Promise<Embedding | null> {
    const reading = this.#options.mind.read((reader) => readingOf(reader, record));
    return this.#options.embedder.embed(reading).catch((error: unknown) => {
      // One text that the model cannot take must not hold up the others; a model that is gone must.
      if (this.#options.embedder.state.kind !== 'ready') throw error;
      this.#options.logger.warn({ memory: record.memory, error: String(error) }, 'a record has no vector');
      return null;
    });
  }
}

/** The text with what was said before it in its session, and by whom. */
function readingOf(reader: Reader, { content, author, session, position }: Waiting): Reading {
  // Alone, what is said matters and not by whom: two people who say the same are near each other.
  if (session === null || position === null) return { text: content };
  const said = author === null ? [] : [`${author}:`];
  const sql = `SELECT author, content FROM memories WHERE session = ? AND position BETWEEN ? AND ?
    ORDER BY position`;
  const ahead = reader.all<{ author: string | null; content: string }>(
    sql,
    session,
    position - TURNS_AHEAD,
    position - 1,
  );
  const lines = ahead.map((turn) =>
    turn.author === null ? turn.content : `${turn.author}: ${turn.content}`,
  );
  return { text: content, before: [...lines, ...said] };
}

/** Stores what was made of a record, unless the record is gone or says something else by now. */
function keep(writer: Writer, { memory, content }: Waiting, embedding: Embedding | null): void {
  if (!writer.get('SELECT 1 FROM memories WHERE rowid = ? AND content = ?', memory, content)) return;
  writer.run('DELETE FROM memory_queue WHERE memory = ?', memory);
  if (!embedding) return;
  writer.run(
    'INSERT OR REPLACE INTO memory_vectors (memory, vector) VALUES (?, ?)',
    memory,
    bytes(embedding.vector),
  );
  writer.run(
    'INSERT OR REPLACE INTO memory_tokens (memory, tokens) VALUES (?, ?)',
    memory,
    bytes(embedding.tokens),
  );
}

/** Empties the index and queues everything, where it was made by another model. */
function useModel(writer: Writer, model: ModelIdentity, now: number): void {
  if (writer.get('SELECT 1 FROM memory_models WHERE digest = ?', model.digest)) return;
  for (const table of ['memory_models', 'memory_vectors', 'memory_tokens'])
    writer.run(`DELETE FROM ${table}`);
  writer.run('INSERT OR IGNORE INTO memory_queue (memory) SELECT rowid FROM memories');
  const sql =
    'INSERT INTO memory_models (digest, dimensions, token_dimensions, chosen_at) VALUES (?, ?, ?, ?)';
  writer.run(sql, model.digest, model.dimensions, model.tokenDimensions, now);
}

function bytes(numbers: Int8Array): Uint8Array {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}

function pause(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => clock.after(ms, resolve));
}
