// A process of its own: what the native code blocks or breaks is not the companion.
import type { Opening, Order, Report } from './embedded-messages.ts';
import type { Llama, LlamaChat, LlamaHistory, LlamaModel, LlamaModule } from './node-llama-cpp.ts';
import type { Message } from './types.ts';

/** Tokens of a question that are read at once; between two batches it can be cancelled. */
const BATCH = 128;

interface Open {
  readonly llama: Llama;
  readonly model: LlamaModel;
  readonly chat: LlamaChat;
  readonly contextTokens: number;
}

let opened: Promise<Open> | null = null;
const cancelling = new Map<number, AbortController>();

const report = (message: Report) => void process.send?.(message);
const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

async function open({ module, file, contextTokens, threads, gpu }: Opening): Promise<Open> {
  const { getLlama, LlamaChat } = (await import(module)) as LlamaModule;
  const llama = await getLlama({
    gpu: gpu ? 'auto' : false,
    build: 'never',
    skipDownload: true,
    progressLogs: false,
    logLevel: 'error',
    maxThreads: threads,
  });
  const model = await llama.loadModel({ modelPath: file });
  const contextSize = Math.min(contextTokens, model.trainContextSize);
  const context = await model.createContext({
    contextSize,
    batchSize: Math.min(BATCH, contextSize),
    threads,
  });
  const chat = new LlamaChat({ contextSequence: context.getSequence() });
  return { llama, model, chat, contextTokens: context.contextSize };
}

async function write({ id, messages, maxTokens, temperature, schema }: Extract<Order, { kind: 'write' }>) {
  const stop = new AbortController();
  cancelling.set(id, stop);
  let tokens = 0;
  try {
    const { llama, model, chat, contextTokens } = await opened!;
    const read = messages.reduce((sum, { content }) => sum + model.tokenize(content).length, 0);
    if (read + maxTokens > contextTokens) {
      const reason = `${read} tokens to read and ${maxTokens} to write are more than the ${contextTokens} that it holds`;
      return report({ kind: 'failed', id, tooLong: true, reason });
    }
    const grammar = schema && (await grammarOf(llama, schema));
    const { metadata } = await chat.generateResponse(historyOf(messages), {
      signal: stop.signal,
      maxTokens,
      temperature,
      ...(grammar ? { grammar } : {}),
      // A model that thinks aloud would spend the budget on it.
      budgets: { thoughtTokens: 0 },
      onTextChunk: (text) => report({ kind: 'piece', id, text }),
      onToken: (more) => {
        tokens += more.length;
      },
    });
    report({ kind: 'ended', id, finish: metadata.stopReason === 'maxTokens' ? 'length' : 'stop', tokens });
  } catch (error) {
    if (stop.signal.aborted) report({ kind: 'ended', id, finish: 'stop', tokens });
    else report({ kind: 'failed', id, tooLong: false, reason: wordsOf(error) });
  } finally {
    cancelling.delete(id);
  }
}

/** A schema with what the grammar does not know makes do with any JSON; whoever asked checks it in any case. */
async function grammarOf(llama: Llama, schema: unknown): Promise<unknown> {
  return llama.createGrammarForJsonSchema(schema).catch(() => llama.getGrammarFor('json'));
}

/** The last entry is the one to be written. */
function historyOf(messages: readonly Message[]): LlamaHistory {
  const history: LlamaHistory = messages.map(({ role, content }) =>
    role === 'assistant' ? { type: 'model', response: [content] } : { type: role, text: content },
  );
  return [...history, { type: 'model', response: [] }];
}

process.on('message', (order: Order) => {
  if (order.kind === 'cancel') return cancelling.get(order.id)?.abort();
  if (order.kind === 'write') return void write(order);
  opened = open(order);
  opened.then(
    () => report({ kind: 'opened' }),
    (error: unknown) => report({ kind: 'unusable', reason: wordsOf(error) }),
  );
});
process.on('disconnect', () => process.exit());
