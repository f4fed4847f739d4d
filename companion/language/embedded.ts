import { closeSync, openSync, readSync } from 'node:fs';
import path from 'node:path';
import type { Clock, Disposable } from '../kernel/index.ts';
import { EmbeddedHost } from './embedded-host.ts';
import { findNodeLlamaCpp } from './node-llama-cpp.ts';
import type { Probed, Prompt, Provider, ProviderEnd } from './provider.ts';
import { ProviderError } from './provider.ts';

export interface EmbeddedOptions {
  readonly clock: Clock;
  /** The GGUF file; null for none. */
  file(): string | null;
  /** Where `node-llama-cpp` may lie, the most wanted first. */
  folders(): readonly string[];
  /** Where a person is told to install it. */
  installTo: string;
  contextTokens(): number;
  threads(): number;
  gpu(): boolean;
  /** After so long without a question its process ends and its memory is free again, in ms. */
  idleMs(): number;
}

const IDLE_CHECK_MS = 15_000;

/** A GGUF file in a process of our own: needs no server. The process begins with the first question. */
export class EmbeddedProvider implements Provider {
  readonly kind = 'embedded';
  readonly title = 'The embedded model';
  readonly width = 1;
  readonly #options: EmbeddedOptions;
  #host: { readonly process: EmbeddedHost; readonly of: string } | null = null;
  #busy = 0;
  #lastUse = 0;
  readonly #idle: Disposable;

  constructor(options: EmbeddedOptions) {
    this.#options = options;
    this.#idle = options.clock.every(IDLE_CHECK_MS, () => {
      if (this.#busy === 0 && options.clock.now() - this.#lastUse >= options.idleMs()) void this.stop();
    });
  }

  /** Looks at files alone; nothing is loaded. */
  async probe(): Promise<Probed> {
    const file = this.#options.file();
    if (file === null) return { state: 'off', words: 'No GGUF file is set.' };
    const trouble = troubleOf(file);
    if (trouble) return { state: 'no_model', words: `${file} cannot be used: ${trouble}.` };
    if (!this.#module())
      return {
        state: 'no_model',
        words: `${file} needs node-llama-cpp, which is not installed. \`npm install --prefix "${this.#options.installTo}" node-llama-cpp\` does that.`,
      };
    const model = { name: path.basename(file, '.gguf'), local: true, chats: true, bytes: null };
    return { state: 'ready', models: [model], structured: true };
  }

  async *generate(prompt: Prompt): AsyncGenerator<string, ProviderEnd, void> {
    this.#busy++;
    try {
      return yield* (await this.#open()).generate(prompt);
    } finally {
      this.#busy--;
      this.#lastUse = this.#options.clock.now();
    }
  }

  /** The id of its process; null while there is none. */
  get pid(): number | null {
    return this.#host?.process.alive ? (this.#host.process.pid ?? null) : null;
  }

  /** Ends its process, so that its file can be replaced. The next question begins another. */
  async stop(): Promise<void> {
    const host = this.#host;
    this.#host = null;
    await host?.process.dispose();
  }

  async dispose(): Promise<void> {
    this.#idle.dispose();
    await this.stop();
  }

  async #open(): Promise<EmbeddedHost> {
    const { file, contextTokens, threads, gpu } = this.#options;
    const module = this.#module();
    const chosen = file();
    if (chosen === null || !module)
      throw new ProviderError('unreachable', 'There is no embedded model any more.');
    const opening = {
      module,
      file: chosen,
      contextTokens: contextTokens(),
      threads: threads(),
      gpu: gpu(),
    };
    const of = JSON.stringify(opening);
    if (this.#host?.of !== of || !this.#host.process.alive) {
      await this.stop();
      this.#host = { process: new EmbeddedHost(opening, this.#options.clock), of };
    }
    return this.#host.process;
  }

  #module(): string | null {
    return findNodeLlamaCpp(this.#options.folders());
  }
}

/** What is wrong with a GGUF file; null for nothing that can be seen from its first bytes. */
function troubleOf(file: string): string | null {
  let handle: number;
  try {
    handle = openSync(file, 'r');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'it is not there' : (error as Error).message;
  }
  try {
    const start = Buffer.alloc(4);
    readSync(handle, start, 0, 4, 0);
    return start.toString('latin1') === 'GGUF' ? null : 'it is no GGUF file';
  } catch (error) {
    return (error as Error).message;
  } finally {
    closeSync(handle);
  }
}
