import * as vscode from 'vscode';
import type { Row } from '../loops/rows.ts';
import { type Fit, fitsOf } from '../wheel/recipe-rows.ts';
import type { Folder } from '../workspace/folders.ts';
import type { ConnectedContext } from './context.ts';

export interface WheelSpot {
  readonly folder: Folder;
  /** How the place is called in the question: "parser.ts:41". */
  readonly words: string;
  readonly fits: readonly Fit[];
}

/** What could be delegated about a thread's row, else about the cursor; null where there is no file of the window. */
export async function spotHere(
  { folders }: ConnectedContext,
  row: Partial<Row> | undefined,
): Promise<WheelSpot | null> {
  if (row?.kind === 'loop' && row.loop) {
    const { workspace, title, anchors } = row.loop;
    const folder = folders.byPath(workspace);
    const anchor = anchors.find(({ kind }) => kind === 'line');
    if (!folder || anchor?.kind !== 'line') return null;
    const { file, line } = anchor;
    const known = { file, path: file, line: String(line) };
    return { folder, words: title, fits: [{ recipe: 'todo-branch', words: title, known }] };
  }
  const editor = vscode.window.activeTextEditor;
  const place = editor && folders.placeOf(editor.document.uri);
  if (!editor || !place) {
    await vscode.window.showInformationMessage('Put the cursor into a file of this folder first.');
    return null;
  }
  const { document, selection } = editor;
  const name = place.file.slice(place.file.lastIndexOf('/') + 1);
  if (document.isDirty)
    throw new Error(`${name} has unsaved changes. Save it first: work is delegated on what is saved.`);
  const { line, character } = selection.active;
  const word = document.getWordRangeAtPosition(selection.active);
  return {
    folder: place.folder,
    words: `${name}:${line + 1}`,
    fits: fitsOf({
      file: place.file,
      line: line + 1,
      column: character + 1,
      word: word ? document.getText(word) : null,
      text: document.lineAt(line).text,
      selection: document.getText(selection),
      clipboard: await vscode.env.clipboard.readText(),
    }),
  };
}
