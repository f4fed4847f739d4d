import type { Tone } from '../protocol/index.ts';
import type { Reader, Transaction } from '../store/index.ts';

/** What masks remember, as the council needs it. Masks are known to it by their keys (`keyOf`). */
export interface MaskMemory {
  /** The tone that was last noted; null where none was. */
  toneOf(mask: string): Tone | null;
  /** The share of a mask's memories that are tied to something, 0-1; 0 for one that remembers nothing. */
  shareAbout(reader: Reader, mask: string, target: string): number;
  /** Adds a memory tied to things, inside `tx`. `quotes`: what it has words of; it goes when one of these is forgotten. */
  keep(
    tx: Transaction,
    memory: {
      readonly mask: string;
      readonly content: string;
      readonly about: string;
      readonly quotes: readonly string[];
      readonly private: boolean;
    },
  ): void;
}
