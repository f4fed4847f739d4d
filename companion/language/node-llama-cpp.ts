import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const NAME = 'node-llama-cpp';

// What we use of node-llama-cpp 3. It is no dependency, so its own types are not here.

export interface LlamaModule {
  getLlama(options: {
    gpu: 'auto' | false;
    build: 'never';
    skipDownload: true;
    progressLogs: false;
    logLevel: 'error';
    maxThreads: number;
  }): Promise<Llama>;
  LlamaChat: new (options: { contextSequence: unknown; chatWrapper?: unknown }) => LlamaChat;
}

export interface Llama {
  loadModel(options: { modelPath: string }): Promise<LlamaModel>;
  createGrammarForJsonSchema(schema: unknown): Promise<unknown>;
  getGrammarFor(type: 'json'): Promise<unknown>;
}

export interface LlamaModel {
  readonly trainContextSize: number;
  createContext(options: {
    contextSize: number;
    batchSize: number;
    threads: number;
  }): Promise<{ readonly contextSize: number; getSequence(): unknown }>;
  tokenize(text: string): readonly unknown[];
}

export type LlamaHistory = (
  | { readonly type: 'system' | 'user'; readonly text: string }
  | { readonly type: 'model'; readonly response: readonly string[] }
)[];

export interface LlamaChat {
  generateResponse(
    history: LlamaHistory,
    options: {
      signal: AbortSignal;
      maxTokens: number;
      temperature: number;
      grammar?: unknown;
      budgets: { thoughtTokens: number };
      onTextChunk(text: string): void;
      onToken(tokens: readonly unknown[]): void;
    },
  ): Promise<{ readonly metadata: { readonly stopReason: string } }>;
}

/**
 * Where the module lies: in one of these folders or its `node_modules`, or in that of a folder above it. It is looked
 * for by hand, because Node looks only from where its own code lies. Null where it is in none.
 */
export function findNodeLlamaCpp(folders: readonly string[]): string | null {
  for (const start of folders) {
    for (let folder = start; ; folder = path.dirname(folder)) {
      for (const place of [path.join(folder, 'node_modules', NAME), folder]) {
        const found = entryOf(place);
        if (found) return found;
      }
      if (folder === path.dirname(folder)) break;
    }
  }
  return null;
}

function entryOf(place: string): string | null {
  const manifest = path.join(place, 'package.json');
  if (!existsSync(manifest)) return null;
  try {
    const { name, main } = JSON.parse(readFileSync(manifest, 'utf8')) as { name?: unknown; main?: unknown };
    return name === NAME && typeof main === 'string' ? pathToFileURL(path.join(place, main)).href : null;
  } catch {
    return null;
  }
}
