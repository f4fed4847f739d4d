import { type Breach, type Grounds, ruleSentence } from './rule-sentence.ts';
import { Sentences } from './sentences.ts';
import { wordsOf } from './words.ts';

export interface Limits {
  readonly sentences: number;
  readonly characters: number;
}

/** How well a text kept to the rules. */
export interface Conduct {
  readonly shown: number;
  /** Sentences that say something of the workspace, each with its source. */
  readonly claims: number;
  readonly breaches: Readonly<Partial<Record<Breach | 'second question' | 'repeated', number>>>;
  readonly cited: readonly number[];
}

/** After so many sentences that say again what was said, nothing more is to be expected. */
const MOST_REPEATED = 2;
const MOST_BREACHES = 12;

/**
 * Text that keeps the rules while it comes: it is held back until a sentence is whole, and only what may be shown is let
 * through. At most one question; no claim without a source that resolves; no praise, markup or call of a tool; no longer
 * than it may be. What was given out is never taken back.
 */
export class RuledText {
  readonly #grounds: Grounds;
  readonly #limits: Limits;
  readonly #sentences = new Sentences();
  readonly #said = new Set<string>();
  readonly #cited = new Set<number>();
  readonly #breaches: Partial<Record<Breach | 'second question' | 'repeated', number>> = {};
  #text = '';
  #shown = 0;
  #claims = 0;
  #asked = false;
  #over = false;

  constructor(grounds: Grounds, limits: Limits) {
    this.#grounds = grounds;
    this.#limits = limits;
  }

  /** All that may be shown up to now. */
  get text(): string {
    return this.#text;
  }

  /** Nothing more will be let through: whoever writes may stop. */
  get over(): boolean {
    return this.#over;
  }

  get conduct(): Conduct {
    return {
      shown: this.#shown,
      claims: this.#claims,
      breaches: { ...this.#breaches },
      cited: [...this.#cited],
    };
  }

  /** What may be shown now, to be appended; often nothing. */
  push(chunk: string): string {
    return this.#over ? '' : this.#take(this.#sentences.push(chunk));
  }

  /** What is left, when no more comes. */
  end(): string {
    return this.#over ? '' : this.#take(this.#sentences.end());
  }

  #take(sentences: readonly string[]): string {
    let out = '';
    for (const raw of sentences) {
      if (this.#over) break;
      out += this.#rule(raw);
    }
    return out;
  }

  #rule(raw: string): string {
    const ruling = ruleSentence(raw, this.#grounds);
    if ('breach' in ruling) return this.#refuse(ruling.breach);
    const { shown, numbers, asks, claim } = ruling;
    if (asks && this.#asked) return this.#refuse('second question');
    const key = wordsOf(shown).join(' ');
    if (this.#said.has(key)) return this.#refuse('repeated');
    const { sentences, characters } = this.#limits;
    const piece = `${this.#text === '' ? '' : ' '}${shown.replace(/\s+/g, ' ')}`;
    if (this.#shown >= sentences || this.#text.length + piece.length > characters) {
      this.#over = true;
      return '';
    }
    this.#said.add(key);
    this.#asked ||= asks;
    this.#shown++;
    if (claim) this.#claims++;
    for (const n of numbers) this.#cited.add(n);
    this.#text += piece;
    return piece;
  }

  #refuse(breach: Breach | 'second question' | 'repeated'): string {
    if (breach === 'empty') return '';
    this.#breaches[breach] = (this.#breaches[breach] ?? 0) + 1;
    const all = Object.values(this.#breaches).reduce((sum, n) => sum + n, 0);
    const again = (this.#breaches.repeated ?? 0) > MOST_REPEATED;
    if (breach === 'speaker' || again || all > MOST_BREACHES) this.#over = true;
    return '';
  }
}
