import type { WheelFile, WheelPreview, WheelRun } from '../../companion/protocol/index.ts';
import { argvWords } from '../../companion/protocol/wheel-words.ts';
import { fileWords, sizeOf } from './wheel-words.ts';

/** Files larger than this are named, not shown. */
export const LARGEST_SHOWN = 2_000_000;

/** Whether a file can stand in a diff. */
export function isShown({ binary, bytes, kind }: WheelFile): boolean {
  return !binary && bytes <= LARGEST_SHOWN && kind !== 'mode';
}

/** All of a preview that no diff shows: plan, programs that will run for real, effects, what undo does not cover. Pure. */
export function planText(run: WheelRun, preview: WheelPreview): string {
  const { commands, effects, containment, uncovered, files } = preview;
  const unseen = files.filter((file) => !isShown(file));
  const blocks: (readonly [string, readonly string[]])[] = [
    ['Plan', [run.sentence, `Where: ${run.destination}`]],
    ['Steps', run.steps.map(({ words, note }) => (note ? `${words} (${note})` : words))],
    [
      'Runs for real, after the files are written',
      commands.length > 0
        ? [...commands.map(argvWords), containment]
        : ['Nothing: the result is not verified'],
    ],
    ['Also', effects],
    ['Changes that are not shown', unseen.map(unseenWords)],
    ['Undo does not cover', uncovered],
    ['Why it waits for you', run.reason ? [run.reason] : []],
  ];
  return `${blocks
    .filter(([, lines]) => lines.length > 0)
    .map(([title, lines]) => [title, ...lines.map((line) => `  ${line}`)].join('\n'))
    .join('\n\n')}\n`;
}

function unseenWords(file: WheelFile): string {
  const why = file.binary
    ? ''
    : file.bytes > LARGEST_SHOWN
      ? `, ${sizeOf(file.bytes)}: too large to show`
      : '';
  return `${file.path}: ${fileWords(file)}${why}`;
}
