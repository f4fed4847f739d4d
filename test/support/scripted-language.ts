import {
  type Generation,
  type Language,
  LanguageError,
  type Written,
} from '../../companion/language/index.ts';
import type { LanguageState } from '../../companion/protocol/index.ts';

/** What a model does with one request: text in pieces; it may throw, or never come to an end. */
export type Script = (generation: Generation, call: number) => AsyncIterable<string> | Iterable<string>;

/** Text in pieces of so many characters. */
export function inPieces(text: string, size: (i: number) => number = () => 7): string[] {
  const pieces: string[] = [];
  for (let at = 0, i = 0; at < text.length; i++) {
    const length = Math.max(1, size(i));
    pieces.push(text.slice(at, at + length));
    at += length;
  }
  return pieces;
}

/** Writes something and then nothing more, deaf to every signal. */
export async function* hangs(first = ''): AsyncGenerator<string> {
  if (first !== '') yield first;
  await new Promise(() => {});
}

/** Writes something and breaks off. */
export async function* breaksOff(
  first: string,
  trouble: LanguageError['trouble'] = 'interrupted',
): AsyncGenerator<string> {
  for (const piece of inPieces(first)) yield piece;
  throw new LanguageError(trouble, 'The provider went away.');
}

/** A language that does what a test tells it to. */
export class ScriptedLanguage implements Language {
  readonly calls: Generation[] = [];
  /** Whether there is a model now. */
  up = true;
  local: boolean;
  readonly #script: Script;

  constructor(script: Script, { local = true }: { local?: boolean } = {}) {
    this.#script = script;
    this.local = local;
  }

  get answeredBy() {
    return { provider: this.local ? 'ollama' : 'remote', model: 'scripted' } as const;
  }

  get state(): LanguageState {
    return { providers: [], current: this.up ? this.answeredBy : null };
  }

  chosen({ onlyLocal }: Pick<Generation, 'onlyLocal'>) {
    return this.up && (this.local || !onlyLocal) ? { answeredBy: this.answeredBy, local: this.local } : null;
  }

  async *generate(generation: Generation): AsyncGenerator<string, Written, void> {
    this.calls.push(generation);
    if (!this.chosen(generation)) throw new LanguageError('none', 'There is no model for this.');
    let text = '';
    for await (const piece of this.#script(generation, this.calls.length - 1)) {
      // A provider looks at the world between two pieces.
      await new Promise((resolve) => setImmediate(resolve));
      generation.signal?.throwIfAborted();
      if (!this.up) throw new LanguageError('interrupted', 'The provider went away.');
      text += piece;
      yield piece;
    }
    return { text, answeredBy: this.answeredBy, finish: 'stop', tokens: text.length };
  }
}

/** The request that is for the answer itself: the others ask for JSON. */
export function isSynthesis(generation: Generation): boolean {
  return generation.schema === undefined;
}

/** The numbers of sources that a request for an answer holds. */
export function sourcesGiven(generation: Generation): number[] {
  const text = generation.messages.at(-1)?.content ?? '';
  const list = /Sources:\n<<<\S+\n([\s\S]*?)\n\S+>>>/.exec(text)?.[1] ?? '';
  return [...list.matchAll(/^\[(\d+)\] /gm)].map((match) => Number(match[1]));
}
