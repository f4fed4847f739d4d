import type { WheelRun } from '../../companion/protocol/index.ts';
import { WHEEL_STATUS_WORDS } from '../../companion/protocol/wheel-words.ts';
import { moment } from '../text/time.ts';

/** A place in the folder that a report names, and where in its text. */
export interface ReportLink {
  /** From 0. */
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly file: string;
  /** 1-based; null for the whole file. */
  readonly at: number | null;
}

const COLUMN = 12;
const WIDTH = 84;

/** A run as a page to read: what happened in four parts, each step, what was left and why; with its links. Pure. */
export function reportText(run: WheelRun, now: number): { text: string; links: readonly ReportLink[] } {
  const { report, status, sentence, reason, steps, conflicts, undoUntil, changedAt } = run;
  const lines: string[] = [];
  const links: ReportLink[] = [];
  const row = (name: string, words: string) =>
    lines.push(
      ...wrapped(oneLine(words), WIDTH - COLUMN).map(
        (part, i) => `${(i === 0 ? name : '').padEnd(COLUMN)}${part}`,
      ),
    );
  const place = (name: string, file: string, at: number | null, words: string) => {
    const shown = at === null ? file : `${file}:${at}`;
    const start = name.padEnd(COLUMN).length;
    links.push({ line: lines.length, start, end: start + oneLine(shown).length, file, at });
    row(name, `${oneLine(shown)}  ${words}`);
  };
  lines.push(plain(sentence), `${WHEEL_STATUS_WORDS[status]}, ${moment(changedAt, now)}`);
  if (reason) lines.push(...wrapped(plain(reason), WIDTH));
  lines.push('');
  if (report) {
    row('Done', report.done);
    row('Where', report.where);
    for (const [index, line] of report.verified.split('\n').entries())
      row(index === 0 ? 'Verified' : '', line);
    if (report.containment) row('Programs', report.containment);
  } else row('Where', run.destination);
  for (const [index, { text, file, line }] of (report?.review ?? []).entries()) {
    const name = index === 0 ? 'Review' : '';
    if (file === null) row(name, text);
    else place(name, file, line, text);
  }
  if (undoUntil !== null && undoUntil > now)
    row('Undo', `all of it, until ${moment(undoUntil, now)} (Progeny: Undo Run…)`);
  if (conflicts.length > 0) lines.push('');
  for (const [index, { path, why }] of conflicts.entries()) place(index === 0 ? 'Left' : '', path, null, why);
  lines.push('');
  for (const [index, { words, status: stood, note }] of steps.entries())
    row(index === 0 ? 'Steps' : '', `${words} (${stood.replace('_', ' ')}${note ? `: ${note}` : ''})`);
  return { text: `${lines.join('\n')}\n`, links };
}

/** Lines of at most so many characters, broken between words. Pure. */
function wrapped(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1)!;
    if (line !== '' && line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
}

/** Without the marks of code, which a plain text does not draw. */
const plain = (text: string): string => oneLine(text.replaceAll('`', ''));

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
