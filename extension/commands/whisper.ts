import * as vscode from 'vscode';
import type { Folder } from '../workspace/folders.ts';
import type { ConnectedContext } from './context.ts';
import { savedLine } from './saved-line.ts';

const LIMIT = 2000;

interface Spot {
  readonly folder: Folder;
  readonly file?: string;
  readonly line?: number;
  /** How the spot is called in the question: "parser.ts:41". */
  readonly words: string;
}

/** A note on the line of the cursor; without an editor, on the folder. Never a modal, never a toast. */
export async function whisper({ api, folders, prompts, picture, noted }: ConnectedContext): Promise<void> {
  const spot = await spotOfCursor(folders);
  if (!spot) return;
  const text = await prompts.ask(() =>
    vscode.window.showInputBox({
      title: `Note on ${spot.words}`,
      prompt: spot.file ? 'It follows this line.' : 'It becomes an open thread here.',
      placeHolder: 'What should you find again here?',
      validateInput: (value) =>
        value.trim().length > LIMIT ? `${value.trim().length} characters; at most ${LIMIT}.` : undefined,
    }),
  );
  if (!text?.trim()) return;
  const { folder, file, line, words } = spot;
  const { id } = await api.whispers.add({
    workspace: folder.path,
    text: text.trim(),
    ...(file !== undefined && { file }),
    ...(line !== undefined && { line }),
  });
  noted.tell(id);
  picture.refresh();
  vscode.window.setStatusBarMessage(`$(check) Noted on ${words}`, 4000);
}

async function spotOfCursor(folders: ConnectedContext['folders']): Promise<Spot | null> {
  const editor = vscode.window.activeTextEditor;
  const place = editor && folders.placeOf(editor.document.uri);
  if (!editor || !place) {
    const folder = folders.current;
    return folder && { folder, words: folder.name };
  }
  const shown = editor.selection.active.line;
  const name = place.file.slice(place.file.lastIndexOf('/') + 1);
  const line = await lineOnDisk(editor.document, shown);
  return { ...place, line, words: `${name}:${shown + 1}` };
}

async function lineOnDisk(document: vscode.TextDocument, shown: number): Promise<number> {
  if (!document.isDirty) return shown + 1;
  const bytes = await vscode.workspace.fs.readFile(document.uri);
  const saved = new TextDecoder().decode(bytes).split(/\r?\n/);
  return savedLine(saved, document.lineAt(shown).text, shown + 1);
}
