import * as vscode from 'vscode';
import type { Ghost } from '../ghost.ts';

/** Keeps a text that a page made as a file, where the user says; the dialog asks before it replaces one. */
export async function saveText(name: string, text: string, { folders, log }: Ghost): Promise<void> {
  const folder = folders.current?.path;
  const chosen = await vscode.window.showSaveDialog({
    title: 'Save',
    ...(folder !== undefined && { defaultUri: vscode.Uri.joinPath(vscode.Uri.file(folder), name) }),
  });
  if (!chosen) return;
  try {
    await vscode.workspace.fs.writeFile(chosen, new TextEncoder().encode(text));
    await vscode.window.showTextDocument(chosen, { preview: true });
  } catch (error) {
    log.warn({ error: String(error) }, 'a text could not be saved');
    void vscode.window.showErrorMessage(
      `Not saved: ${error instanceof Error ? error.message : String(error)} Choose another place.`,
    );
  }
}
