import { parentPort, workerData } from 'node:worker_threads';
import type { MemoryGrowth } from '../protocol/index.ts';
import { openReader } from '../store/index.ts';
import type { GrowthQuestion } from './growth.ts';
import { type Answer, type Question, Recaller } from './recaller.ts';
import type { Side } from './twins.ts';

/** The file of the mind that this thread reads. */
export interface RecallTask {
  readonly file: string;
}

/** A question, the number of a record whose twins are asked for, or what is to be counted. */
export type RecallRequest = { readonly id: number } & (
  | { readonly question: Question }
  | { readonly twinsOf: number; readonly side: Side }
  | { readonly growth: GrowthQuestion }
);

export type RecallReply = { readonly id: number } & (
  | { readonly answer: Answer | readonly number[] | MemoryGrowth }
  | { readonly defect: string }
);

const port = parentPort!;
const recaller = new Recaller(openReader((workerData as RecallTask).file));

port.on('message', (request: RecallRequest) => {
  const { id } = request;
  try {
    port.postMessage({ id, answer: answerTo(request) } satisfies RecallReply);
  } catch (error) {
    port.postMessage({
      id,
      defect: error instanceof Error ? error.stack! : String(error),
    } satisfies RecallReply);
  }
});

function answerTo(request: RecallRequest) {
  if ('question' in request) return recaller.answer(request.question);
  if ('growth' in request) return recaller.growth(request.growth);
  return recaller.twinsOf(request.twinsOf, request.side);
}
