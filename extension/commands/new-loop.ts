import * as vscode from 'vscode';
import { shorten } from '../text/plain.ts';
import type { ConnectedContext } from './context.ts';

const TITLE_LIMIT = 200;

export async function newLoop({ api, folders, prompts, picture }: ConnectedContext): Promise<void> {
  const folder = folders.current;
  if (!folder) return;
  const title = await prompts.ask(() =>
    vscode.window.showInputBox({
      title: `Open a thread in ${folder.name}`,
      placeHolder: 'What do you want to get done?',
      validateInput: (value) =>
        value.trim().length > TITLE_LIMIT
          ? `${value.trim().length} characters; at most ${TITLE_LIMIT}.`
          : undefined,
    }),
  );
  if (!title?.trim()) return;
  await api.loops.open({ workspace: folder.path, title: title.trim() });
  picture.refresh();
  vscode.window.setStatusBarMessage(`$(check) Open thread: ${shorten(title, 40)}`, 4000);
}
