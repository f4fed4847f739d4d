import { seededRandom, systemClock } from '../../companion/kernel/index.ts';
import { Memory, WEIGHTS, type Weights, WORDS_ALONE } from '../../companion/memory/index.ts';
import { rememberInput } from '../../companion/protocol/index.ts';
import { openStore } from '../support/store.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { type Conversation, type Question, readLocomo } from './support/locomo.ts';
import { percentile, rounded } from './support/statistics.ts';
import { option } from './support/subject.ts';

const VARIANTS: Readonly<Record<string, Weights>> = {
  lexical: WORDS_ALONE,
  'lexical+neighbours': WEIGHTS,
};
const CATEGORIES = ['all', 1, 2, 3, 4, 5] as const;
/** Enough to name ten sessions. */
const LIMIT = 100;

interface Answer {
  readonly question: Question;
  /** Source ids of the returned records, best first. */
  readonly ids: readonly string[];
  readonly ms: number;
}

/**
 * Recall over conversations in LoCoMo's format: the share of a question's evidence among the first returned
 * records (turn5, ...), of its sessions among the first named (session5, ...), and of questions all of whose
 * sessions are among the first five, in per cent. `recall --data FILE`.
 */
export default async function recall(args: readonly string[]) {
  const file = option(args, 'data');
  if (!file) throw new Error('recall: expected --data FILE in the format of LoCoMo; received none');
  const conversations = readLocomo(file);
  const rows = [];
  for (const [variant, weights] of Object.entries(VARIANTS)) {
    const answers: Answer[] = [];
    for (const conversation of conversations) answers.push(...(await ask(conversation, weights)));
    for (const category of CATEGORIES) {
      const of = answers.filter(({ question }) => category === 'all' || question.category === category);
      rows.push({ variant, decay: 'off', category, ...figures(of) });
    }
  }
  return rows;
}

async function ask({ turns, questions }: Conversation, weights: Weights): Promise<Answer[]> {
  using folder = temporaryFolder();
  const random = seededRandom(1);
  const store = await openStore(folder.path);
  try {
    const memory = new Memory({ mind: store.mind, clock: systemClock, random, weights });
    const stored = turns.map(({ id, session, speaker, text, at }) =>
      memory.remember(
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
    return questions.map((question) => {
      const began = performance.now();
      const found = memory.recall({ query: question.text, limit: LIMIT });
      const ms = performance.now() - began;
      return { question, ids: found.map(({ record }) => record.source.message ?? ''), ms };
    });
  } finally {
    store.close();
  }
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
