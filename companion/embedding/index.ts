/** A local sentence model: texts become vectors, on a thread of their own. */
export { Embedder, type EmbedderOptions, type EmbedderState, type Embeds } from './embedder.ts';
export { BYTE_SCALE, type Embedding } from './embedding.ts';
export { fetchModel } from './fetch-model.ts';
export type { Reading } from './sentence-model.ts';
export type { ModelIdentity } from './worker.ts';
