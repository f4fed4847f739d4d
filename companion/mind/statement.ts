import type { Citation } from '../protocol/index.ts';
import { cite, type Source, sourceKey } from './source.ts';

/** One thing that is said, and what it rests on. Without a source it says only what is not known, or what was asked. */
export interface Statement {
  readonly text: string;
  readonly sources: readonly Source[];
}

/** An answer without a model. */
export interface Extract {
  readonly statements: readonly Statement[];
  /** Something is known of what was asked. */
  readonly known: boolean;
}

/** A text with numbers, and what they stand for, in the order of their first use. Pure. */
export function compose(statements: readonly Statement[]): {
  answer: string;
  pieces: string[];
  citations: Citation[];
} {
  const numbers = new Map<string, number>();
  const citations: Citation[] = [];
  const pieces = statements.map(({ text, sources }, i) => {
    const marks = new Set(
      sources.map((source) => {
        const key = sourceKey(source);
        const known = numbers.get(key);
        if (known !== undefined) return known;
        const n = numbers.size + 1;
        numbers.set(key, n);
        citations.push(cite(source, n));
        return n;
      }),
    );
    const end = /[:.!?]$/.exec(text)?.[0] ?? '.';
    const body = /[:.!?]$/.test(text) ? text.slice(0, -1) : text;
    const cited = marks.size > 0 ? ` ${[...marks].map((n) => `[${n}]`).join('')}` : '';
    return `${i === 0 ? '' : ' '}${body}${cited}${end}`;
  });
  return { answer: pieces.join(''), pieces, citations };
}
