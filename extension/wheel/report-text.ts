import type { WheelRun } from '../../companion/protocol/index.ts';
import { inMarkdown } from '../text/plain.ts';
import { moment } from '../text/time.ts';

/** The address of a place in the folder, for a link in Markdown. */
export type AddressOf = (file: string, line: number | null) => string;

const STATUS: Readonly<Record<WheelRun['status'], string>> = {
  planning: 'Being worked out',
  previewed: 'Waits for your yes',
  counting: 'About to start',
  acting: 'Under way',
  verifying: 'Being verified',
  done: 'Done',
  interrupted: 'Interrupted',
  kept: 'Done and kept',
  undone: 'Undone',
  rolled_back: 'Taken back',
  vetoed: 'Stopped before it began',
  refused: 'Refused',
  expired: 'Expired without an answer',
  outdated: 'Out of date',
  failed: 'Failed',
};

/** A run as a page of Markdown: what happened in four parts, each step, what was left and why. Pure. */
export function reportMarkdown(run: WheelRun, addressOf: AddressOf, now: number): string {
  const { report, status, sentence, reason, steps, conflicts, undoUntil, changedAt } = run;
  const rows: (readonly [string, string])[] = report
    ? [
        ['Done', inMarkdown(report.done)],
        ['Where', inMarkdown(report.where)],
        ['Verified', inMarkdown(report.verified)],
        ...(report.containment ? [['Contained', inMarkdown(report.containment)] as const] : []),
      ]
    : [['Where', inMarkdown(run.destination)]];
  const undo =
    undoUntil !== null && undoUntil > now
      ? `Undo takes all of it back until ${moment(undoUntil, now)} (\`Progeny: Undo Run…\`).`
      : '';
  return [
    `# ${inMarkdown(sentence)}`,
    `**${STATUS[status]}**, ${moment(changedAt, now)}${reason ? `: ${inMarkdown(reason)}` : ''}`,
    ['| | |', '| --- | --- |', ...rows.map(([name, words]) => `| **${name}** | ${cell(words)} |`)].join('\n'),
    section(
      'To look at',
      (report?.review ?? []).map(({ text, file, line }) =>
        file === null
          ? inMarkdown(text)
          : `[${inMarkdown(line === null ? file : `${file}:${line}`)}](${addressOf(file, line)}), ${inMarkdown(text)}`,
      ),
    ),
    section(
      'Left as it is',
      conflicts.map(({ path, why }) => `[${inMarkdown(path)}](${addressOf(path, null)}): ${inMarkdown(why)}`),
    ),
    section(
      'Steps',
      steps.map(({ words, status: stood, note }) =>
        [inMarkdown(words), stood.replace('_', ' '), note ? inMarkdown(note) : ''].filter(Boolean).join(', '),
      ),
    ),
    undo,
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [`## ${title}`, '', ...lines.map((line) => `- ${line}`)].join('\n');
}

function cell(words: string): string {
  return words.replaceAll('\n', ' ');
}
