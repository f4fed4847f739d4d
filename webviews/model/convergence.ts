import type {
  Convergence,
  ConvergenceForm,
  ConvergenceQuestion,
  SetupFinding,
} from '../../companion/protocol/index.ts';
import type { IconName } from '../parts/icon-table.ts';
import { type Location, to } from './location.ts';

/** Where in the conversation the reader is. */
export type Place =
  | { page: 'start' | 'mirror' | 'machine' }
  | { page: 'question'; question: ConvergenceQuestion };

/** The address of a page of it: a question by its id, else `start`, `mirror` or `machine`. */
export function convergenceAt(at: string, form?: ConvergenceForm): Location {
  return to('convergence', null, { at, ...(form && { form }) });
}

export function formOf(location: Location): ConvergenceForm | undefined {
  const { form } = location.query;
  return form === 'long' || form === 'short' ? form : undefined;
}

/** What an address shows. Without a page named, that is where the conversation was left. */
export function placeOf(location: Location, convergence: Convergence): Place {
  const { at } = location.query;
  const { stage, questions, next } = convergence;
  if (at === 'start' || at === 'mirror' || at === 'machine') return { page: at };
  const question = questions.find(({ id }) => id === (at ?? (stage === 'asking' ? next : null)));
  if (question) return { page: 'question', question };
  return { page: stage === 'new' ? 'start' : 'mirror' };
}

/** The page before and after a question. */
export function besides(
  { questions }: Convergence,
  question: string,
): { before: string; after: string; number: number } {
  const index = questions.findIndex(({ id }) => id === question);
  return {
    before: questions[index - 1]?.id ?? 'start',
    after: questions[index + 1]?.id ?? 'mirror',
    number: index + 1,
  };
}

export const FOUND_WORDS: Record<SetupFinding['state'], { word: string; icon: IconName }> = {
  ready: { word: 'Ready', icon: 'pass' },
  partly: { word: 'Not quite', icon: 'warning' },
  missing: { word: 'Not here', icon: 'circle-slash' },
  unknown: { word: 'Unknown', icon: 'question' },
};
