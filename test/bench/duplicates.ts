import { Embedder } from '../../companion/embedding/index.ts';
import { seededRandom, systemClock } from '../../companion/kernel/index.ts';
import { rememberInput } from '../../companion/protocol/index.ts';
import { nearMisses, type Pair, sameSayings } from '../fixtures/near-duplicates.ts';
import { openMemory } from '../support/memory.ts';
import { modelCache, sentenceModel } from '../support/sentence-model.ts';
import { openStore } from '../support/store.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { rounded } from './support/statistics.ts';
import { option } from './support/subject.ts';

const PAIRS = 1000;

/**
 * Pairs that say the same in other words, and pairs that differ in one number, name or negation: how many of each become
 * one record, through `remember` and the index, each pair about a matter of its own. `duplicates [--pairs N]`.
 */
export default async function duplicates(args: readonly string[]) {
  const count = Number(option(args, 'pairs') ?? PAIRS);
  const model = await sentenceModel();
  return [
    await measure('same', sameSayings(seededRandom(31), count), model),
    await measure('near miss', nearMisses(seededRandom(32), count), model),
  ];
}

async function measure(set: string, pairs: readonly Pair[], model: string) {
  using folder = temporaryFolder();
  const store = await openStore(folder.path);
  const embedder = new Embedder({
    clock: systemClock,
    folder: model,
    cache: modelCache,
  });
  const memory = openMemory(store, systemClock, { embedder, share: () => 1 });
  try {
    const written: [string, string][] = [];
    for (const [i, { one, other }] of pairs.entries()) {
      // About a matter of its own, so that a pair can only become one with itself.
      const about = `matter ${i}`;
      const first = await memory.remember(rememberInput.parse({ content: one, author: 'Ana', about }));
      const second = await memory.remember(rememberInput.parse({ content: other, author: 'Bo', about }));
      written.push([first.id, second.id]);
    }
    await memory.index.idle();
    const merged = written.filter(([first, second]) => first === second || memory.get(second).id === first);
    const kept = merged.filter(([first]) => memory.trace(first).merged.some(({ author }) => author === 'Bo'));
    return {
      set,
      pairs: pairs.length,
      merged: merged.length,
      share: rounded(merged.length / pairs.length, 3),
      provenanceKept: kept.length,
    };
  } finally {
    await memory.dispose();
    embedder.dispose();
    store.close();
  }
}
