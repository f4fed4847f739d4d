import { listing } from '../kernel/index.ts';
import { ProgenyError } from '../protocol/index.ts';
import { findQuestion, QUESTIONS, type Question } from './questions.ts';
import { readAnswer, type Value } from './read-answer.ts';

/** Throws `not_found`, naming those there are. */
export function known(id: string): Question {
  const question = findQuestion(id);
  if (question) return question;
  const ids = QUESTIONS.map((each) => each.id);
  const message = `There is no question "${id}". There are ${listing(ids, ids.length)}.`;
  throw new ProgenyError('not_found', message);
}

/** Reads what was typed for each part; null takes it back. Throws `not_found` for a part, `bad_input` for its text. */
export function readParts(
  question: Question,
  typed: Readonly<Record<string, string>>,
): Record<string, Value | null> {
  return Object.fromEntries(
    Object.entries(typed).map(([id, text]) => {
      const part = question.parts.find((each) => each.id === id);
      if (!part) {
        const ids = question.parts.map((each) => each.id);
        const message = `"${question.id}" has no part "${id}"; expected ${listing(ids, ids.length)}.`;
        throw new ProgenyError('not_found', message);
      }
      return [id, readAnswer(part, text)];
    }),
  );
}
