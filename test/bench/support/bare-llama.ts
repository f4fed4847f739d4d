// The peer of the bench `mind`: node-llama-cpp as its own guide shows it, in a child process that tells each token.
import type { BareOrder, BareReport } from './bare-llama-messages.ts';

const [module, file, threads] = process.argv.slice(2) as [string, string, string];
const { getLlama, LlamaChatSession } = await import(module);
const llama = await getLlama({
  gpu: false,
  build: 'never',
  skipDownload: true,
  progressLogs: false,
  logLevel: 'error',
  maxThreads: Number(threads),
});
const model = await llama.loadModel({ modelPath: file });
const context = await model.createContext({ contextSize: 2048, threads: Number(threads) });
const session = new LlamaChatSession({ contextSequence: context.getSequence() });
const tell = (report: BareReport) => void process.send?.(report);

process.on('message', ({ system, question, maxTokens }: BareOrder) => {
  session.setChatHistory([{ type: 'system', text: system }]);
  let tokens = 0;
  void session
    .prompt(question, {
      maxTokens,
      temperature: 0,
      onToken: (more: unknown[]) => {
        tokens += more.length;
      },
      onTextChunk: (text: string) => tell({ kind: 'piece', text }),
    })
    .then(() => tell({ kind: 'ended', tokens }));
});
process.on('disconnect', () => process.exit());
tell({ kind: 'ready' });
