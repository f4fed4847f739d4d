import { ProgenyError } from '../protocol/index.ts';
import type { ImportedRecord } from './record.ts';
import type { Skip } from './source-file.ts';

/** One file of an archive, or one history: what is read from its beginning. */
export interface Part {
  /** Unique among the parts of an import. */
  readonly name: string;
  /** Another one means that what was read before may have changed: it is read again from the beginning. */
  readonly fingerprint: string;
  /** How much of the whole import it is, in units of its own kind. */
  readonly weight: number;
  /** How much of it has been read since `read`, from 0 to 1. */
  share(): number;
  read(skip: Skip, signal: AbortSignal): AsyncIterable<ImportedRecord>;
}

/** Where an interrupted import goes on: everything before it is stored. */
export interface ImportCheckpoint {
  readonly part: string;
  readonly fingerprint: string;
  /** Records of that part that are stored. */
  readonly offset: number;
  readonly added: number;
  readonly known: number;
  /** Counts by reason, of the parts before. */
  readonly skipped: Readonly<Record<string, number>>;
}

export interface ImportTotals {
  readonly added: number;
  readonly known: number;
  readonly skipped: Readonly<Record<string, number>>;
}

/** Stores records in one transaction; what is known by its origin stays as it is. On disk when it resolves. */
export type Keep = (records: readonly ImportedRecord[]) => Promise<{ added: number; known: number }>;

export interface RunOptions {
  /** In a stable order. */
  readonly parts: readonly Part[];
  readonly keep: Keep;
  readonly checkpoint: ImportCheckpoint | null;
  readonly signal: AbortSignal;
  /** Records in a transaction. */
  readonly batch?: number;
  save(checkpoint: ImportCheckpoint): void;
  progress(fraction: number | null, message: string): void;
}

/** A transaction holds so many records, or so much text, whichever comes first. */
const BATCH = 200;
const BATCH_TEXT = 4 * 1024 * 1024;

/**
 * Takes up the parts in batches. The checkpoint is saved after the batch is stored, never before: killed between
 * the two, the next run stores the batch again, which adds nothing. Throws what a lone part throws, the reason of
 * the signal, and what `keep` throws; of several parts, those that are not of the format are skipped.
 */
export async function runImport(options: RunOptions): Promise<ImportTotals> {
  const { parts, signal } = options;
  const from = resumeAt(parts, options.checkpoint);
  const run = new Run(options);
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  let done = parts.slice(0, from.index).reduce((sum, { weight }) => sum + weight, 0);
  let refused: ProgenyError | null = null;
  let taken = from.index;
  for (const part of parts.slice(from.index)) {
    signal.throwIfAborted();
    run.enter(part, () => (total === 0 ? null : Math.min(1, (done + part.weight * part.share()) / total)));
    try {
      await run.take(part, part === parts[from.index] ? from.offset : 0);
      taken++;
    } catch (error) {
      if (!(error instanceof ProgenyError && error.code === 'bad_input')) throw error;
      refused ??= error;
      run.skip('a file of another format');
    }
    done += part.weight;
  }
  if (refused && taken === 0) throw refused;
  await run.flush();
  return run.totals;
}

/** Which part comes next, and how many of its records are stored. Pure. */
function resumeAt(
  parts: readonly Part[],
  checkpoint: ImportCheckpoint | null,
): { index: number; offset: number } {
  const index = checkpoint ? parts.findIndex(({ name }) => name === checkpoint.part) : -1;
  if (!checkpoint || index === -1) return { index: 0, offset: 0 };
  return { index, offset: parts[index]?.fingerprint === checkpoint.fingerprint ? checkpoint.offset : 0 };
}

/** The moving state of one run. */
class Run {
  readonly #options: RunOptions;
  #added: number;
  #known: number;
  #skipped: Record<string, number>;
  #batch: ImportedRecord[] = [];
  #text = 0;
  #place = { part: '', fingerprint: '', offset: 0 };
  /** What had been skipped when the current part began: a resumed run counts those of the part again. */
  #skippedBefore: Record<string, number>;
  #fraction: () => number | null = () => null;

  constructor(options: RunOptions) {
    const { checkpoint } = options;
    this.#options = options;
    this.#added = checkpoint?.added ?? 0;
    this.#known = checkpoint?.known ?? 0;
    this.#skipped = { ...checkpoint?.skipped };
    this.#skippedBefore = { ...this.#skipped };
  }

  get totals(): ImportTotals {
    return { added: this.#added, known: this.#known, skipped: this.#skipped };
  }

  enter({ name, fingerprint }: Part, fraction: () => number | null): void {
    this.#place = { part: name, fingerprint, offset: 0 };
    this.#skippedBefore = { ...this.#skipped };
    this.#fraction = fraction;
  }

  skip(reason: string): void {
    this.#skipped[reason] = (this.#skipped[reason] ?? 0) + 1;
  }

  async take(part: Part, stored: number): Promise<void> {
    const { signal, batch } = this.#options;
    for await (const record of part.read((reason) => this.skip(reason), signal)) {
      this.#place.offset++;
      if (this.#place.offset <= stored) continue;
      this.#batch.push(record);
      this.#text += record.content.length;
      if (this.#batch.length >= (batch ?? BATCH) || this.#text >= BATCH_TEXT) await this.flush();
    }
  }

  async flush(): Promise<void> {
    const { keep, save, progress, signal } = this.#options;
    signal.throwIfAborted();
    if (this.#batch.length === 0) return;
    const { added, known } = await keep(this.#batch);
    this.#added += added;
    this.#known += known;
    this.#batch = [];
    this.#text = 0;
    const counts = { added: this.#added, known: this.#known, skipped: this.#skippedBefore };
    save({ ...this.#place, ...counts });
    progress(this.#fraction(), `${this.#place.part}: ${this.#added} added, ${this.#known} known`);
  }
}
