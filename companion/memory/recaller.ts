import type { Embedding } from '../embedding/index.ts';
import type { MemoryGrowth } from '../protocol/index.ts';
import type { Reader } from '../store/index.ts';
import { type Found, findAround, findByNumber, findByWords, namedAuthors } from './candidates.ts';
import { eventTime } from './event-time.ts';
import { freshnessOf, lossOf } from './fading.ts';
import { type GrowthQuestion, readGrowth } from './growth.ts';
import { queryWords } from './query-words.ts';
import { type Candidate, MOST_RERANKED, type Ranked, rank, rerank, type Weights } from './rank.ts';
import { currentFirst, demoteRepeats, originalsFirst } from './repeats.ts';
import { type MemoryRow, SELECT_MEMORY } from './rows.ts';
import { confine, isEverything, type Scope } from './scope.ts';
import { timeOf } from './time-expressions.ts';
import { matchTokens, pieceWeights } from './token-match.ts';
import { findTwins, type Side } from './twins.ts';
import { VectorStore } from './vector-store.ts';

/** What is asked, as plain data. */
export interface Question {
  readonly text: string;
  readonly scope: Scope;
  readonly limit: number;
  readonly now: number;
  readonly weights: Weights;
  /** Whether time lets records fade. */
  readonly decay: boolean;
  /** What the sentence model made of the text; null without one. */
  readonly embedding: Embedding | null;
}

/** What speaks to the question, as plain data. */
export interface Answer {
  readonly found: readonly (Ranked & { readonly row: MemoryRow })[];
  /** How many of all records have a vector. */
  readonly embedded: number;
  readonly records: number;
}

/** Nearest vectors by their signs that are looked at closely. */
const NEAR = 1000;
/** The nearest of those by their numbers become candidates. */
const MOST_NEAR = 300;
/** A question counts the records that have a word up to here; beyond, it is as common as can be. */
const COMMON = 20_000;
const COUNT_AGAIN_MS = 10_000;

/** Answers questions from one mind's records. Reads only; may live on a thread of its own. */
export class Recaller {
  readonly #reader: Reader;
  readonly #vectors: VectorStore;
  #counted = { at: Number.NEGATIVE_INFINITY, records: 0 };

  constructor(reader: Reader) {
    this.#reader = reader;
    this.#vectors = new VectorStore(reader);
  }

