import { useEffect, useRef, useState } from 'preact/hooks';
import type { ChatTurn } from '../../../companion/protocol/index.ts';
import { finishedLength, spoken } from '../../model/chat-text.ts';
import { endWords } from '../../model/chat-turns.ts';
import type { Running } from './chat-desk.ts';

interface Props {
  running: Running | null;
  /** The last turn of the conversation. */
  ended: ChatTurn | null;
}

/** Reads an answer to those who listen: each sentence once it is finished, never single words; then how it ended. */
export function SpokenAnswer({ running, ended }: Props) {
  const [lines, setLines] = useState<readonly string[]>([]);
  const told = useRef(0);
  const text = running?.text ?? '';
  const turn = running?.turn ?? null;
  const step = running && text === '' ? running.step : null;

  /** The turn that is read out; others are not. */
  const reading = useRef<string | null>(null);

  useEffect(() => {
    if (turn === null) return;
    reading.current = turn;
    told.current = 0;
    setLines([]);
  }, [turn]);
  useEffect(() => {
    if (step !== null) setLines((all) => [...all, step]);
  }, [step]);
  useEffect(() => {
    const end = finishedLength(text);
    if (end <= told.current) return;
    const sentence = spoken(text.slice(told.current, end));
    told.current = end;
    if (sentence !== '') setLines((all) => [...all, sentence]);
  }, [text]);
  useEffect(() => {
    if (!ended || ended.id !== reading.current) return;
    reading.current = null;
    const rest = spoken(ended.answer.slice(told.current));
    setLines((all) => [...all, ...(rest === '' ? [] : [rest]), endWords(ended)]);
  }, [ended]);

  return (
    <div class="unseen" role="log" aria-label="The answer, read out" aria-live="polite">
      {lines.map((line, i) => (
        <p key={i}>{line}</p>
      ))}
    </div>
  );
}
