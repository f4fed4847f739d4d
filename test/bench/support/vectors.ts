import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Embedder } from '../../../companion/embedding/index.ts';
import { systemClock } from '../../../companion/kernel/index.ts';
import { cacheFolder } from '../../../scripts/cache.ts';
import { modelCache, sentenceModel } from '../../support/sentence-model.ts';

/** Sentence vectors of unit length as the product reads them, kept on disk for the next run. */
export async function sentenceVectors(texts: readonly string[]): Promise<Float32Array[]> {
  const folder = await sentenceModel();
  const embedder = new Embedder({ clock: systemClock, folder, cache: modelCache });
  try {
    const model = (await embedder.model())!;
    const digest = createHash('sha256')
      .update(`${model.digest}\n${texts.join('\n')}`)
      .digest('hex');
    const file = path.join(cacheFolder, 'vectors', `${digest.slice(0, 16)}.i8`);
    if (!existsSync(file)) {
      mkdirSync(path.dirname(file), { recursive: true });
      const vectors = [];
      for (const text of texts) {
        vectors.push((await embedder.embed({ text })).vector);
        if (vectors.length % 500 === 0) console.error(`embedded ${vectors.length} of ${texts.length}`);
      }
      writeFileSync(`${file}.part`, Buffer.concat(vectors.map((vector) => new Uint8Array(vector.buffer))));
      renameSync(`${file}.part`, file);
    }
    const bytes = readFileSync(file);
    const all = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length);
    return texts.map((_, i) => unit(all.subarray(i * model.dimensions, (i + 1) * model.dimensions)));
  } finally {
    embedder.dispose();
  }
}

function unit(bytes: Int8Array): Float32Array {
  const length = Math.hypot(...bytes) || 1;
  return Float32Array.from(bytes, (byte) => byte / length);
}
