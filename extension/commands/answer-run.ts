import * as vscode from 'vscode';
import type { WheelPreview, WheelRun } from '../../companion/protocol/index.ts';
import { type AnswerChoice, answerRows, fileRows } from '../wheel/answer-pick.ts';
import { plainSentence } from '../wheel/wheel-words.ts';
import type { ConnectedContext } from './context.ts';
import { runFor, WAITING } from './run-argument.ts';

const NONE = 'No run waits for an answer. `Take the Wheel…` begins one.';

/** Puts the preview of a run to the person: yes, yes to some of its files, or no. */
export async function answerRun(context: ConnectedContext, argument: unknown): Promise<void> {
  const run = await runFor(context, argument, WAITING, NONE);
  if (!run) return;
  const preview = await context.api.wheel.preview({ id: run.id });
  const choice = await choose(context, run, preview);
  switch (choice) {
    case 'all':
      return await approve(context, preview);
    case 'choose': {
      const files = await chooseFiles(context, run, preview);
      if (!files) return;
      return await approve(context, preview, files);
    }
    case 'look':
      return await context.wheel().showFiles(run);
    case 'page':
      return await context.wheel().showPage(run.id);
    case 'no':
      context.wheel().runs.put(await context.api.wheel.stop({ id: run.id }));
      vscode.window.setStatusBarMessage('$(circle-slash) Not done. Nothing was changed.', 5000);
  }
}

/** Asks until a row is chosen that is an answer: the others only say what there is to know. */
async function choose(
  { prompts }: ConnectedContext,
  run: WheelRun,
  preview: WheelPreview,
): Promise<AnswerChoice | undefined> {
  const items = answerRows(run, preview).map(({ separator, ...row }) => ({
    ...row,
    ...(separator && { kind: vscode.QuickPickItemKind.Separator }),
  }));
  for (;;) {
    const chosen = await prompts.ask(() =>
      vscode.window.showQuickPick(items, {
        title: plainSentence(run.sentence),
        placeHolder: `Where: ${plainSentence(run.destination)}`,
        ignoreFocusOut: true,
      }),
    );
    if (!chosen) return undefined;
    if (chosen.choice) return chosen.choice;
  }
}

async function chooseFiles(
  { prompts }: ConnectedContext,
  run: WheelRun,
  preview: WheelPreview,
): Promise<string[] | null> {
  const chosen = await prompts.ask(() =>
    vscode.window.showQuickPick(fileRows(preview), {
      canPickMany: true,
      ignoreFocusOut: true,
      title: `Which files? ${plainSentence(run.sentence)}`,
      placeHolder: 'What is not checked stays as it is.',
    }),
  );
  if (!chosen) return null;
  if (chosen.length === 0) {
    vscode.window.setStatusBarMessage('$(circle-slash) No file was chosen, so nothing was approved.', 5000);
    return null;
  }
  return chosen.map(({ path }) => path);
}

/** The digest is that of what was just shown: anything else is refused by the companion. */
async function approve(
  { api, wheel }: ConnectedContext,
  { run: id, digest, files: all }: WheelPreview,
  files?: readonly string[],
): Promise<void> {
  const some = files && files.length < all.length ? { files: [...files] } : {};
  wheel().runs.put(await api.wheel.approve({ id, digest, ...some }));
}
