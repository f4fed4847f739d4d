import { type Clock, silentLogger, systemClock } from '../../companion/kernel/index.ts';
import {
  EmbeddedProvider,
  type Generation,
  type Language,
  LanguageModels,
  OllamaProvider,
  OpenAiProvider,
  type Provider,
  type Written,
} from '../../companion/language/index.ts';
import { defaultSettings, type Settings } from '../../companion/protocol/index.ts';

type Rules = Settings['language'];

/** All that writes, with providers of a test's own. */
export function languageWith(
  providers: readonly Provider[],
  rules: Partial<Rules> = {},
  {
    isOpen = () => false,
    clock = systemClock,
    watched = () => true,
  }: { isOpen?: (workspace: string, door: string) => boolean; clock?: Clock; watched?: () => boolean } = {},
): LanguageModels & { [Symbol.asyncDispose](): Promise<void> } {
  const settings = { ...defaultSettings.language, ...rules };
  const language = new LanguageModels({
    clock,
    logger: silentLogger,
    providers,
    memoryBytes: 16e9,
    settings: () => settings,
    isOpen,
    watched,
  });
  return Object.assign(language, { [Symbol.asyncDispose]: () => language.dispose() });
}

export const ollamaAt = (url: string) => new OllamaProvider({ url: () => url, contextTokens: () => 2048 });

export const openaiAt = (
  url: string,
  { model = '', key = null }: { model?: string; key?: string | null } = {},
  kind: 'openai' | 'remote' = 'openai',
) => new OpenAiProvider({ kind, url: () => url, model: () => model, key: () => key });

export function embeddedOf(file: () => string | null, runtime: string): EmbeddedProvider {
  return new EmbeddedProvider({
    clock: systemClock,
    file,
    folders: () => [runtime],
    installTo: '/data/models/runtime',
    contextTokens: () => 2048,
    // Several threads on a busy machine wait for one another.
    threads: () => 1,
    gpu: () => false,
    idleMs: () => 60_000,
  });
}

export const question = (
  text = 'Why is the sky blue? Tell at length.',
  more: Partial<Generation> = {},
): Generation => ({
  messages: [
    { role: 'system', content: 'You are a helpful assistant.' },
    { role: 'user', content: text },
  ],
  workspace: '/home/ana/atlas',
  onlyLocal: false,
  ...more,
});

export interface Answer extends Written {
  readonly pieces: readonly string[];
}

/** Asks and reads to the end. `onPiece` hears of each piece. */
export async function answerOf(
  language: Pick<Language, 'generate'>,
  generation: Generation = question(),
  onPiece: (piece: string, n: number) => void = () => {},
): Promise<Answer> {
  const stream = language.generate(generation);
  const pieces: string[] = [];
  for (;;) {
    const next = await stream.next();
    if (next.done) return { ...next.value, pieces };
    pieces.push(next.value);
    onPiece(next.value, pieces.length);
  }
}
