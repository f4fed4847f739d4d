import { styleText } from 'node:util';
import { ago, count } from '../kernel/index.ts';
import {
  visibleLine,
  WHEEL_STATUS_WORDS,
  type WheelPhase,
  type WheelPreview,
  type WheelRecipe,
  type WheelRun,
  wheelOriginWords,
  wheelPhase,
  wheelSizeWords,
} from '../protocol/index.ts';
import { cut, paint } from './output.ts';

const PHASES: Readonly<Record<WheelPhase, string>> = {
  waiting: 'Waiting for you',
  running: 'Under way',
  done: 'Done, can be undone',
  settled: 'Earlier',
};
const LABEL = 10;
const WIDE_LABEL = 22;

/** Runs by whose turn it is. Pure but for colour. */
export function runsText(runs: readonly WheelRun[], now: number): string {
  if (runs.length === 0)
    return 'Nothing was delegated yet. `progeny wheel recipes` tells what can be; `progeny wheel do RECIPE` shows all that it would change before anything is done.';
  return (Object.keys(PHASES) as WheelPhase[])
    .map((phase) => ({ phase, those: runs.filter(({ status }) => wheelPhase(status) === phase) }))
    .filter(({ those }) => those.length > 0)
    .map(({ phase, those }) =>
      [paint('bold', PHASES[phase]), ...those.map((run) => runLines(run, now))].join('\n'),
    )
    .join('\n\n');
}

function runLines(run: WheelRun, now: number): string {
  const facts = [
    WHEEL_STATUS_WORDS[run.status],
    wheelSizeWords(run),
    `asked by ${wheelOriginWords(run.origin)}`,
    ago(run.changedAt, now),
    run.status === 'done' && run.undoUntil !== null && `undo until ${clockTime(run.undoUntil)}`,
    run.id,
  ];
  return `  ${cut(visibleLine(run.sentence), 96)}\n    ${paint('dim', visibleLine(facts.filter(Boolean).join(' · ')))}`;
}

/** What can be delegated; what cannot, with why. */
export function recipesText(recipes: readonly WheelRecipe[]): string {
  if (recipes.length === 0) return 'Nothing can be delegated in this folder without a language model.';
  return recipes
    .map(({ name, title, what, options, unavailable }) => {
      const asks = options.map(
        (option) =>
          `    --option ${option.name}=…  ${option.question}${option.required ? '' : ' (may be left out)'}`,
      );
      const head = `${name.padEnd(18)}${title}`;
      return unavailable === null
        ? [paint('bold', head), `    ${what}`, ...asks].join('\n')
        : paint('dim', `${head}\n    Not here: ${visibleLine(unavailable)}`);
    })
    .join('\n');
}

/** A run in one block: its plan, how it stands, its steps, and its report where it has one. */
export function runText(run: WheelRun, now: number): string {
  const { sentence, destination, status, steps, reason, report, conflicts, origin, id } = run;
  return [
    paint('bold', visibleLine(sentence)),
    `${WHEEL_STATUS_WORDS[status]} · ${visibleLine(destination)} · ${wheelSizeWords(run)}`,
    paint('dim', visibleLine(`asked by ${wheelOriginWords(origin)} ${ago(run.createdAt, now)} · ${id}`)),
    ...(origin.why === undefined ? [] : [paint('dim', `It says why: “${visibleLine(origin.why)}”`)]),
    ...(reason === null ? [] : [visibleLine(reason)]),
    ...steps.map(
      ({ words, status: step, note }) =>
        `  ${step.replace('_', ' ').padEnd(LABEL)} ${visibleLine(words)}${note ? paint('dim', ` (${cut(visibleLine(note), 200)})`) : ''}`,
    ),
    ...(report ? ['', reportText(run)] : []),
    ...conflictLines(conflicts),
  ].join('\n');
}

/** What happened, in four parts, and what can still be said to it. */
export function reportText({ report, undoUntil, status, id }: WheelRun): string {
  if (!report) return '';
  const review = report.review.map(({ text, file, line }) =>
    file === null ? text : `${file}${line === null ? '' : `:${line}`}, ${text}`,
  );
  const open = status === 'done' || status === 'interrupted';
  const until = undoUntil === null ? '' : ` (until ${clockTime(undoUntil)})`;
  return [
    part('Done', report.done),
    part('Where', report.where),
    part('Verified', report.verified),
    ...(report.containment === null ? [] : [part('', paint('dim', visibleLine(report.containment)), true)]),
    ...(review.length === 0
      ? [part('Review', 'nothing in particular')]
      : review.map((each, i) => part(i === 0 ? 'Review' : '', each))),
    ...(open
      ? [part('', `Undo all${until}: progeny wheel undo ${id} · Keep: progeny wheel keep ${id}`)]
      : []),
  ].join('\n');
}

/** What undoing left as it was. */
export function conflictLines(conflicts: WheelRun['conflicts']): string[] {
  if (conflicts.length === 0) return [];
  return [
    paint('bold', `Left as it is, because it was changed since (${count(conflicts.length, 'file')})`),
    ...conflicts.map(({ path, why }) => `  ${visibleLine(path)}: ${visibleLine(why)}`),
  ];
}

/** All that a yes is to, but for the text of the files. */
export function previewText(preview: WheelPreview): string {
  const { files, commands, effects, containment, uncovered, digest } = preview;
  const list = (name: string, all: readonly string[], none: string) =>
    all.length === 0
      ? [wide(name, none)]
      : all.map((each, i) => wide(i === 0 ? name : '', visibleLine(each)));
  return [
    ...list(
      'Changes',
      files.map(
        ({ path, from, kind, additions, deletions, binary }) =>
          `${kind.padEnd(8)} ${path}${from === null ? '' : ` (from ${from})`}${binary ? '  no text' : `  +${additions} −${deletions}`}`,
      ),
      'no file',
    ),
    ...list('Runs for real', commands.map(programWords), 'no program: nothing verifies it'),
    ...list('Branches and threads', effects, 'none is touched'),
    wide('Containment', visibleLine(containment)),
    ...list('Undo does not cover', uncovered, 'nothing: all of it can be undone'),
    wide('This preview', digest.replace(/^sha256:/, '').slice(0, 8)),
  ].join('\n');
}

/** A program as one would type it; an argument with anything but plain characters stands in quotes. Pure. */
export function programWords(argv: readonly string[]): string {
  return argv.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : JSON.stringify(word))).join(' ');
}

function part(name: string, text: string, ready = false): string {
  return `${paint('bold', name.padEnd(LABEL))}${ready ? text : visibleLine(text)}`;
}

function wide(name: string, text: string): string {
  return `${styleText('dim', name.padEnd(WIDE_LABEL), { stream: process.stdout })}${text}`;
}

/** "17:42", in the reader's own zone. */
function clockTime(at: number): string {
  return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' }).format(at);
}
