import type { AdviserDetails, AdviserVote } from '../protocol/index.ts';
import { visibleLine } from '../protocol/index.ts';
import { recordWords } from './council-text.ts';
import { paint } from './output.ts';

const SHOWN = 10;
/** The last outcomes in a row: enough to see a turn. */
const OUTCOMES = 40;

/** One adviser, for a terminal: what it stands for, where it comes from, how its votes came out. */
export function adviserText({ mask, origin, votes, history }: AdviserDetails): string {
  const { name, archetype, card, tone, record, favourite, status } = mask;
  const marks = [
    archetype,
    tone,
    ...(favourite ? ['favourite'] : []),
    ...(status === 'retired' ? ['retired'] : []),
  ];
  const outcomes = history
    .slice(-OUTCOMES)
    .map(({ hit }) => (hit ? '●' : '○'))
    .join('');
  return [
    `${paint('bold', name)} (${marks.join(', ')})  ${card}`,
    `     ${paint('dim', recordWords(record))}`,
    ...originLines(origin),
    ...(outcomes === '' ? [] : [`     ${outcomes}  ${paint('dim', '● right, ○ wrong; the newest last')}`]),
    ...votes.slice(0, SHOWN).map(voteLine),
  ].join('\n');
}

function originLines({ text, private: hidden, parent }: AdviserDetails['origin']): string[] {
  if (hidden) return ['     Made of a private note, which is not shown.'];
  if (text !== null) return [`     Made of your note “${visibleLine(text)}”`];
  return parent ? [`     Made after ${parent.name}`] : [];
}

function voteLine({ question, choice, hit, reason }: AdviserVote): string {
  const outcome = hit === null ? '' : hit ? ' (right)' : ' (wrong)';
  return `  ${visibleLine(question)}\n     ${choice === null ? 'abstained' : `${visibleLine(choice)}${outcome}`}: ${visibleLine(reason)}`;
}
