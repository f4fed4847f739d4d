import type { ProviderKind } from '../protocol/index.ts';
import type { Message } from './types.ts';

/** A model that a provider has. */
export interface Model {
  readonly name: string;
  /** It runs on this machine. */
  readonly local: boolean;
  /** It writes answers; others make vectors, say. */
  readonly chats: boolean;
  /** Of its file; null where nobody tells. */
  readonly bytes: number | null;
}

/** What a look at a provider found. `words`: what is amiss and what to do. */
export type Probed =
  | { readonly state: 'ready'; readonly models: readonly Model[]; readonly structured: boolean }
  | { readonly state: 'off' | 'unreachable' | 'no_model'; readonly words: string };

/** What a provider is to write. */
export interface Prompt {
  readonly model: string;
  readonly messages: readonly Message[];
  readonly maxTokens: number;
  readonly temperature: number;
  /** Null where the text is free, or where the provider cannot keep to one. */
  readonly schema: Readonly<Record<string, unknown>> | null;
  readonly signal: AbortSignal;
}

export interface ProviderEnd {
  readonly finish: 'stop' | 'length';
  /** As the provider counted; null where it does not tell. */
  readonly tokens: number | null;
  /** Who wrote, where only the provider knows. */
  readonly model?: string;
}

/**
 * Why a provider wrote nothing, or no more. `unreachable`: nobody is there; `failed`: it is in trouble of its own;
 * `interrupted`: it broke off; `bad_reply`: what came could not be read; `refused`: it will not do this, now or later;
 * `no_model`: it does not have the model any more.
 */
export type Fault = 'unreachable' | 'failed' | 'interrupted' | 'bad_reply' | 'refused' | 'no_model';

/** Its message is for the user. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  readonly fault: Fault;

  constructor(fault: Fault, message: string) {
    super(message);
    this.fault = fault;
  }
}

/** One way to a model. It keeps no state about trouble: that is the business of whoever asks. */
export interface Provider {
  readonly kind: ProviderKind;
  /** As people call it. */
  readonly title: string;
  /** So many generations at once. */
  readonly width: number;
  /** Looks what there is, on this machine alone, and never with anything that somebody wrote. Throws `ProviderError`. */
  probe(signal: AbortSignal): Promise<Probed>;
  /** Throws `ProviderError`, or the reason of the signal. What is not read to its end is cancelled. */
  generate(prompt: Prompt): AsyncGenerator<string, ProviderEnd, void>;
  dispose?(): void | Promise<void>;
}
