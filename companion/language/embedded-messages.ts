import type { Message } from './types.ts';

/** What the embedded model runs on. */
export interface Opening {
  /** `file:` address of the module `node-llama-cpp`. */
  readonly module: string;
  /** The GGUF file. */
  readonly file: string;
  readonly contextTokens: number;
  readonly threads: number;
  readonly gpu: boolean;
}

/** To the process of the embedded model. */
export type Order =
  | ({ readonly kind: 'open' } & Opening)
  | {
      readonly kind: 'write';
      readonly id: number;
      readonly messages: readonly Message[];
      readonly maxTokens: number;
      readonly temperature: number;
      readonly schema: Readonly<Record<string, unknown>> | null;
    }
  | { readonly kind: 'cancel'; readonly id: number };

/** From it. `opened` and `unusable` answer `open`; a `write` ends with `ended` or `failed`. */
export type Report =
  | { readonly kind: 'opened' }
  | { readonly kind: 'unusable'; readonly reason: string }
  | { readonly kind: 'piece'; readonly id: number; readonly text: string }
  | {
      readonly kind: 'ended';
      readonly id: number;
      readonly finish: 'stop' | 'length';
      readonly tokens: number;
    }
  | { readonly kind: 'failed'; readonly id: number; readonly tooLong: boolean; readonly reason: string };
