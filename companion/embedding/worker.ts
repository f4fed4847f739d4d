import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parentPort } from 'node:worker_threads';
import { type Embedding, embeddingOf, type Reduction } from './embedding.ts';
import { reductionFor } from './reduction.ts';
import { type Reading, SentenceModel } from './sentence-model.ts';

/** What the thread is asked. Urgent readings go before others; each is answered by itself. */
export type Request =
  | { readonly kind: 'open'; readonly folder: string; readonly runtime: string; readonly cache: string }
  | { readonly kind: 'embed'; readonly id: number; readonly reading: Reading; readonly urgent: boolean };

/** A loaded model. Vectors of different models, or of the same one read otherwise, have nothing to say to each other. */
export interface ModelIdentity {
  readonly digest: string;
  readonly dimensions: number;
  readonly tokenDimensions: number;
}

export type Reply =
  | { readonly kind: 'opened'; readonly model: ModelIdentity }
  | { readonly kind: 'unusable'; readonly reason: string }
  | { readonly kind: 'embedded'; readonly id: number; readonly embedding: Embedding }
  | { readonly kind: 'failed'; readonly id: number; readonly reason: string };

/** Counts up when the same model is read in another way: then every vector is made anew. */
const READING_VERSION = 1;

const port = parentPort!;
const waiting: Extract<Request, { kind: 'embed' }>[] = [];
let opened: { model: SentenceModel; reduction: Reduction } | null = null;
let working = false;

port.on('message', (request: Request) => {
  if (request.kind === 'open') void open(request);
  else {
    if (request.urgent) waiting.unshift(request);
    else waiting.push(request);
    void work();
  }
});

async function open({ folder, runtime, cache }: Extract<Request, { kind: 'open' }>): Promise<void> {
  try {
    const bytes = readFileSync(path.join(folder, 'model.onnx'));
    const tokenizer = readFileSync(path.join(folder, 'tokenizer.json'), 'utf8');
    const files = createHash('sha256').update(tokenizer).update(bytes).digest('hex').slice(0, 16);
    const model = await SentenceModel.open({ model: bytes, tokenizer, runtime: readFileSync(runtime) });
    const reduction = await reductionFor(model, path.join(cache, `${files}.reduction`));
    opened = { model, reduction };
    say({ kind: 'opened', model: identityOf(files, reduction) });
    void work();
  } catch (error) {
    say({ kind: 'unusable', reason: error instanceof Error ? error.message : String(error) });
  }
}

/** Whatever a vector depends on is in the digest: another reduction is another model. */
function identityOf(files: string, { from, to, rows }: Reduction): ModelIdentity {
  const digest = createHash('sha256')
    .update(`${READING_VERSION} ${files}`)
    .update(new Uint8Array(rows.buffer));
  return { digest: digest.digest('hex').slice(0, 16), dimensions: from, tokenDimensions: to };
}

async function work(): Promise<void> {
  if (working || !opened) return;
  working = true;
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const { id, reading } = next;
    try {
      const encoded = await opened.model.encode(reading);
      say({ kind: 'embedded', id, embedding: embeddingOf(encoded, opened.reduction) });
    } catch (error) {
      say({ kind: 'failed', id, reason: error instanceof Error ? error.message : String(error) });
    }
    // Lets a question that came meanwhile go first.
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  working = false;
}

function say(reply: Reply): void {
  port.postMessage(reply);
}
