import { parentPort, workerData } from 'node:worker_threads';
import { openReader } from '../store/index.ts';
import { type Answer, type Question, Recaller } from './recaller.ts';

/** The file of the mind that this thread reads. */
export interface RecallTask {
  readonly file: string;
}

export interface RecallRequest {
  readonly id: number;
  readonly question: Question;
}

export type RecallReply = { readonly id: number } & (
  | { readonly answer: Answer }
  | { readonly defect: string }
);

const port = parentPort!;
const recaller = new Recaller(openReader((workerData as RecallTask).file));

port.on('message', ({ id, question }: RecallRequest) => {
  try {
    port.postMessage({ id, answer: recaller.answer(question) } satisfies RecallReply);
  } catch (error) {
    port.postMessage({
      id,
      defect: error instanceof Error ? error.stack! : String(error),
    } satisfies RecallReply);
  }
});
