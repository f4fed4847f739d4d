import type { Clock, Disposable } from '../kernel/index.ts';
import { type Generation, LanguageError } from './types.ts';

const DEFAULT_TOKENS = 512;
const DEFAULT_TEMPERATURE = 0.3;

/** One generation on its way: its limits, and how far it is. */
export class Run implements Disposable {
  readonly signal: AbortSignal;
  readonly maxTokens: number;
  readonly temperature: number;
  /** Pieces that were handed out: after the first nothing can be begun again. */
  pieces = 0;
  /** What it does, for the words of an end by time. */
  stage: 'waiting' | 'asking' | 'writing' = 'waiting';
  readonly #timer: Disposable;

  constructor(
    { signal, timeoutMs, maxTokens, temperature }: Generation,
    stopping: AbortSignal,
    clock: Clock,
    defaultMs: number,
  ) {
    const late = new AbortController();
    const ms = timeoutMs ?? defaultMs;
    this.#timer = clock.after(ms, () => late.abort(new LanguageError('expired', this.#words(ms))));
    this.signal = AbortSignal.any([late.signal, stopping, ...(signal ? [signal] : [])]);
    this.maxTokens = maxTokens ?? DEFAULT_TOKENS;
    this.temperature = temperature ?? DEFAULT_TEMPERATURE;
  }

  dispose(): void {
    this.#timer.dispose();
  }

  #words(ms: number): string {
    const after = `${Math.round(ms / 1000)} s`;
    return {
      waiting: `The model was busy with other questions for ${after}. Ask again, or give it more time (\`language.timeoutSeconds\`).`,
      asking: `The model did not begin to answer within ${after}. A large one needs longer the first time: ask again, or give it more time (\`language.timeoutSeconds\`).`,
      writing: `The answer was not finished within ${after} and was stopped.`,
    }[this.stage];
  }
}
