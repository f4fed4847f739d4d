import { ago } from '../../kernel/index.ts';
import type { Decision } from '../../protocol/index.ts';
import type { Knowledge } from '../knowledge.ts';
import { matching } from '../match.ts';
import { quote, words } from '../quote.ts';
import type { Source } from '../source.ts';
import { ofDecision } from '../sources-of.ts';
import type { Extract, Statement } from '../statement.ts';
import { type Asked, isHere } from '../what-is-asked.ts';
import { tellOf, unknown } from './telling.ts';

/** Of each kind as many as tell the story and no more. */
const SHOWN: Readonly<Partial<Record<Source['kind'], number>>> = {
  commit: 2,
  whisper: 2,
  memory: 2,
  loop: 1,
  file: 1,
};
/** Something that speaks of less than this share of what the best does is about something else. */
const NEAR_BEST = 0.6;
const HISTORY = 2;

/** Why something is as it is: the decision with its reason, the commit, what was noted. */
export function why(
  asked: Asked,
  knowledge: Knowledge,
  sources: readonly Source[],
  history: readonly Source[],
): Extract {
  const prefer = { decision: 1.5, whisper: 1.1, commit: 1.1, loop: 0.7, file: 0.8 };
  const found = matching([...sources, ...history], asked.words, {
    prefer,
    names: asked.perception.entities,
    now: asked.now,
  });
  const best = Math.max(0, ...found.map(({ covers }) => covers));
  const near = found.filter(({ covers }) => covers >= best * NEAR_BEST).map(({ source }) => source);
  if (near.length === 0) return aboutPlace(asked, sources, history) ?? unknown(asked);
  const [decided, ...others] = near.filter(({ kind }) => kind === 'decision');
  const made = decided && knowledge.decisions().find(({ id }) => id === decided.id);
  const rest = Object.entries(SHOWN).flatMap(([kind, most]) =>
    near.filter((source) => source.kind === kind).slice(0, most),
  );
  const first: Statement[] = made
    ? tellDecision(made, knowledge, asked.now)
    : [{ text: 'No decision about that is recorded; this is what else speaks of it.', sources: [] }];
  const also = others.slice(0, 1).map((source) => tellOf(source, asked.now));
  return { statements: [...first, ...also, ...rest.map((source) => tellOf(source, asked.now))], known: true };
}

/** "Why is this here?": what was noted at the place, and who changed the file last. */
function aboutPlace(asked: Asked, sources: readonly Source[], history: readonly Source[]): Extract | null {
  if (!isHere(asked)) return null;
  const { file, line } = asked.place;
  const away = (source: Source) => Math.abs((source.line ?? 1) - (line ?? 1));
  const there = sources.filter((source) => source.file === file).sort((a, b) => away(a) - away(b));
  const told = [...there.slice(0, 3), ...history.slice(0, HISTORY)];
  return told.length === 0
    ? null
    : { statements: told.map((source) => tellOf(source, asked.now)), known: true };
}

function tellDecision(made: Decision, knowledge: Knowledge, now: number): Statement[] {
  const sources = [ofDecision(made, made.loopId !== null && knowledge.isPrivate(made.loopId))];
  const head = `Decided ${ago(made.at, now)}: ${words(made.decision, 200)}, on the question ${quote(made.question, 160)}`;
  const reason =
    made.why.trim() === ''
      ? 'No reason was written down with it'
      : `The reason given: ${quote(made.why, 300)}`;
  const outcome =
    made.outcome.trim() === '' ? [] : [{ text: `What came of it: ${quote(made.outcome, 160)}`, sources }];
  return [{ text: head, sources }, { text: reason, sources }, ...outcome];
}
