import * as vscode from 'vscode';
import type { Api } from '../../companion/client/index.ts';
import type { WheelRun } from '../../companion/protocol/index.ts';
import type { Folder } from '../workspace/folders.ts';
import { leftWords } from './notice.ts';
import type { PreviewDocuments } from './preview-documents.ts';
import { plainSentence } from './wheel-words.ts';

/** Files that an undo left as they are: on the left as they were before the run, on the right as they stand, and why. */
export async function showLeft(
  api: Api,
  previews: PreviewDocuments,
  run: WheelRun,
  folder: Folder,
): Promise<void> {
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
      const before = known.has(path)
        ? previews.uri(path, { run: run.id, digest, side: 'before' })
        : undefined;
      return [file, before, there ? file : undefined];
    }),
  );
  const why = previews.words(run.id, digest, 'Why these were left', whyText(run));
  const title = `Left as yours · ${plainSentence(run.sentence, 50)}`;
  await vscode.commands.executeCommand('vscode.changes', title, [...resources, [why, undefined, why]]);
}

/** Pure. */
export function whyText({ conflicts }: Pick<WheelRun, 'conflicts'>): string {
  const each = conflicts.map(({ path, why }) => `${path}\n  ${why}`);
  return [
    leftWords(conflicts.length),
    'Left: before the run. Right: as it stands, yours. Nothing of this is written by itself.',
    '',
    ...each,
    '',
  ].join('\n');
}
