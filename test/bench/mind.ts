import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { LanguageModels } from '../../companion/language/index.ts';
import { findNodeLlamaCpp } from '../../companion/language/node-llama-cpp.ts';
import { FakeOllama } from '../support/fake-ollama.ts';
import { FakeOpenAi } from '../support/fake-openai.ts';
import { embeddedOf, languageWith, ollamaAt, openaiAt } from '../support/language.ts';
import { languageModel, nodeLlamaCpp } from '../support/language-model.ts';
import type { BareOrder, BareReport } from './support/bare-llama-messages.ts';
import { median, rounded } from './support/statistics.ts';

const RUNS = 24;
const TOKENS = 48;
const SYSTEM = 'You are a helpful assistant. Answer in plain words.';
/** What a question with its sources is like; the beginning differs, so that no answer of before is of use. */
const SOURCES = Array.from(
  { length: 12 },
  (_, i) => `[${i + 1}] parser.ts:${40 + i}: the decision of day ${i} was to keep SQLite for the journal.`,
).join('\n');
const questionOf = (run: number) => `Question ${run}: why did we choose SQLite?\n${SOURCES}`;
/** As a small model on a fast machine: what is ours weighs more the faster the provider is. */
const PACE = { firstMs: 40, everyMs: 5 };

interface Timed {
  readonly firstMs: number;
  readonly perSecond: number;
}

interface Row extends Record<string, string | number | boolean> {
  provider: string;
  firstTokenMs: number;
  bareFirstTokenMs: number;
  firstTokenRatio: number;
  tokensPerSecond: number;
  bareTokensPerSecond: number;
  tokensRatio: number;
  cancelMs: number;
  maxLoopBlockMs: number;
  maxLoopBusyMs: number;
  runs: number;
}

/**
 * What our providers cost above the bare thing, run by run in turn: node-llama-cpp in a child process, and `fetch`
 * against the same fake server. `cancelMs`: from the cancellation until the provider writes no more, the longest.
 * `maxLoopBlockMs`: the longest that a timer of the service's thread was late while we generated; `maxLoopBusyMs`: the
 * processor time that the thread used meanwhile, without what else ran on the machine.
 */
export default async function mind([only]: readonly string[]): Promise<Row[]> {
  const rows: Row[] = [];
  for (const provider of [embedded, ollama, openai])
    if (!only || provider.name === only) rows.push(await provider());
  return rows;
}

