import type { Convergence } from '../protocol/index.ts';
import { type Conversation, openQuestions, stageOf } from './conversation.ts';
import { mirrorOf } from './mirror.ts';
import { questionsOf } from './questions.ts';
import { writeAnswer } from './read-answer.ts';

/** The conversation as everybody sees it. */
export function pictureOf(conversation: Conversation): Convergence {
  const { form, rows, finishedAt } = conversation;
  return {
    form,
    stage: stageOf(conversation),
    next: openQuestions(conversation)[0]?.id ?? null,
    questions: questionsOf(form).map(({ id, question, help, parts }) => {
      const row = rows.get(id);
      const answer = parts.flatMap((part) => {
        const value = row?.answer[part.id];
        return value === undefined ? [] : [[part.id, writeAnswer(part, value)]];
      });
      return {
        id,
        question,
        help,
        parts: parts.map((part) => ({
          id: part.id,
          label: part.label,
          kind: part.kind,
          example: part.example,
          options: (part.options ?? []).map(({ value, label }) => ({ value, label })),
        })),
        status: row?.status ?? ('open' as const),
        answer: Object.fromEntries(answer),
      };
    }),
    mirror: mirrorOf(conversation),
    finishedAt,
  };
}
