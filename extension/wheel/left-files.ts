import * as vscode from 'vscode';
import type { Api } from '../../companion/client/index.ts';
import type { WheelRun } from '../../companion/protocol/index.ts';
import { inLabel } from '../text/plain.ts';
import type { Folder } from '../workspace/folders.ts';
import { PREVIEW_SCHEME, previewQuery } from './preview-uri.ts';
import { plainSentence } from './wheel-words.ts';

/** Files that an undo left as they are: on the left as they were before the run, on the right as they stand. */
export async function showLeft(api: Api, run: WheelRun, folder: Folder): Promise<void> {
  const preview = await api.wheel.preview({ id: run.id }).catch(() => null);
  const known = new Set(preview?.files.map(({ path }) => path) ?? []);
  const digest = preview?.digest ?? run.digest ?? 'none';
  const resources = await Promise.all(
    run.conflicts.map(async ({ path }) => {
      const file = vscode.Uri.joinPath(folder.uri, path);
      const there = await vscode.workspace.fs.stat(file).then(
        () => true,
        () => false,
      );
      const query = previewQuery({ run: run.id, digest, side: 'before' });
      const before = vscode.Uri.from({ scheme: PREVIEW_SCHEME, path: `/${path}`, query });
      return [file, known.has(path) ? before : undefined, there ? file : undefined];
    }),
  );
  if (resources.length > 0) {
    const title = `Left as yours · ${plainSentence(run.sentence, 60)}`;
    await vscode.commands.executeCommand('vscode.changes', title, resources);
  }
  const items = run.conflicts.map(({ path, why }) => ({ label: inLabel(path), detail: inLabel(why), path }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: 'Left as it is: yours on the right, before the run on the left',
    placeHolder: 'Nothing of this is written by itself. Choose a file to go on with it by hand.',
    ignoreFocusOut: true,
  });
  if (chosen) await vscode.window.showTextDocument(vscode.Uri.joinPath(folder.uri, chosen.path));
}
