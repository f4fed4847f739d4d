import * as vscode from 'vscode';
import { count } from '../../companion/kernel/index.ts';
import { isPatch } from '../wheel/recipe-rows.ts';

const LARGEST = 1_000_000;

/** A patch out of the clipboard or a file; undefined when the user leaves. */
export async function patchFromSomewhere(): Promise<string | undefined> {
  const clipboard = await vscode.env.clipboard.readText();
  const lines = clipboard.split('\n').length;
  const items = [
    {
      label: '$(clippy) From the Clipboard',
      description: isPatch(clipboard) ? count(lines, 'line') : 'it holds no patch',
      from: 'clipboard' as const,
    },
    { label: '$(file-code) From a File…', from: 'file' as const },
  ];
  const chosen = await vscode.window.showQuickPick(items, { title: 'Where is the patch?' });
  if (!chosen) return undefined;
  if (chosen.from === 'clipboard') return checked(clipboard, 'The clipboard');
  const [file] =
    (await vscode.window.showOpenDialog({ canSelectMany: false, openLabel: 'Use This Patch' })) ?? [];
  if (!file) return undefined;
  const bytes = await vscode.workspace.fs.readFile(file);
  return checked(new TextDecoder().decode(bytes), file.path.slice(file.path.lastIndexOf('/') + 1));
}

function checked(text: string, where: string): string {
  if (text.length > LARGEST)
    throw new Error(`${where} holds ${text.length} characters; a patch may have ${LARGEST}.`);
  if (!isPatch(text))
    throw new Error(`${where} holds no patch. Copy what \`git diff\` prints, then try again.`);
  return text;
}
