import type { ChatTurn } from '../../companion/protocol/index.ts';
import { WITHOUT_MODEL, writerWords } from './answered-by.ts';
import { count } from './words.ts';

const OUTCOMES: Record<ChatTurn['outcome'], string | null> = {
  answered: null,
  cancelled: 'Stopped. What was written so far stays.',
  expired: 'It waited too long for a language model.',
  writing: 'It is still being written.',
};

/** What stands below an answer: who wrote it, and why it is what it is. */
export function underAnswer({ note, outcome, answeredBy }: ChatTurn): string[] {
  if (outcome === 'writing') return [note ?? OUTCOMES.writing!];
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

/** Whether it has not ended: it is being written, here or for another client. */
const isOpen = ({ outcome }: ChatTurn) => outcome === 'writing';

/** The turns as stored, and those that have just ended and are not in them yet; each once, the oldest first. */
export function withEnded(stored: readonly ChatTurn[], ended: readonly ChatTurn[]): ChatTurn[] {
  const over = new Set(ended.map(({ id }) => id));
  // What was stored at its end is newer than what the stream said: its sources may have been forgotten since.
  const known = stored.filter((turn) => !isOpen(turn) || !over.has(turn.id));
  const ids = new Set(known.map(({ id }) => id));
  return [...known, ...ended.filter(({ id }) => !ids.has(id))].sort((a, b) => a.at - b.at);
}

/** Those beside the one that is written before the reader's eyes: `running` is its id, undefined before it is known. */
export function besideRunning(turns: readonly ChatTurn[], running: string | undefined): readonly ChatTurn[] {
  return turns.filter((turn) => !isOpen(turn) || (running !== undefined && turn.id !== running));
}
