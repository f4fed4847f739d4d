import { existsSync } from 'node:fs';
import path from 'node:path';
import type { z } from 'zod';
import { type Embedder, fetchModel } from './embedding/index.ts';
import type { Jobs } from './jobs/index.ts';
import type { Indexer } from './memory/index.ts';
import type { Health, Job, ModelState, modelFetchInput } from './protocol/index.ts';
import type { Mind } from './store/index.ts';

export interface ModelsOptions {
  /** Where models lie in the data directory. */
  folder: string;
  jobs: Jobs;
  embedder: Embedder;
  index: Indexer;
  mind: Mind;
  /** The folder that the user chose; empty for none. */
  chosen(): string;
}

const KIND = 'model';

/** Which sentence model is used, and how one comes here. */
export class Models {
  readonly #options: ModelsOptions;

  constructor(options: ModelsOptions) {
    this.#options = options;
    const { jobs } = options;
    jobs.define<z.output<typeof modelFetchInput>>(KIND, {
      run: async ({ input, signal, progress }) => {
        const wanted = [
          { name: 'model.onnx', ...input.model },
          { name: 'tokenizer.json', ...input.tokenizer },
        ];
        this.#options.embedder.use(null);
        await fetchModel(this.#own, wanted, { signal, progress }).finally(() => this.choose());
      },
    });
  }

  /** Uses what is chosen, or what lies in the data directory, from now on. */
  choose(): void {
    const { embedder, index, chosen } = this.#options;
    embedder.use(chosen() || (existsSync(this.#own) ? this.#own : null));
    index.kick();
  }

  fetch(input: z.output<typeof modelFetchInput>): Job {
    return this.#options.jobs.enqueue(KIND, 'sentence', input);
  }

  get state(): ModelState {
    const { embedder, index, mind } = this.#options;
    const { state } = embedder;
    const { n } = mind.read((reader) => reader.get<{ n: number }>('SELECT count(*) AS n FROM memories')!);
    return {
      state: state.kind,
      folder: embedder.folder,
      reason: state.kind === 'unusable' ? state.reason : null,
      waiting: index.waiting,
      records: n,
    };
  }

  /** What is amiss with the model that was chosen. */
  health(at: number): Health[] {
    const { state } = this.#options.embedder;
    if (state.kind !== 'unusable') return [];
    return [
      { subject: 'model', level: 'warning', message: `Recall goes by words alone. ${state.reason}`, at },
    ];
  }

  get #own(): string {
    return path.join(this.#options.folder, 'sentence');
  }
}
