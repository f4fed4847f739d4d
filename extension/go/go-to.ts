import * as vscode from 'vscode';
import type { Target } from '../../webviews/model/target.ts';
import { inMessage } from '../text/plain.ts';
import type { Folder } from '../workspace/folders.ts';
import { inside } from '../workspace/relative.ts';
import { showBranch } from './show-branch.ts';
import { showCommit } from './show-commit.ts';

/** Goes to a place in a folder: the file at its line, the commit's changes, the branch's last commits, the page. */
export async function goTo(folder: Folder, target: Target, now: number): Promise<void> {
  switch (target.kind) {
    case 'file':
      return await showFile(folder, target.file, target.line);
    case 'commit':
      return await showCommit(folder.uri, target.commit);
    case 'branch':
      return await showBranch(folder.uri, target.branch, now);
    case 'link':
      if (/^https?:\/\//i.test(target.url)) await vscode.env.openExternal(vscode.Uri.parse(target.url, true));
  }
}

async function showFile(folder: Folder, file: string, line: number | null): Promise<void> {
  const absolute = inside(folder.uri.fsPath, file);
  if (!absolute) return;
  try {
    const document = await vscode.workspace.openTextDocument(
      folder.uri.with({ path: vscode.Uri.file(absolute).path }),
    );
    const at = Math.min(Math.max((line ?? 1) - 1, 0), document.lineCount - 1);
    const selection = line === null ? {} : { selection: new vscode.Range(at, 0, at, 0) };
    const editor = await vscode.window.showTextDocument(document, selection);
    if (line !== null)
      editor.revealRange(editor.selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    await vscode.window.showWarningMessage(inMessage(`${file} cannot be opened: ${reason}`));
  }
}
