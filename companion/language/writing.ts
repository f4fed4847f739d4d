import type { Clock } from '../kernel/index.ts';
import { type ProviderEnd, ProviderError } from './provider.ts';
import type { Run } from './run.ts';
import type { Standing } from './standing.ts';
import type { Message } from './types.ts';
import { WithoutThinking } from './without-thinking.ts';

export interface Order {
  readonly standing: Standing;
  readonly model: string;
  readonly run: Run;
  readonly messages: readonly Message[];
  readonly schema: Readonly<Record<string, unknown>> | null;
  readonly clock: Clock;
  /** So long may a provider be silent in the middle of its answer, in ms. */
  readonly stallMs: number;
  /** Whether it may still write; asked before each piece. */
  permitted(): boolean;
}

/**
 * Lets a provider write once, within the budget of tokens. Pieces come as they are; what the model thinks aloud does
 * not. Throws `ProviderError`, or the reason of the run's signal.
 */
export async function* writeOnce(order: Order): AsyncGenerator<string, ProviderEnd, void> {
  const { standing, model, run, messages, schema, clock, stallMs } = order;
  const silent = new AbortController();
  const signal = AbortSignal.any([run.signal, silent.signal]);
  const { maxTokens, temperature } = run;
  const stream = standing.provider.generate({ model, messages, maxTokens, temperature, schema, signal });
  const thinking = new WithoutThinking();
  let pieces = 0;
  let stall = { dispose() {} };
  const stalled = () =>
    silent.abort(
      new ProviderError(
        'interrupted',
        `${standing.provider.title} was silent for ${stallMs / 1000} s in the middle of its answer.`,
      ),
    );
  try {
    for (;;) {
      const next = await stream.next();
      stall.dispose();
      if (next.done) {
        const rest = thinking.end();
        if (rest !== '') yield rest;
        return { ...next.value, tokens: next.value.tokens ?? pieces };
      }
      if (!order.permitted())
        throw new ProviderError(
          'refused',
          'The door was closed while the answer was written; it was stopped.',
        );
      standing.lastSign = clock.now();
      pieces++;
      const shown = thinking.push(next.value);
      if (shown !== '') yield shown;
      // A provider that does not keep to the budget is stopped; no piece is less than a token.
      if (pieces >= maxTokens * 2) return { finish: 'length', tokens: pieces };
      stall = clock.after(stallMs, stalled);
    }
  } finally {
    stall.dispose();
    await stream.return({ finish: 'stop', tokens: null }).catch(() => {});
  }
}
