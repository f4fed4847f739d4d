import type { Language } from '../language/index.ts';
import { storyLinePrompt } from '../prompts/index.ts';
import type { Speaker } from './kinds.ts';

/** Says a line in other words; null: the template's are good enough. Rejects only with the reason of the signal. */
export type Rephrase = (line: {
  readonly speaker: Speaker;
  readonly plain: string;
  readonly importance: number;
  readonly workspace: string | null;
  readonly onlyLocal: boolean;
  readonly signal: AbortSignal;
}) => Promise<string | null>;

export interface RephraseOptions {
  /** What can write; null for nothing. */
  language(): Pick<Language, 'chosen' | 'generate'> | null;
  /** `settings.narration.model`. */
  isOn(): boolean;
  /** Whether nothing about a folder may leave this machine. */
  confidential(workspace: string): boolean;
}

/** Lines below this are not worth a model's time. */
const FROM = 0.7;
const MOST_TOKENS = 80;
const TIMEOUT_MS = 8_000;

const VOICES: Readonly<Record<Speaker, string>> = {
  Cal: 'Your voice is steady and exact: what holds, what is safe, what is next.',
  Arty: 'Your voice is dry and a little provocative: what changes, what could be otherwise.',
};

/**
 * Asks a model for a line of importance, one at a time: what comes meanwhile is told as it is. What a model says is still
 * to be held against the plain line (`isFaithful`).
 */
export function rephraseWith({ language, isOn, confidential }: RephraseOptions): Rephrase {
  let busy = false;
  return async ({ speaker, plain, importance, workspace, onlyLocal: hidden, signal }) => {
    if (!isOn() || busy || importance < FROM) return null;
    const onlyLocal = hidden || (workspace !== null && confidential(workspace));
    const writer = language();
    if (!writer?.chosen({ workspace, onlyLocal })) return null;
    const { messages, key } = storyLinePrompt.fill({ voice: VOICES[speaker], line: plain });
    busy = true;
    try {
      const writing = writer.generate({
        ...{ messages, maxTokens: MOST_TOKENS, timeoutMs: TIMEOUT_MS, temperature: 0.7 },
        ...{ workspace, onlyLocal, signal },
      });
      let step = await writing.next();
      while (!step.done) step = await writing.next();
      const { text, finish } = step.value;
      return finish === 'stop' && !text.toLowerCase().includes(key) ? text : null;
    } catch {
      signal.throwIfAborted();
      return null;
    } finally {
      busy = false;
    }
  };
}
