import type { AnsweredBy, LanguageState } from '../protocol/index.ts';

export interface Message {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

export interface Generation {
  readonly messages: readonly Message[];
  /** At most so many tokens. Default 512. */
  readonly maxTokens?: number;
  /** 0-2. Default 0.3. */
  readonly temperature?: number;
  /** The text is to be JSON of this schema, where the provider can see to that. */
  readonly schema?: Readonly<Record<string, unknown>>;
  /** The folder whose doors count, as the store knows it; null: none is open. */
  readonly workspace: string | null;
  /** It holds what never leaves this machine (a private loop, a confidential folder): local providers alone. */
  readonly onlyLocal: boolean;
  /** In ms; default 60,000. Waiting for a turn counts. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** How a generation ended. `length`: the token budget was used up. */
export interface Written {
  readonly text: string;
  readonly answeredBy: NonNullable<AnsweredBy>;
  readonly finish: 'stop' | 'length';
  readonly tokens: number;
}

/**
 * Why nothing, or no more, was written. `none`: there is no model for this; `expired`: its turn did not come in time,
 * or it took too long; `interrupted`: the provider broke off; `bad_reply`: what came was not what was asked for.
 */
export type LanguageTrouble = 'none' | 'expired' | 'interrupted' | 'bad_reply';

/** What `generate` throws, besides the reason of the caller's own signal. Its message is for the user. */
export class LanguageError extends Error {
  override readonly name = 'LanguageError';
  readonly trouble: LanguageTrouble;

  constructor(trouble: LanguageTrouble, message: string) {
    super(message);
    this.trouble = trouble;
  }
}

/** All that can write, behind one face. */
export interface Language {
  readonly state: LanguageState;
  /** Who would write for this folder now; null: nobody. Ask before gathering what the question is answered from. */
  chosen(
    where: Pick<Generation, 'workspace' | 'onlyLocal'>,
  ): { answeredBy: NonNullable<AnsweredBy>; local: boolean } | null;
  /** Pieces of text as they come, then how it ended. Throws `LanguageError`. */
  generate(generation: Generation): AsyncGenerator<string, Written, void>;
}
