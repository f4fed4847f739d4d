import { count } from '../../companion/kernel/index.ts';
import type { WheelPreview, WheelRun } from '../../companion/protocol/index.ts';
import { argvWords, wheelSizeWords } from '../../companion/protocol/wheel-words.ts';
import { inLabel } from '../text/plain.ts';
import { fileWords } from './wheel-words.ts';

export type AnswerChoice = 'all' | 'choose' | 'look' | 'page' | 'no';
export interface AnswerRow {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  /** Heads the rows below it. */
  readonly separator?: true;
  readonly choice?: AnswerChoice;
}

/** What a person is asked about a preview, with all that a diff does not show. Pure. */
export function answerRows(run: WheelRun, preview: WheelPreview): readonly AnswerRow[] {
  const { files, commands, effects, containment, uncovered } = preview;
  const facts = (title: string, icon: string, lines: readonly string[]): AnswerRow[] =>
    lines.length === 0
      ? []
      : [
          { label: title, separator: true },
          ...lines.map((line) => ({ label: `$(${icon}) ${inLabel(line)}` })),
        ];
  return [
    {
      label: `$(check) Yes, ${files.length === 0 ? 'do it' : `all of it: ${wheelSizeWords(run)}`}`,
      detail: 'It starts after a short countdown in which you can still say no.',
      choice: 'all',
    },
    ...(files.length > 1
      ? [
          {
            label: '$(list-selection) Choose Files…',
            description: `of ${count(files.length, 'file')}`,
            choice: 'choose' as const,
          },
        ]
      : []),
    { label: '$(diff-multiple) Look at the Files', choice: 'look' },
    { label: '$(open-preview) Show the Whole Run', choice: 'page' },
    { label: '$(circle-slash) No, don’t', choice: 'no' },
    ...facts('Runs for real afterwards', 'terminal', commands.map(argvWords)),
    ...(commands.length > 0 ? facts('How it is contained', 'shield', [containment]) : []),
    ...facts('Also', 'git-branch', effects),
    ...facts('Undo does not cover', 'warning', uncovered),
    ...facts('Why it waits for you', 'info', run.reason ? [run.reason] : []),
  ];
}

export interface FileRow {
  readonly label: string;
  readonly description: string;
  readonly picked: boolean;
  readonly path: string;
}

/** The files of a preview to choose among; all are chosen at first. Pure. */
export function fileRows({ files }: WheelPreview): readonly FileRow[] {
  return files.map((file) => ({
    label: inLabel(file.path),
    description: fileWords(file),
    picked: true,
    path: file.path,
  }));
}
