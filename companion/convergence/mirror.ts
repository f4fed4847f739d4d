import type { MirrorLine } from '../protocol/index.ts';
import type { Conversation } from './conversation.ts';
import { type Part, QUESTIONS } from './questions.ts';
import { type Value, writeAnswer } from './read-answer.ts';

/** What was understood, a line for each part of an answer: from the answers alone, nothing inferred. */
export function mirrorOf({ rows }: Conversation): MirrorLine[] {
  return QUESTIONS.flatMap(({ id, parts }) => {
    const answer = rows.get(id)?.answer ?? {};
    return parts.flatMap((part) => {
      const value = answer[part.id];
      return value === undefined
        ? []
        : [{ question: id, part: part.id, lead: part.lead, text: inWords(part, value) }];
    });
  });
}

/** As a person reads it; `readAnswer` understands it, so that a line can be corrected where it stands. */
function inWords(part: Part, value: Value): string {
  if (part.kind === 'choice')
    return part.options?.find((option) => option.value === value)?.label ?? String(value);
  return writeAnswer(part, value).replaceAll('\n', part.kind === 'list' ? '; ' : '\n');
}
