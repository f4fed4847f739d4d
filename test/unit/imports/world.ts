import path from 'node:path';
import { fileParts } from '../../../companion/imports/file-parts.ts';
import { type ImportCheckpoint, type Keep, type Part, runImport } from '../../../companion/imports/index.ts';
import { VirtualClock } from '../../../companion/kernel/index.ts';
import { type ImportFormat, recallInput } from '../../../companion/protocol/index.ts';
import { openMemory } from '../../support/memory.ts';
import { openStore } from '../../support/store.ts';
import { temporaryFolder } from '../../support/temporary.ts';

export const NOW = Date.UTC(2026, 3, 1, 12);

/** A place below test/fixtures/imports. */
export function fixture(...names: string[]): string {
  return path.resolve('test/fixtures/imports', ...names);
}

/** The parts of a fixture; times of files are set, so that every run of the tests sees the same. */
export async function partsOf(format: ImportFormat, place: string): Promise<Part[]> {
  return fileParts(place, format);
}

export interface RunShape {
  checkpoint?: ImportCheckpoint | null;
  batch?: number;
  signal?: AbortSignal;
  keep?: Keep;
  save?: (checkpoint: ImportCheckpoint) => void;
}

/** An empty mind that can take up parts, and be looked at. */
export async function emptyMind() {
  const folder = temporaryFolder();
  const clock = new VirtualClock(NOW);
  const store = await openStore(folder.path, { clock });
  const memory = openMemory(store, clock);
  // Workspaces are for the composition; here a record belongs to none.
  const keep: Keep = (records) => memory.keep(records.map((record) => ({ ...record, workspace: null })));
  return {
    folder: folder.path,
    store,
    clock,
    memory,
    keep,
    run: (parts: readonly Part[], shape: RunShape = {}) =>
      runImport({
        parts,
        keep: shape.keep ?? keep,
        checkpoint: shape.checkpoint ?? null,
        signal: shape.signal ?? new AbortController().signal,
        batch: shape.batch ?? 3,
        save: shape.save ?? (() => {}),
        progress: () => {},
      }),
    /** Everything but what every mind has of its own. */
    rows: () =>
      store.mind.read((r) =>
        r.all(`SELECT origin, workspace, kind, content, author, source, session, position, asks, happened_at,
          salience, tags, pinned FROM memories ORDER BY rowid`),
      ),
    recall: async (query: string) => {
      const { found } = await memory.recall(recallInput.parse({ query }));
      return found.map(({ record, score }) => ({ content: record.content, score }));
    },
    async [Symbol.asyncDispose]() {
      await memory.dispose();
      store.close();
      folder[Symbol.dispose]();
    },
  };
}
export type TestMind = Awaited<ReturnType<typeof emptyMind>>;

/** What a kill leaves behind: an import that ends for no reason of its own. */
export const KILLED = new Error('killed');

/**
 * Takes up parts and is killed at a batch: before the batch is stored, or after, before its checkpoint is saved.
 * Gives the checkpoint that a next run finds; null when it came to its end.
 */
export async function runKilled(
  mind: TestMind,
  parts: readonly Part[],
  at: { batch: number; stored: boolean },
  shape: RunShape = {},
): Promise<{ checkpoint: ImportCheckpoint | null; killed: boolean }> {
  let checkpoint = shape.checkpoint ?? null;
  let batches = 0;
  const keep: Keep = async (records) => {
    const last = ++batches === at.batch;
    if (last && !at.stored) throw KILLED;
    const kept = await mind.keep(records);
    if (last) throw KILLED;
    return kept;
  };
  try {
    // A checkpoint is JSON on its way through the store.
    const save = (saved: ImportCheckpoint) => {
      checkpoint = JSON.parse(JSON.stringify(saved)) as ImportCheckpoint;
    };
    await mind.run(parts, { ...shape, checkpoint, keep, save });
    return { checkpoint, killed: false };
  } catch (error) {
    if (error !== KILLED) throw error;
    return { checkpoint, killed: true };
  }
}
