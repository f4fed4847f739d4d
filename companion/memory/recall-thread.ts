import { Worker } from 'node:worker_threads';
import type { MemoryGrowth } from '../protocol/index.ts';
import type { Mind } from '../store/index.ts';
import type { GrowthQuestion } from './growth.ts';
import type { RecallReply, RecallRequest, RecallTask } from './recall-worker.ts';
import type { Answer, Question } from './recaller.ts';
import type { Side } from './twins.ts';

// Run from source the worker is a neighbour; built, it is a bundle of its own.
const ENTRY = new URL(
  import.meta.url.endsWith('.ts') ? './recall-worker.ts' : './recall-worker.js',
  import.meta.url,
);

interface Waiting {
  resolve(answer: never): void;
  reject(error: Error): void;
}

/**
 * Recall on a thread of its own, so that the service answers others while a large store is searched. Started by the
 * first question; opens the mind's file again when another took its place.
 */
export class RecallThread {
  readonly #mind: Mind;
  #worker: Worker | null = null;
  #generation = 0;
  #lastId = 0;
  readonly #waiting = new Map<number, Waiting>();

  constructor(mind: Mind) {
    this.#mind = mind;
  }

  /** Rejects with the defect, where there is one, or when it is disposed before it answered. */
  ask(question: Question): Promise<Answer> {
    return this.#send({ question });
  }

  /** Numbers of records that say the same as this one, the oldest first. Rejects as `ask`. */
  twinsOf(record: number, side: Side): Promise<readonly number[]> {
    return this.#send({ twinsOf: record, side });
  }

  /** How many records were taken up, span by span. Rejects as `ask`. */
  growth(question: GrowthQuestion): Promise<MemoryGrowth> {
    return this.#send({ growth: question });
  }

  dispose(): void {
    this.#end('Recall was ended.');
  }

  #send<T>(
    request: { question: Question } | { twinsOf: number; side: Side } | { growth: GrowthQuestion },
  ): Promise<T> {
    const worker = this.#running();
    const id = ++this.#lastId;
    worker.postMessage({ id, ...request } satisfies RecallRequest);
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  #running(): Worker {
    if (this.#worker && this.#generation === this.#mind.generation) return this.#worker;
    this.#end('Another file took the place of the mind; ask again.');
    this.#generation = this.#mind.generation;
    const worker = new Worker(ENTRY, { workerData: { file: this.#mind.file } satisfies RecallTask });
    worker.unref();
    worker.on('message', (reply: RecallReply) => {
      const waiting = this.#waiting.get(reply.id);
      this.#waiting.delete(reply.id);
      if ('answer' in reply) waiting?.resolve(reply.answer as never);
      else waiting?.reject(new Error(reply.defect));
    });
    const lost = (reason: string) => {
      if (this.#worker === worker) this.#end(reason);
    };
    worker.on('error', (error) => lost(`Recall ended: ${error.stack}`));
    worker.on('exit', () => lost('Recall ended.'));
    this.#worker = worker;
    return worker;
  }

  #end(reason: string): void {
    void this.#worker?.terminate();
    this.#worker = null;
    for (const { reject } of this.#waiting.values()) reject(new Error(reason));
    this.#waiting.clear();
  }
}
