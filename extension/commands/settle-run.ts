import * as vscode from 'vscode';
import { count } from '../../companion/kernel/index.ts';
import { inLabel } from '../text/plain.ts';
import { fileRows } from '../wheel/answer-pick.ts';
import { showLeft } from '../wheel/left-files.ts';
import { unsavedWords } from '../wheel/unsaved.ts';
import { plainSentence } from '../wheel/wheel-words.ts';
import type { ConnectedContext } from './context.ts';
import { runFor, STOPPABLE, UNDOABLE } from './run-argument.ts';

const SAID_MS = 6000;
const NOTHING = 'No run can be undone: none was done here, or its time has passed.';

/** Its no before it begins; its end, with everything taken back, once it has begun. */
export async function stopRun(context: ConnectedContext, argument: unknown): Promise<void> {
  const run = await runFor(context, argument, STOPPABLE, 'No run waits or is under way.');
  if (!run) return;
  const stopped = await context.api.wheel.stop({ id: run.id });
  context.wheel().runs.put(stopped);
  if (stopped.status === 'vetoed')
    vscode.window.setStatusBarMessage('$(circle-slash) Not done. Nothing was changed.', SAID_MS);
}

/** Takes back what a run did. With a run given, all of it; from the palette files can be chosen. */
export async function undoRun(context: ConnectedContext, argument: unknown): Promise<void> {
  const run = await runFor(context, argument, UNDOABLE, NOTHING);
  if (!run) return;
  const { api, folders, wheel } = context;
  const files = typeof argument === 'string' ? null : await whichFiles(context, run.id);
  if (files === undefined) return;
  const undone = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: `Taking back: ${plainSentence(run.sentence, 60)}` },
    () => api.wheel.undo({ id: run.id, ...(files && { files: [...files] }) }),
  );
  wheel().runs.put(undone);
  if (undone.conflicts.length > 0) return;
  const unsaved = await unsavedWords(api, undone, folders.byPath(undone.workspace));
  if (unsaved) await vscode.window.showWarningMessage(`Undone. ${unsaved}`);
  else
    vscode.window.setStatusBarMessage(
      `$(discard) Undone: ${files ? count(files.length, 'file') : count(undone.files, 'file')} as before.`,
      SAID_MS,
    );
}

/** Null: all; undefined when the user leaves. */
async function whichFiles(
  { api, prompts }: ConnectedContext,
  id: string,
): Promise<readonly string[] | null | undefined> {
  const preview = await api.wheel.preview({ id }).catch(() => null);
  if (!preview || preview.files.length <= 1) return null;
  const all = { label: `$(discard) All ${count(preview.files.length, 'file')}`, all: true };
  const some = { label: '$(list-selection) Choose Files…', all: false };
  const options = { title: 'What shall be taken back?' };
  const chosen = await prompts.ask(() => vscode.window.showQuickPick([all, some], options));
  if (!chosen) return undefined;
  if (chosen.all) return null;
  const picked = await prompts.ask(() =>
    vscode.window.showQuickPick(fileRows(preview), {
      canPickMany: true,
      ignoreFocusOut: true,
      title: 'Which files are put back as they were?',
      placeHolder: 'What is not checked stays as the run left it.',
    }),
  );
  return picked && picked.length > 0 ? picked.map(({ path }) => path) : undefined;
}

/** Closes the undo window: what was done stays. */
export async function keepRun(context: ConnectedContext, argument: unknown): Promise<void> {
  const run = await runFor(context, argument, UNDOABLE, NOTHING);
  if (!run) return;
  const kept = await context.api.wheel.keep({ id: run.id });
  context.wheel().runs.put(kept);
  vscode.window.setStatusBarMessage(
    `$(check-all) Kept: ${inLabel(plainSentence(run.sentence, 60))}`,
    SAID_MS,
  );
}

/** The files that an undo left, as a diff, with why. */
export async function showLeftFiles(context: ConnectedContext, argument: unknown): Promise<void> {
  const none = 'No undo left anything.';
  const run = await runFor(context, argument, ['undone', 'rolled_back'], none);
  const folder = run && context.folders.byPath(run.workspace);
  if (!run || !folder) return;
  if (run.conflicts.length === 0) return void vscode.window.showInformationMessage(none);
  await showLeft(context.api, context.wheel().previews, run, folder);
}
