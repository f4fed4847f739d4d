import { count } from '../kernel/index.ts';
import type { MaskPriorities } from '../protocol/index.ts';
import type { Opinion, OptionMeasures } from './case.ts';

type Concern = keyof MaskPriorities;

interface Pull {
  readonly by: number;
  readonly words: string;
}

/** Two options that are nearer than this are the same to a voter. */
const TOO_NEAR = 0.03;

/**
 * What somebody of these priorities makes of options of which so much is remembered. Whoever cares about risk goes by
 * trouble and habit, about effort by what is known, about value by what was chosen and went well, about focus by
 * what is recent, about novelty by what is not known yet. Abstains where nothing is remembered. Pure.
 */
export function optionOpinion(
  priorities: MaskPriorities,
  options: readonly string[],
  measures: readonly OptionMeasures[],
): Opinion {
  const known = measures.reduce((sum, { mentions }) => sum + mentions, 0);
  if (known === 0) return abstention('Nothing is remembered of any of these.');
  const ranked = options
    .map((option, i) => ({ option, measure: measures[i]!, pulls: pullsOf(priorities, measures[i]!) }))
    .map((each) => ({ ...each, utility: each.pulls.reduce((sum, { by }) => sum + by, 0) }))
    .sort((a, b) => b.utility - a.utility || (a.option < b.option ? -1 : 1));
  const [best, second] = ranked as [(typeof ranked)[0], (typeof ranked)[0]];
  const margin = best.utility - second.utility;
  if (margin < TOO_NEAR) return abstention('What is remembered speaks for several of them alike.');
  const coverage = 1 - Math.exp(-known / 3);
  const telling = best.pulls.filter(({ by }) => by > 0).sort((a, b) => b.by - a.by);
  const against = second.pulls.filter(({ by }) => by < 0).sort((a, b) => a.by - b.by)[0];
  const because = telling.slice(0, 2).map(({ words }) => words);
  if (against) because.push(`with "${second.option}" ${against.words}`);
  const cites = best.measure.cites.length > 0 ? best.measure.cites : against ? second.measure.cites : [];
  return {
    choice: best.option,
    logic: Math.min(1, coverage * (0.4 + 1.5 * margin)),
    reason: sentence(because),
    cites: cites.slice(0, 5),
    answeredBy: null,
  };
}

export function abstention(reason: string): Opinion {
  return { choice: null, logic: 0, reason, cites: [], answeredBy: null };
}

/** What speaks for an option, each by the concern that hears it; together within about -1 to 1. */
function pullsOf(p: MaskPriorities, m: OptionMeasures): Pull[] {
  // By squares: what one cares about most is heard above all the rest.
  const whole = p.risk ** 2 + p.effort ** 2 + p.value ** 2 + p.novelty ** 2 + p.focus ** 2 || 1;
  const known = 1 - Math.exp(-m.mentions / 2);
  const recent = m.newestDays === null ? 0 : Math.exp(-m.newestDays / 60);
  const decided = (m.chosen - m.refused) / (m.chosen + m.refused + 1);
  // What is known for its trouble is no comfort for being known.
  const calm = m.mentions === 0 ? 0 : 1 - m.trouble / m.mentions;
  const [trouble, success] = [m.trouble, m.success].map((n) => n / (m.mentions + 2)) as [number, number];
  const pull = (concern: Concern, by: number, words: string): Pull[] =>
    by === 0 ? [] : [{ by: (p[concern] ** 2 / whole) * by, words }];
  return [
    ...pull(
      'risk',
      -1.5 * trouble,
      `${count(m.trouble, 'record')} ${m.trouble === 1 ? 'tells' : 'tell'} of trouble`,
    ),
    ...pull('risk', 0.5 * known * calm, `it is known: ${count(m.mentions, 'record')}`),
    ...pull('effort', 0.6 * known * calm, `least is left to learn: ${count(m.mentions, 'record')}`),
    ...pull(
      'value',
      success,
      `${count(m.success, 'record')} ${m.success === 1 ? 'tells' : 'tell'} that it went well`,
    ),
    ...pull('value', 0.8 * decided, decidedWords(m)),
    ...pull('novelty', 1 - 1.4 * known, noveltyWords(m)),
    ...pull('focus', 0.8 * recent * calm, `it came up ${daysWords(m.newestDays)}`),
  ];
}

function noveltyWords({ mentions }: OptionMeasures): string {
  if (mentions === 0) return 'it has not been tried';
  return mentions < 3 ? 'it has hardly been tried' : `it may be mere habit: ${count(mentions, 'record')}`;
}

function decidedWords({ chosen, refused }: OptionMeasures): string {
  const times = (n: number) => (n === 1 ? 'once' : `${n} times`);
  return chosen >= refused ? `you chose it ${times(chosen)}` : `you chose otherwise ${times(refused)}`;
}

function daysWords(days: number | null): string {
  const whole = Math.round(days ?? 0);
  return whole === 0 ? 'today' : `${count(whole, 'day')} ago`;
}

function sentence(parts: readonly string[]): string {
  const text = parts.join('; ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
