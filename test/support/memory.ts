import { Embedder } from '../../companion/embedding/index.ts';
import { type Clock, seededRandom, silentLogger } from '../../companion/kernel/index.ts';
import { Memory, type MemoryOptions } from '../../companion/memory/index.ts';
import type { Store } from '../../companion/store/index.ts';

/** A memory on a store: without a sentence model, unless one is given. Dispose it before the store is closed. */
export function openMemory(store: Store, clock: Clock, options: Partial<MemoryOptions> = {}): Memory {
  return new Memory({
    mind: store.mind,
    clock,
    random: seededRandom(1),
    logger: silentLogger,
    embedder: new Embedder({ clock, folder: null, cache: '' }),
    ...options,
  });
}

/** Lets everything fade, as the night does. */
export function fadeAll(memory: Memory, now: number): void {
  for (let after: number | null = 0; after !== null; ) after = memory.fade(now, after).next;
}
