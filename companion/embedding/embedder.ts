import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { type Clock, type Disposable, Listeners } from '../kernel/index.ts';
import type { Embedding } from './embedding.ts';
import type { Reading } from './sentence-model.ts';
import type { ModelIdentity, Reply, Request } from './worker.ts';

/** Whether sentences can be turned into vectors, and if not, why, in words. */
export type EmbedderState =
  | { readonly kind: 'none' }
  | { readonly kind: 'opening' }
  | { readonly kind: 'ready'; readonly model: ModelIdentity }
  | { readonly kind: 'unusable'; readonly reason: string };

/** Whatever turns texts into vectors. */
export type Embeds = Pick<Embedder, 'state' | 'model' | 'embed'>;

export interface EmbedderOptions {
  clock: Clock;
  /** Folder with `model.onnx` and `tokenizer.json`; null for none. */
  folder: string | null;
  /** Folder for what is worked out of a model once. */
  cache: string;
  /** After so long without work the thread ends and its memory is free again, in ms. */
  idleMs?: number;
}

interface Pending {
  resolve(embedding: Embedding): void;
  reject(error: Error): void;
}

// Run from source the worker is a neighbour; built, it is a bundle of its own, with the runtime beside it.
const fromSource = import.meta.url.endsWith('.ts');
const ENTRY = new URL(fromSource ? './worker.ts' : './embedding-worker.js', import.meta.url);
const RUNTIME = fromSource
  ? import.meta.resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm')
  : new URL('./ort-wasm-simd-threaded.wasm', import.meta.url).href;
const FILES = ['model.onnx', 'tokenizer.json'];
const IDLE_MS = 5 * 60_000;

/** A sentence model on a thread of its own: opened when it is first needed, closed when it is idle. */
export class Embedder {
  readonly changed = new Listeners<EmbedderState>();
  readonly #options: EmbedderOptions;
  #folder: string | null;
  #state: EmbedderState;
  #worker: Worker | null = null;
  #opening: Promise<EmbedderState> | null = null;
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;
  #lastUse = 0;
  readonly #idle: Disposable;

  constructor(options: EmbedderOptions) {
    this.#options = options;
    this.#folder = options.folder;
    this.#state = firstState(options.folder);
    const idleMs = options.idleMs ?? IDLE_MS;
    this.#idle = options.clock.every(idleMs / 4, () => {
      if (this.#pending.size === 0 && options.clock.now() - this.#lastUse >= idleMs) this.#end('idle');
    });
  }

  get state(): EmbedderState {
    return this.#state;
  }

  get folder(): string | null {
    return this.#folder;
  }

  /** Another folder, or none, from now on. What was asked of the former model is refused. */
  use(folder: string | null): void {
    if (folder === this.#folder) return;
    this.#folder = folder;
    this.#end('another model was chosen');
    this.#become(firstState(folder));
  }

  /** The model once it is open; null where there is none that can be used. */
  async model(): Promise<ModelIdentity | null> {
    const state = await this.#open();
    return state.kind === 'ready' ? state.model : null;
  }

  /** Urgent readings go first. Rejects where no model can be used, or with what the model says of the text. */
  async embed(reading: Reading, options: { urgent?: boolean } = {}): Promise<Embedding> {
    const state = await this.#open();
    if (state.kind === 'unusable') throw new Error(state.reason);
    if (state.kind !== 'ready' || !this.#worker) throw new Error('There is no sentence model.');
    this.#lastUse = this.#options.clock.now();
    const id = ++this.#lastId;
    this.#worker.postMessage({
      kind: 'embed',
      id,
      reading,
      urgent: options.urgent ?? false,
    } satisfies Request);
    return new Promise((resolve, reject) => this.#pending.set(id, { resolve, reject }));
  }

  dispose(): void {
    this.#idle.dispose();
    this.#end('the companion stops');
    this.changed.clear();
  }

  #open(): Promise<EmbedderState> {
    if (this.#worker && this.#opening) return this.#opening;
    this.#state = firstState(this.#folder);
    if (this.#state.kind !== 'opening') return Promise.resolve(this.#state);
    const worker = new Worker(ENTRY);
    worker.unref();
    this.#worker = worker;
    this.#lastUse = this.#options.clock.now();
    this.#opening = new Promise((resolve) => {
      const settle = (state: EmbedderState) => {
        this.#become(state);
        resolve(state);
      };
      worker.on('message', (reply: Reply) => {
        if (this.#worker !== worker) return;
        if (reply.kind === 'opened') settle({ kind: 'ready', model: reply.model });
        else if (reply.kind === 'unusable') {
          settle({ kind: 'unusable', reason: unusable(this.#folder!, reply.reason) });
        } else this.#answer(reply);
      });
      const lost = (reason: string) => {
        // Ended on purpose: whoever still waits for it to open is told what is so now.
        if (this.#worker !== worker) return resolve(this.#state);
        this.#end(reason);
        settle({ kind: 'unusable', reason });
      };
      worker.on('error', (error) => lost(`The sentence model ended: ${error.message}`));
      worker.on('exit', () => lost('The sentence model ended.'));
    });
    worker.postMessage({
      kind: 'open',
      folder: this.#folder!,
      runtime: fileURLToPath(RUNTIME),
      cache: this.#options.cache,
    } satisfies Request);
    return this.#opening;
  }

  #answer(reply: Extract<Reply, { kind: 'embedded' | 'failed' }>): void {
    const pending = this.#pending.get(reply.id);
    this.#pending.delete(reply.id);
    if (reply.kind === 'embedded') pending?.resolve(reply.embedding);
    else pending?.reject(new Error(reply.reason));
  }

  #end(reason: string): void {
    const worker = this.#worker;
    this.#worker = null;
    this.#opening = null;
    void worker?.terminate();
    for (const { reject } of this.#pending.values()) reject(new Error(reason));
    this.#pending.clear();
  }

  #become(state: EmbedderState): void {
    this.#state = state;
    this.changed.tell(state);
  }
}

/** What is known of a folder before its model is opened. */
function firstState(folder: string | null): EmbedderState {
  if (folder === null) return { kind: 'none' };
  const missing = FILES.filter((name) => !existsSync(path.join(folder, name)));
  if (missing.length === 0) return { kind: 'opening' };
  return {
    kind: 'unusable',
    reason: unusable(folder, `${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} not there`),
  };
}

function unusable(folder: string, reason: string): string {
  return `The sentence model in ${folder} cannot be used: ${reason}. It needs a folder with ${FILES.join(' and ')} of a BERT-like encoder.`;
}
