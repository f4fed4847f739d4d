import * as vscode from 'vscode';
import { type AskerPlace, LONGEST_SELECTION } from '../../webviews/model/asker-place.ts';
import type { Folder, Folders } from '../workspace/folders.ts';

/** Where the active editor is; with what is selected in it, where that is asked for. */
export function placeHere(
  folders: Folders,
  withSelection: boolean,
): { readonly folder: Folder; readonly place: AskerPlace } | null {
  const editor = vscode.window.activeTextEditor;
  const at = editor && folders.placeOf(editor.document.uri);
  if (!editor || !at) return null;
  const { document, selection } = editor;
  const text = withSelection ? document.getText(selection).slice(0, LONGEST_SELECTION) : '';
  const line = (withSelection ? selection.start : selection.active).line + 1;
  return {
    folder: at.folder,
    place: { file: at.file, line, ...(text.trim() !== '' && { selection: text }) },
  };
}
