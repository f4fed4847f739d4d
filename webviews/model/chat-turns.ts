import type { ChatTurn } from '../../companion/protocol/index.ts';
import { WITHOUT_MODEL, writerWords } from './answered-by.ts';
import { count } from './words.ts';

const OUTCOMES: Record<ChatTurn['outcome'], string | null> = {
  answered: null,
  cancelled: 'Stopped. What was written so far stays.',
  expired: 'It waited too long for a language model.',
};

/** What stands below an answer: who wrote it, and why it is what it is. */
export function underAnswer({ note, outcome, answeredBy }: ChatTurn): string[] {
  const writer = answeredBy === null ? WITHOUT_MODEL : `Written by ${writerWords(answeredBy)}`;
  const why = note ?? OUTCOMES[outcome];
  if (why === null) return [`${writer}.`];
  // A note that says itself that there was no model needs no second line for it.
  return answeredBy === null && /without a (language )?model|no (language )?model/i.test(why)
    ? [why]
    : [why, `${writer}.`];
}

/** What is said aloud at the end of an answer, after its last sentence. */
export function endWords(turn: ChatTurn): string {
  const sources = turn.citations.length;
  return [...underAnswer(turn), sources > 0 ? `${count(sources, 'source')}.` : 'No source.'].join(' ');
}

/** The turns as stored, and those that have just ended and are not in them yet; each once, the oldest first. */
export function withEnded(stored: readonly ChatTurn[], ended: readonly ChatTurn[]): ChatTurn[] {
  const known = new Set(stored.map(({ id }) => id));
  return [...stored, ...ended.filter(({ id }) => !known.has(id))].sort((a, b) => a.at - b.at);
}
