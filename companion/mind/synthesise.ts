import { synthesisPrompt } from '../prompts/index.ts';
import type { AnsweredBy } from '../protocol/index.ts';
import { earlierAsData, placeAsData, sourcesAsData } from './as-data.ts';
import { type Asking, writeWith } from './ask-model.ts';
import { optionsAsData } from './debate.ts';
import type { Examined } from './examine.ts';
import type { Length } from './length.ts';
import { type Conduct, RuledText } from './ruled-text.ts';
import type { Source } from './source.ts';
import type { Asked } from './what-is-asked.ts';

export interface Material {
  readonly asked: Asked;
  /** In the order of their numbers. */
  readonly sources: readonly Source[];
  readonly earlier: readonly { question: string; answer: string }[];
  readonly examined: Examined | null;
  readonly length: Length;
}

export interface Synthesis {
  readonly text: string;
  readonly conduct: Conduct;
  readonly answeredBy: AnsweredBy;
  /** What broke it off; null where it came to its end. */
  readonly trouble: unknown;
}

/**
 * A model's answer, held to the rules while it comes: what is given out may be shown. Never throws: what was written
 * until something broke off, the user too, is there at the end.
 */
export async function* synthesise(
  asking: Asking,
  { asked, sources, earlier, examined, length }: Material,
  timeoutMs: number,
): AsyncGenerator<string, Synthesis, void> {
  const { messages, key } = synthesisPrompt.fill({
    length: length.words,
    earlier: earlierAsData(earlier),
    place: placeAsData(asked.place),
    sources: sourcesAsData(sources),
    options: examined ? optionsAsData(examined.options, examined.verdicts) : '(none)',
    question: asked.question,
  });
  const said = [asked.question, asked.place.file ?? ''].join('\n');
  const ruled = new RuledText({ sources, said, fence: key }, length);
  let answeredBy = asking.language.chosen(asking)?.answeredBy ?? null;
  let trouble: unknown = null;
  const writing = writeWith(asking, { messages, maxTokens: length.tokens, timeoutMs });
  try {
    while (!ruled.over) {
      const next = await writing.next();
      if (next.done) {
        answeredBy = next.value.answeredBy;
        const last = ruled.end();
        if (last !== '') yield last;
        break;
      }
      const piece = ruled.push(next.value);
      if (piece !== '') yield piece;
    }
  } catch (error) {
    trouble = error;
  } finally {
    void writing.return(undefined as never).catch(() => {});
  }
  return { text: ruled.text, conduct: ruled.conduct, answeredBy, trouble };
}

/** Whether an answer is worth more than a search: it says something with its sources, and more than it broke. Pure. */
export function isWorthIt({ shown, claims, breaches }: Conduct): boolean {
  const { 'second question': _, repeated = 0, ...broken } = breaches;
  const bad = Object.values(broken).reduce((sum, n) => sum + n, 0);
  return claims > 0 && bad <= 2 * shown + 1 && repeated <= 2;
}
