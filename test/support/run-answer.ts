import { type Clock, systemClock, VirtualClock } from '../../companion/kernel/index.ts';
import type { Language } from '../../companion/language/index.ts';
import { type Answered, type AnswerInput, answer } from '../../companion/mind/answer.ts';
import type { Knowledge } from '../../companion/mind/index.ts';
import { knowledge, NOW, WORKSPACE } from './mind-world.ts';

export interface Ran {
  readonly answered: Answered;
  /** All text that was given out on the way. */
  readonly streamed: string;
  readonly steps: readonly string[];
  readonly thoughts: readonly { step: string; text: string }[];
}

/** Lets a question go its whole way. */
export async function runAnswer(
  question: string,
  {
    language = null,
    known = knowledge(),
    clock = new VirtualClock(NOW),
    signal = new AbortController().signal,
    onText,
    ...input
  }: Partial<AnswerInput> & {
    language?: Language | null;
    known?: Knowledge;
    clock?: Clock;
    signal?: AbortSignal;
    onText?: (text: string) => void;
  } = {},
): Promise<Ran> {
  const thoughts: { step: string; text: string }[] = [];
  const steps: string[] = [];
  let streamed = '';
  const answering = answer(
    {
      question,
      place: {},
      earlier: [],
      asking: language && { language, workspace: WORKSPACE, onlyLocal: true },
      ...input,
    },
    { knowledge: known, clock, signal, think: (step, text) => thoughts.push({ step, text }) },
  );
  for (;;) {
    const next = await answering.next();
    if (next.done) return { answered: next.value, streamed, steps, thoughts };
    if (next.value.kind === 'step') steps.push(next.value.words);
    else {
      streamed += next.value.text;
      onText?.(streamed);
    }
  }
}

export { systemClock };
