import type { LanguageTrouble } from '../language/index.ts';
import type { AnsweredBy, Citation } from '../protocol/index.ts';
import { type Asking, languageTrouble } from './ask-model.ts';
import { TooLongError } from './bounded.ts';
import { examine } from './examine.ts';
import { lengthFor } from './length.ts';
import { STOPPED_LONG } from './notes.ts';
import { cite } from './source.ts';
import { isWorthIt, type Material, type Synthesis, synthesise } from './synthesise.ts';
import type { Think } from './think.ts';

export type AnswerStep =
  | { readonly kind: 'step'; readonly words: string }
  | { readonly kind: 'text'; readonly text: string };

/** What a model's attempt came to. `kept`: an answer; else why there is none. */
export interface Attempt {
  readonly text: string;
  readonly citations: readonly Citation[];
  readonly answeredBy: AnsweredBy;
  readonly kept: boolean;
  readonly note: string | null;
  readonly trouble: LanguageTrouble | 'rules' | 'too long' | null;
  readonly detail: string;
}

export interface Writing extends Omit<Material, 'examined' | 'length'> {
  /** Several options, each examined, before the answer. */
  readonly debate: boolean;
  /** Whether that may be done yet, where what was written first is not good enough. */
  readonly mayDebate: boolean;
  readonly think: Think;
}

/** For all that a model does for one answer, in ms. */
export const GENERATION_MS = 60_000;

/**
 * An answer by a model: written once, or with a debate before it where that was asked for. Where the first attempt does
 * not hold, and something is to be decided, there is one more after a debate. Throws the signal's reason from a debate.
 */
export async function* writeAnswer(
  asking: Asking,
  { debate, mayDebate, think, ...material }: Writing,
): AsyncGenerator<AnswerStep, Attempt, void> {
  const { asked, sources } = material;
  const end = asking.clock.now() + GENERATION_MS;
  const timeLeft = () => Math.max(1, end - asking.clock.now());
  const look = () => examine(asking, { question: asked.question, sources, think }, timeLeft);
  const length = lengthFor(asked.perception);
  if (debate) yield { kind: 'step', words: 'Laying out options and examining them' };
  let examined = debate ? await look() : null;
  for (let first = true; ; first = false) {
    yield { kind: 'step', words: 'Writing' };
    const began = asking.clock.now();
    const writing = synthesise(asking, { ...material, examined, length }, timeLeft());
    let next = await writing.next();
    // A second attempt is not appended to what was given of the first: it takes its place at the end.
    for (; !next.done; next = await writing.next()) if (first) yield { kind: 'text', text: next.value };
    const written = next.value;
    think('synthesis', inWords(written), written.answeredBy, asking.clock.now() - began);
    const attempt = attemptOf(written, (n) => cite(sources[n - 1]!, n));
    if (attempt.trouble !== 'rules' || !first || !mayDebate || examined || asking.signal.aborted)
      return attempt;
    yield { kind: 'step', words: 'That did not hold; laying out options and examining them' };
    examined = await look();
    if (!examined) return attempt;
  }
}

function attemptOf(written: Synthesis, citation: (n: number) => Citation): Attempt {
  const { text, conduct, answeredBy, trouble } = written;
  const citations = conduct.cited.toSorted((a, b) => a - b).map(citation);
  const whole = { text, citations, answeredBy };
  const tooLong = trouble instanceof TooLongError;
  if (isWorthIt(conduct) && (trouble === null || tooLong))
    return { ...whole, kept: true, note: tooLong ? STOPPED_LONG : null, trouble: null, detail: '' };
  const failed = { ...whole, kept: false, note: null };
  if (trouble === null) return { ...failed, trouble: 'rules', detail: '' };
  if (tooLong) return { ...failed, trouble: 'too long', detail: '' };
  const detail = trouble instanceof Error ? trouble.message : String(trouble);
  return { ...failed, trouble: languageTrouble(trouble) ?? 'interrupted', detail };
}

function inWords({ conduct, trouble }: Synthesis): string {
  const refused = Object.entries(conduct.breaches).map(([breach, n]) => `${breach} ${n}`);
  const left = refused.length === 0 ? '' : `; left out: ${refused.join(', ')}`;
  const end = trouble === null ? '' : '; it broke off';
  return `${conduct.shown} sentences shown, ${conduct.claims} with sources${left}${end}.`;
}