async function embedded(): Promise<Row> {
  const file = await languageModel();
  const runtime = await nodeLlamaCpp();
  const module = findNodeLlamaCpp([runtime])!;
  const child = fork(path.join(import.meta.dirname, 'support', 'bare-llama.ts'), [module, file, '1'], {
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await once(child, 'message');
  await using language = languageWith([embeddedOf(() => file, runtime)]);
  try {
    return await compare(
      'embedded',
      language,
      (run) => bareLlama(child, run),
      (run) =>
        // It holds one sequence: whoever is still writing makes the next one wait.
        timeOf(language, run, 1).then(() => {}),
    );
  } finally {
    child.kill();
  }
}

async function ollama(): Promise<Row> {
  await using server = await new FakeOllama().start();
  server.otherwise = { kind: 'answer', pieces: Array.from({ length: 400 }, () => 'word '), ...PACE };
  await using language = languageWith([ollamaAt(server.address)]);
  const body = (run: number) => ({
    model: 'small-chat',
    messages: messagesOf(run),
    stream: true,
    options: { num_predict: TOKENS },
  });
  return await compare(
    'ollama',
    language,
    (run) => bareFetch(`${server.address}/api/chat`, body(run)),
    () => idle(server),
  );
}

async function openai(): Promise<Row> {
  await using server = await new FakeOpenAi().start();
  server.otherwise = { kind: 'answer', pieces: Array.from({ length: 400 }, () => 'word '), ...PACE };
  await using language = languageWith([openaiAt(server.url)]);
  const body = (run: number) => ({
    model: 'small-chat',
    messages: messagesOf(run),
    stream: true,
    max_tokens: TOKENS,
  });
  return await compare(
    'openai',
    language,
    (run) => bareFetch(`${server.url}/chat/completions`, body(run)),
    () => idle(server),
  );
}

async function compare(
  provider: string,
  language: LanguageModels,
  bare: (run: number) => Promise<Timed>,
  stopped: (run: number) => Promise<void>,
): Promise<Row> {
  await language.look();
  await timeOf(language, -1);
  await bare(-1);
  const [ours, bares]: [Timed[], Timed[]] = [[], []];
  const loop = new LoopWatch();
  for (let run = 0; run < RUNS; run++) {
    // Whoever is second finds the machine as the first one left it.
    const order = run % 2 === 0 ? ['ours', 'bare'] : ['bare', 'ours'];
    for (const who of order) {
      if (who === 'bare') bares.push(await bare(run));
      else ours.push(await loop.during(() => timeOf(language, run)));
    }
  }
  const cancels: number[] = [];
  for (let run = 0; run < RUNS / 2; run++) cancels.push(await timeCancel(language, RUNS + run, stopped));
  const of = (timed: readonly Timed[], pick: (one: Timed) => number) => rounded(median(timed.map(pick)));
  const ratio = (pick: (one: Timed) => number) =>
    rounded(median(ours.map((one, i) => pick(one) / pick(bares[i]!))), 3);
  return {
    provider,
    firstTokenMs: of(ours, ({ firstMs }) => firstMs),
    bareFirstTokenMs: of(bares, ({ firstMs }) => firstMs),
    firstTokenRatio: ratio(({ firstMs }) => firstMs),
    tokensPerSecond: of(ours, ({ perSecond }) => perSecond),
    bareTokensPerSecond: of(bares, ({ perSecond }) => perSecond),
    tokensRatio: ratio(({ perSecond }) => perSecond),
    cancelMs: rounded(Math.max(...cancels)),
    maxLoopBlockMs: rounded(loop.latest),
    maxLoopBusyMs: rounded(loop.busiest),
    runs: RUNS,
  };
}

function messagesOf(run: number) {
  return [
    { role: 'system' as const, content: SYSTEM },
    { role: 'user' as const, content: questionOf(run) },
  ];
}

/** Ours: time to the first piece, and how many followed a second. */
async function timeOf(language: LanguageModels, run: number, maxTokens = TOKENS): Promise<Timed> {
  const stop = new Stopwatch();
  const stream = language.generate({
    messages: messagesOf(run),
    maxTokens,
    temperature: 0,
    workspace: null,
    onlyLocal: true,
  });
  for await (const _ of stream) stop.piece();
  return stop.timed;
}

async function timeCancel(
  language: LanguageModels,
  run: number,
  stopped: (run: number) => Promise<void>,
): Promise<number> {
  const cancel = new AbortController();
  let at = 0;
  let pieces = 0;
  const stream = language.generate({
    messages: messagesOf(run),
    maxTokens: 400,
    temperature: 0,
    workspace: null,
    onlyLocal: true,
    signal: cancel.signal,
  });
  try {
    for await (const _ of stream) {
      // Now in the middle of the answer, now before its second word.
      if (++pieces !== 1 + (run % 8)) continue;
      at = performance.now();
      cancel.abort(new Error('enough'));
    }
  } catch {}
  const ms = performance.now() - at;
  if (ms > 150) return ms;
  const before = performance.now();
  await stopped(run);
  // For a server: until it has noticed. For our own process the generation had ended when `generate` did.
  return stopped.length === 0 ? ms + performance.now() - before : ms;
}

async function idle(server: FakeOllama | FakeOpenAi): Promise<void> {
  while (server.writing > 0) await new Promise((resolve) => setTimeout(resolve, 1));
}

/** `fetch`, and the bytes as they come. */
async function bareFetch(url: string, body: object): Promise<Timed> {
  const stop = new Stopwatch();
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const decoder = new TextDecoder();
  for await (const chunk of response.body!) {
    for (const line of decoder.decode(chunk, { stream: true }).split('\n'))
      if (line.includes('"content":"word')) stop.piece();
  }
  return stop.timed;
}

async function bareLlama(child: ChildProcess, run: number): Promise<Timed> {
  const stop = new Stopwatch();
  const { promise, resolve } = Promise.withResolvers<void>();
  const hear = (report: BareReport) => {
    if (report.kind === 'piece') stop.piece();
    else if (report.kind === 'ended') resolve();
  };
  child.on('message', hear);
  child.send({ system: SYSTEM, question: questionOf(run), maxTokens: TOKENS } satisfies BareOrder);
  await promise;
  child.off('message', hear);
  return stop.timed;
}

class Stopwatch {
  readonly #began = performance.now();
  #first = 0;
  #last = 0;
  #pieces = 0;

  piece(): void {
    this.#last = performance.now();
    this.#first ||= this.#last;
    this.#pieces++;
  }

  get timed(): Timed {
    const seconds = (this.#last - this.#first) / 1000;
    return { firstMs: this.#first - this.#began, perSecond: seconds > 0 ? (this.#pieces - 1) / seconds : 0 };
  }
}

const TICK_MS = 5;

/** How long this thread lets others wait. */
class LoopWatch {
  latest = 0;
  busiest = 0;

  async during<T>(work: () => Promise<T>): Promise<T> {
    let at = performance.now();
    let used = process.threadCpuUsage();
    const timer = setInterval(() => {
      const now = performance.now();
      const { user, system } = process.threadCpuUsage(used);
      this.latest = Math.max(this.latest, now - at - TICK_MS);
      this.busiest = Math.max(this.busiest, (user + system) / 1000);
      at = performance.now();
      used = process.threadCpuUsage();
    }, TICK_MS);
    try {
      return await work();
    } finally {
      clearInterval(timer);
    }
  }
}
