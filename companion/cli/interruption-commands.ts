import { ago, count, duration } from '../kernel/index.ts';
import type { InterruptionInWords, InterruptionStats } from '../protocol/index.ts';
import type { Command } from './commands.ts';
import { wholeNumber } from './options.ts';
import { cut, paint } from './output.ts';

const AGO = 12;
const SILENCES_SHOWN = 8;

export const interruptionCommands: Readonly<Record<string, Command>> = {
  interruptions: {
    usage: 'interruptions [--stats] [--limit N]',
    summary: 'What was told and what was kept back, each with its reason; --stats: how taps were received',
    options: { stats: { type: 'boolean' }, limit: { type: 'string' } },
    starts: true,
    async run(args, output, api) {
      if (args.values.stats) {
        const stats = await api.interruptions.stats({});
        output.result(stats, () => statsText(stats, Date.now()));
        return;
      }
      const limit = wholeNumber(args, 'limit', { otherwise: 20 });
      const rows = await api.interruptions.list({ limit });
      output.result(rows, () =>
        rows.length === 0
          ? 'Nothing was told or kept back yet. Taps come after a commit, a green test run or a pause.'
          : rows.map((row) => rowText(row, Date.now())).join('\n'),
      );
    },
  },
};

function rowText({ at, candidate, gate, words }: InterruptionInWords, now: number): string {
  const mark = gate === null ? '●' : '○';
  const line = cut(`${ago(at, now).padEnd(AGO)} ${mark} ${kind(candidate).padEnd(13)} ${words}`);
  return gate === null ? line : paint('dim', line);
}

/** How taps were received, for a terminal of 100 columns. */
export function statsText(stats: InterruptionStats, now: number): string {
  const { shown, since, byMoment, byKind, silences, budget, adapted, medianResponseMs } = stats;
  const days = duration(now - since);
  const next =
    budget.nextAt === null ? 'the next may come now' : `the next in ${duration(budget.nextAt - now)}`;
  const row =
    budget.dismissalsInARow > 0 ? ` after ${count(budget.dismissalsInARow, 'dismissal')} in a row` : '';
  const lines = [
    paint('bold', `Taps · last ${days}`),
    '',
    labelled(
      'Told',
      shown === 0
        ? 'nothing'
        : `${answered(stats)}${medianResponseMs === null ? '' : `; half of the answers within ${Math.round(medianResponseMs / 1000)} s`}`,
    ),
    ...byMoment.map((each) => labelled('', `${each.words}: ${answered(each)}`)),
  ];
  if (byKind.length > 1)
    lines.push(
      ...byKind.map((each, n) => labelled(n === 0 ? 'About' : '', `${kind(each.kind)}: ${answered(each)}`)),
    );
  lines.push(
    ...(silences.length === 0 ? [labelled('Kept back', 'nothing')] : []),
    ...silences
      .slice(0, SILENCES_SHOWN)
      .map(({ words, n }, i) => labelled(i === 0 ? 'Kept back' : '', `${count(n, 'time')}: ${words}`)),
    labelled(
      'Budget',
      `${budget.today} of ${budget.perDay} today, ${duration(budget.pauseMinutes * 60_000)} apart${row}; ${next}`,
    ),
    ...(adapted.length === 0 ? [labelled('Adapted', 'nothing: all numbers are those of the settings')] : []),
    ...adapted.map(({ words }, i) => labelled(i === 0 ? 'Adapted' : '', words)),
  );
  return lines.join('\n');
}

function answered({
  shown,
  engaged,
  dismissed,
  ignored,
}: Pick<InterruptionStats, 'shown' | 'engaged' | 'dismissed' | 'ignored'>): string {
  const parts = [
    engaged > 0 && `${engaged} taken up`,
    dismissed > 0 && `${dismissed} turned down`,
    ignored > 0 && `${ignored} unanswered`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? String(shown) : `${shown} (${parts.join(', ')})`;
}

/** "work at risk" of "work_at_risk:loop_1:9". */
function kind(candidate: string): string {
  return candidate.split(':')[0]!.replaceAll('_', ' ');
}

function labelled(label: string, line: string): string {
  return cut(`${label.padEnd(11)}${line}`);
}
