import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { Embedder } from '../../companion/embedding/index.ts';
import { seededRandom, silentLogger, VirtualClock } from '../../companion/kernel/index.ts';
import {
  Memory,
  WEIGHTS,
  type Weights,
  WITHOUT_MODEL,
  WITHOUT_TOKENS,
  WORDS_ALONE,
} from '../../companion/memory/index.ts';
import { rememberInput } from '../../companion/protocol/index.ts';
import { fadeAll } from '../support/memory.ts';
import { modelCache, sentenceModel } from '../support/sentence-model.ts';
import { openStore } from '../support/store.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { type Conversation, type Question, readLocomo } from './support/locomo.ts';
import { percentile, rounded } from './support/statistics.ts';
import { option } from './support/subject.ts';

const VARIANTS: Readonly<Record<string, Weights>> = {
  lexical: WORDS_ALONE,
  'lexical+neighbours': WITHOUT_MODEL,
  hybrid: WITHOUT_TOKENS,
  'hybrid+rerank': WEIGHTS,
};
const CATEGORIES = ['all', 1, 2, 3, 4, 5] as const;
/** Enough to name ten sessions. */
const LIMIT = 100;
const DAY = 24 * 60 * 60 * 1000;
const YEAR = 365;

interface Answer {
  readonly variant: string;
  readonly decay: 'off' | 'on';
  readonly question: Question;
  /** Source ids of the returned records, best first. */
  readonly ids: readonly string[];
  readonly ms: number;
}

/**
 * Recall over conversations in LoCoMo's format: the share of a question's evidence among the first returned
 * records (turn5, ...), of its sessions among the first named (session5, ...), and of questions all of whose
 * sessions are among the first five, in per cent. With decay, a year has passed since the last session, with a
 * dream each day. `recall --data FILE`.
 */
export default async function recall(args: readonly string[]) {
  const file = option(args, 'data');
  if (!file) throw new Error('recall: expected --data FILE in the format of LoCoMo; received none');
  const model = await sentenceModel();
  const conversations = readLocomo(file);
  const answers: Answer[] = [];
  for (const [i, conversation] of conversations.entries()) {
    process.stderr.write(`  conversation ${i + 1} of ${conversations.length}\n`);
    answers.push(...(await askAll(conversation, model)));
  }
  const rows = [];
  for (const decay of ['off', 'on'] as const) {
    for (const variant of Object.keys(VARIANTS)) {
      const own = answers.filter((answer) => answer.variant === variant && answer.decay === decay);
      for (const category of CATEGORIES) {
        const of = own.filter(({ question }) => category === 'all' || question.category === category);
        rows.push({ variant, decay, category, ...figures(of) });
      }
    }
  }
  return rows;
}

/** Remembers a conversation once, and asks its questions in every way of a copy of the same store. */
async function askAll(conversation: Conversation, model: string): Promise<Answer[]> {
  using folder = temporaryFolder();
  const first = path.join(folder.path, 'first');
  const last = Math.max(...conversation.turns.map(({ at }) => at));
  await remember(conversation, model, first, last);
  const answers: Answer[] = [];
  for (const decay of ['off', 'on'] as const) {
    for (const [variant, weights] of Object.entries(VARIANTS)) {
      const data = path.join(folder.path, `${decay} ${variant}`);
      copyMind(first, data);
      answers.push(...(await ask(conversation, { data, model, weights, decay, variant, last })));
    }
  }
  return answers;
}

async function remember({ turns }: Conversation, model: string, data: string, now: number): Promise<void> {
  await using open = await openMemory(data, { model, weights: WEIGHTS, decay: true, now });
  const stored = turns.map(({ id, session, speaker, text, at }) =>
    open.memory.remember(
      rememberInput.parse({
        kind: 'conversation',
        content: text,
        author: speaker,
        session: `session ${session}`,
        happenedAt: at,
        source: { message: id },
      }),
    ),
  );
  await Promise.all(stored);
  await open.memory.index.idle();
  const { waiting } = open.memory.index;
  const records = open.memory.recent({ limit: turns.length + 1 }).length;
  if (records !== turns.length) throw new Error(`recall: of ${turns.length} turns ${records} are left`);
  if (waiting > 0) throw new Error(`recall: ${waiting} records could not be read by the sentence model`);
}

interface Way {
  readonly data: string;
  readonly model: string;
  readonly weights: Weights;
  readonly decay: 'off' | 'on';
  readonly variant: string;
  readonly last: number;
}

async function ask(
  { questions }: Conversation,
  { data, model, weights, decay, variant, last }: Way,
): Promise<Answer[]> {
  await using open = await openMemory(data, { model, weights, decay: decay === 'on', now: last });
  if (decay === 'on') {
    for (let day = 0; day < YEAR; day++) {
      open.clock.advance(DAY);
      fadeAll(open.memory, open.clock.now());
    }
  }
  const answers: Answer[] = [];
  for (const question of questions) {
    const began = performance.now();
    const { found } = await open.memory.recall({ query: question.text, limit: LIMIT });
    const ms = performance.now() - began;
    answers.push({
      variant,
      decay,
      question,
      ids: found.map(({ record }) => record.source.message ?? ''),
      ms,
    });
  }
  return answers;
}

async function openMemory(
  data: string,
  { model, weights, decay, now }: { model: string; weights: Weights; decay: boolean; now: number },
) {
  const clock = new VirtualClock(now);
  // With a clock of its own: its timers would run through every day of the year.
  const store = await openStore(data);
  const embedder = new Embedder({ clock, folder: model, cache: modelCache });
  const memory = new Memory({
    mind: store.mind,
    clock,
    random: seededRandom(1),
    logger: silentLogger,
    embedder,
    weights,
    decay,
    share: () => 1,
  });
  return {
    memory,
    clock,
    async [Symbol.asyncDispose]() {
      await memory.dispose();
      embedder.dispose();
      store.close();
    },
  };
}

function copyMind(from: string, to: string): void {
  const mind = path.join('actors', 'creator', 'mind.db');
  mkdirSync(path.dirname(path.join(to, mind)), { recursive: true });
  copyFileSync(path.join(from, mind), path.join(to, mind));
}

function figures(answers: readonly Answer[]) {
  const asked = answers.filter(({ question }) => question.evidence.length > 0);
  const mean = (value: (answer: Answer) => number) =>
    rounded((100 * asked.reduce((sum, answer) => sum + value(answer), 0)) / Math.max(1, asked.length), 1);
  const turn = (k: number) => mean(({ question, ids }) => share(question.evidence, ids.slice(0, k)));
  const session = (k: number) =>
    mean(({ question, ids }) => share(sessionsOf(question.evidence), sessionsOf(ids).slice(0, k)));
  const times = asked.map(({ ms }) => ms);
  return {
    n: asked.length,
    skipped: answers.reduce((sum, { question }) => sum + question.malformed, 0),
    turn5: turn(5),
    turn10: turn(10),
    turn20: turn(20),
    session5: session(5),
    session10: session(10),
    sessionAll5: mean(({ question, ids }) =>
      share(sessionsOf(question.evidence), sessionsOf(ids).slice(0, 5)) === 1 ? 1 : 0,
    ),
    p50ms: rounded(percentile(times, 50), 2),
    p95ms: rounded(percentile(times, 95), 2),
  };
}

function share(wanted: readonly string[], found: readonly string[]): number {
  return wanted.filter((id) => found.includes(id)).length / wanted.length;
}

/** Of ids such as "D12:3", the sessions in their order, each once. */
function sessionsOf(ids: readonly string[]): string[] {
  return [...new Set(ids.map((id) => id.split(':')[0]!))];
}