  answer(question: Question): Answer {
    const { text, limit, weights, embedding } = question;
    const words = queryWords(text);
    const records = this.#count();
    // Before the search: what is read meanwhile was not looked at.
    const embedded = this.#vectors.size;
    const vector = weights.meaning > 0 && embedding ? embedding.vector : null;
    const found = this.#find(words, vector, question);
    const { ranked, unit } = rank(this.#candidates(found, words, vector, question), weights);
    const tokens = weights.tokens > 0 && embedding ? this.#match(ranked, text, embedding, records) : null;
    const ordered = tokens ? rerank(ranked, { unit, weight: weights.tokens, tokens }) : ranked;
    const rows = this.#rows(ordered.slice(0, limit * 2));
    const varied = demoteRepeats(
      ordered.filter(({ rowid }) => rows.has(rowid)),
      { penalty: unit * weights.repeated, content: (rowid) => rows.get(rowid)!.content },
    );
    const byId = new Map([...rows].map(([rowid, { id }]) => [id, rowid]));
    const derived = originalsFirst(varied, {
      penalty: unit * weights.repeated,
      quoted: (rowid) => quotedBy(rows.get(rowid)!)?.flatMap((id) => byId.get(id) ?? []) ?? null,
    });
    return {
      found: currentFirst(derived, (rowid) => byId.get(rows.get(rowid)!.closed_by ?? '') ?? null)
        .slice(0, limit)
        .map((each) => ({ ...each, row: rows.get(each.rowid)! })),
      embedded,
      records,
    };
  }

  /** Older or newer records that say the same, by the model's judgement and by agreement; the oldest first. */
  twinsOf(record: number, side: Side): number[] {
    return findTwins(this.#reader, this.#vectors, record, side);
  }

  /** How many records were taken up, span by span. */
  growth(question: GrowthQuestion): MemoryGrowth {
    return readGrowth(this.#reader, question);
  }

  #find(words: readonly string[], vector: Int8Array | null, { text, scope }: Question): Found[] {
    const named = namedAuthors(this.#reader, words, text);
    const about = words.filter((word) => !named.names.has(word));
    const hits = findByWords(this.#reader, about.length > 0 ? about : words, scope);
    const around = findAround(this.#reader, hits, scope);
    if (!vector) return [...hits, ...around];
    const known = new Set([...hits, ...around].map(({ rowid }) => rowid));
    const near = this.#vectors.nearest(vector, NEAR, this.#within(scope)).slice(0, MOST_NEAR);
    const meant = findByNumber(
      this.#reader,
      near.filter((rowid) => !known.has(rowid)),
      scope,
    );
    return [...hits, ...around, ...meant, ...findAround(this.#reader, [...meant, ...hits, ...around], scope)];
  }

  /** Tells which records a narrow scope holds; null where it holds all. */
  #within(scope: Scope): ReadonlySet<number> | null {
    if (isEverything(scope)) return null;
    const confined = confine(scope);
    const sql = `SELECT memories.rowid FROM memories WHERE true ${confined.sql}`;
    return new Set(this.#reader.all<{ rowid: number }>(sql, ...confined.params).map(({ rowid }) => rowid));
  }

  #candidates(
    found: readonly Found[],
    words: readonly string[],
    vector: Int8Array | null,
    { text, scope, now, decay }: Question,
  ): Candidate[] {
    const { authors } = namedAuthors(this.#reader, words, text);
    const time = timeOf(text, now) ?? eventTime(this.#reader, text, scope);
    const meanings = vector ? this.#vectors.cosines(vector, found) : null;
    return found.map((each) => ({
      rowid: each.rowid,
      session: each.session,
      position: each.position,
      asks: each.asks === 1,
      named: each.author !== null && authors.has(each.author.toLowerCase()),
      words: each.words,
      meaning: meanings?.get(each.rowid) ?? null,
      inTime: time !== null && each.happened_at >= time.since && each.happened_at <= time.until,
      freshness: decay ? freshnessOf(now - each.happened_at) : 0,
      salience: Math.max(0, each.salience - (decay ? lossOf(now - each.seen) : 0)),
      past: (decay && each.archived_at !== null) || each.valid_to !== null,
    }));
  }

  #match(
    ranked: readonly Ranked[],
    text: string,
    { tokens: vectors, pieces }: Embedding,
    records: number,
  ): Map<number, number> | null {
    const dimensions = this.#vectors.tokenDimensions;
    if (dimensions === null || vectors.length !== pieces.length * dimensions) return null;
    const words = queryWords(text);
    const { names } = namedAuthors(this.#reader, words, text);
    const telling = words.filter((word) => !names.has(word));
    const weights = pieceWeights(pieces, telling, (word) => this.#frequency(word), records);
    const stored = this.#vectors.tokens(ranked.slice(0, MOST_RERANKED).map(({ rowid }) => rowid));
    const query = { vectors, weights, dimensions };
    return new Map([...stored].map(([rowid, tokens]) => [rowid, matchTokens(query, tokens)]));
  }

  #frequency(word: string): number {
    const sql = `SELECT count(*) AS found FROM
      (SELECT 1 FROM memory_words WHERE memory_words MATCH ? LIMIT ${COMMON})`;
    return this.#reader.get<{ found: number }>(sql, `"${word.replaceAll('"', '""')}"`)?.found ?? 0;
  }

  #rows(ranked: readonly Ranked[]): Map<number, MemoryRow> {
    const sql = `${SELECT_MEMORY} WHERE memories.rowid IN (SELECT value FROM json_each(?))`;
    const rowids = JSON.stringify(ranked.map(({ rowid }) => rowid));
    return new Map(this.#reader.all<MemoryRow>(sql, rowids).map((row) => [row.rowid, row]));
  }

  #count(): number {
    const now = performance.now();
    if (now - this.#counted.at > COUNT_AGAIN_MS) {
      const records = this.#reader.get<{ n: number }>('SELECT count(*) AS n FROM memories')?.n ?? 0;
      this.#counted = { at: now, records };
    }
    return this.#counted.records;
  }
}

/** Ids of the records that a summary quotes; null for what is none. */
function quotedBy({ kind, links }: MemoryRow): string[] | null {
  if (kind !== 'dream') return null;
  const all = JSON.parse(links) as { kind: string; target: string }[];
  return all.flatMap((link) => (link.kind === 'quotes' ? link.target : []));
}
