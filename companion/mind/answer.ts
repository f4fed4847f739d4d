import type { Clock } from '../kernel/index.ts';
import { perceptionPrompt } from '../prompts/index.ts';
import type { AnsweredBy, ChatTurn, Citation, Perception } from '../protocol/index.ts';
import { type Asking, wholeReply } from './ask-model.ts';
import { breathe } from './breathe.ts';
import { extract } from './extractive/extract.ts';
import { gather } from './gather.ts';
import type { Knowledge } from './knowledge.ts';
import { PERCEPTION_SCHEMA, readPerception } from './model-perception.ts';
import { CANCELLED, searchNote } from './notes.ts';
import { type Perceived, perceive, SURE } from './perceive.ts';
import { poolOf } from './pool.ts';
import { settleExtract } from './settle-places.ts';
import type { Source } from './source.ts';
import { compose } from './statement.ts';
import type { Think } from './think.ts';
import { type Asked, aboutOf, type Place } from './what-is-asked.ts';
import { type AnswerStep, type Attempt, writeAnswer } from './write-answer.ts';

export interface AnswerInput {
  readonly question: string;
  readonly place: Place;
  /** Left out: where the stakes are high. */
  readonly debate?: boolean | undefined;
  /** Turns before this one, the oldest first: those that may be shown to whoever answers. */
  readonly earlier: readonly { question: string; answer: string }[];
  /** Who writes; null: nobody does. */
  readonly asking: Omit<Asking, 'signal' | 'clock'> | null;
  /** What word lists say of the question, where that is known already. */
  readonly perceived?: Perceived;
}

export interface AnswerParts {
  readonly knowledge: Knowledge;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly think: Think;
  /** Told, before any text is given out, of all whose words may be in it; `heard`: and of what was said before. */
  restsOn?(sources: readonly Source[], heard: boolean): void;
}

/** How an answer ended, and what it rests on. */
export interface Answered {
  readonly answer: string;
  readonly citations: readonly Citation[];
  readonly answeredBy: AnsweredBy;
  readonly note: string | null;
  readonly outcome: ChatTurn['outcome'];
  readonly perception: Perception;
  /** All whose words may be in it. */
  readonly sources: readonly Source[];
}

export const PERCEPTION_MS = 10_000;
const PERCEPTION_TOKENS = 80;

/**
 * The way of a question: perception, retrieval, a debate where it is worth one, synthesis under rules; the search answer
 * where no model writes or what it writes does not hold. Cancelled, it ends with what was given out.
 */
export async function* answer(
  { question, place, debate, earlier, asking: by, perceived }: AnswerInput,
  { knowledge, clock, signal, think, restsOn }: AnswerParts,
): AsyncGenerator<AnswerStep, Answered, void> {
  const asking = by && { ...by, clock, signal };
  const rules = perceived ?? perceive(question);
  let perception = rules.perception;
  let given = '';
  let basis: Pick<Answered, 'citations' | 'sources' | 'answeredBy'> = {
    citations: [],
    sources: [],
    answeredBy: null,
  };
  try {
    if (asking && rules.sure < SURE) {
      yield { kind: 'step', words: 'Reading the question' };
      perception = await perceiveWith(asking, question, perception);
    }
    think('perception', inWords(perception), null, 0);
    yield { kind: 'step', words: 'Looking through notes, decisions, threads and commits' };
    const began = clock.now();
    const words = aboutOf(question, earlier.map((turn) => turn.question).reverse());
    const asked: Asked = { question, place, perception, words, now: began };
    const gathered = await gather(asked, knowledge, signal);
    const found = await settleExtract(await extract(asked, knowledge, gathered), knowledge);
    await breathe();
    const pool = await poolOf(asked, knowledge, gathered, found);
    const looked = `${pool.length} of ${gathered.sources.length} sources speak to it: ${kinds(pool)}.`;
    think('retrieval', looked, null, clock.now() - began);
    signal.throwIfAborted();

    let attempt: Attempt | null = null;
    if (asking && pool.length > 0) {
      basis = {
        citations: [],
        sources: pool,
        answeredBy: asking.language.chosen(asking)?.answeredBy ?? null,
      };
      restsOn?.(pool, true);
      const writing = writeAnswer(asking, {
        asked,
        sources: pool,
        earlier,
        debate: debate ?? rules.stakes,
        mayDebate: debate !== false && perception.intent === 'decide',
        think,
      });
      let next = await writing.next();
      for (; !next.done; next = await writing.next()) {
        if (next.value.kind === 'text') given += next.value.text;
        yield next.value;
      }
      attempt = next.value;
      const { text, citations, answeredBy, note } = attempt;
      basis = { citations, sources: pool, answeredBy };
      if (attempt.kept && !signal.aborted)
        return { ...basis, answer: text, note, outcome: 'answered', perception };
      signal.throwIfAborted();
    }

    const { pieces, citations } = compose(found.statements);
    const trouble = attempt?.trouble ?? (asking ? 'nothing' : 'none');
    const note = searchNote(trouble, citations.length, attempt?.detail);
    if (asking) think('fallback', note, null, 0);
    const replaces = given !== '';
    given = '';
    const sources = found.statements.flatMap((each) => each.sources);
    basis = { citations, sources, answeredBy: null };
    if (!replaces) restsOn?.(sources, false);
    for (const piece of pieces) {
      signal.throwIfAborted();
      given += piece;
      // What was given out before is replaced at the end: nothing can be appended to it.
      if (!replaces) yield { kind: 'text', text: piece };
    }
    const late = trouble === 'expired' || (trouble === 'too long' && !replaces);
    return { ...basis, answer: given, note, outcome: late ? 'expired' : 'answered', perception };
  } catch (error) {
    if (!signal.aborted) throw error;
    return { ...basis, answer: given, note: CANCELLED, outcome: 'cancelled', perception };
  }
}

async function perceiveWith(asking: Asking, question: string, rules: Perception): Promise<Perception> {
  const reply = await wholeReply(asking, {
    messages: perceptionPrompt.fill({ question }).messages,
    maxTokens: PERCEPTION_TOKENS,
    timeoutMs: PERCEPTION_MS,
    schema: PERCEPTION_SCHEMA,
  });
  return (reply && readPerception(reply.text, rules)) ?? rules;
}

function inWords({ intent, tone, urgency, load, entities, by }: Perception): string {
  const named = entities.length === 0 ? '' : ` Named: ${entities.join(', ')}.`;
  const whose = by === 'model' ? 'a model' : 'word lists';
  return `Intent ${intent}, tone ${tone}, urgency ${urgency}, load ${load}, by ${whose}.${named}`;
}

function kinds(sources: readonly Source[]): string {
  const groups = Object.entries(Object.groupBy(sources, ({ kind }) => kind));
  return groups.map(([kind, all]) => `${kind} ${all.length}`).join(', ') || 'none';
}
