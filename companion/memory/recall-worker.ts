import { parentPort, workerData } from 'node:worker_threads';
import { openReader } from '../store/index.ts';
import { type Answer, type Question, Recaller } from './recaller.ts';
import type { Side } from './twins.ts';

/** The file of the mind that this thread reads. */
export interface RecallTask {
  readonly file: string;
}

/** A question, or the number of a record whose twins are asked for. */
export type RecallRequest = { readonly id: number } & (
  | { readonly question: Question }
  | { readonly twinsOf: number; readonly side: Side }
);

export type RecallReply = { readonly id: number } & (
  | { readonly answer: Answer | readonly number[] }
  | { readonly defect: string }
);

const port = parentPort!;
const recaller = new Recaller(openReader((workerData as RecallTask).file));

port.on('message', (request: RecallRequest) => {
  const { id } = request;
  try {
    const answer =
      'question' in request
        ? recaller.answer(request.question)
        : recaller.twinsOf(request.twinsOf, request.side);
    port.postMessage({ id, answer } satisfies RecallReply);
  } catch (error) {
    port.postMessage({
      id,
      defect: error instanceof Error ? error.stack! : String(error),
    } satisfies RecallReply);
  }
});
