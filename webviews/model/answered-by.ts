import type { AnsweredBy, ProviderKind } from '../../companion/protocol/index.ts';

const PROVIDER_WORDS: Record<ProviderKind, { readonly word: string; readonly leaves: boolean }> = {
  ollama: { word: 'Ollama, on this machine', leaves: false },
  openai: { word: 'a local server', leaves: false },
  embedded: { word: 'in Progeny itself', leaves: false },
  editor: { word: 'the editor’s model, off this machine', leaves: true },
  remote: { word: 'a model on another machine', leaves: true },
};

/** Who wrote it, and where: "qwen3:4b (Ollama, on this machine)". */
export function writerWords(answeredBy: NonNullable<AnsweredBy>): string {
  return `${answeredBy.model} (${PROVIDER_WORDS[answeredBy.provider].word})`;
}

/** Whether what it was asked has left this machine. */
export function leavesMachine(answeredBy: AnsweredBy): boolean {
  return answeredBy !== null && PROVIDER_WORDS[answeredBy.provider].leaves;
}

export const WITHOUT_MODEL = 'Answered from memory and threads, without a model';

/** What will write the next answer. */
export function nextWriter(answeredBy: AnsweredBy): string {
  return answeredBy === null
    ? 'No language model is running: answers come from memory and threads'
    : `Answers are written by ${writerWords(answeredBy)}`;
}
