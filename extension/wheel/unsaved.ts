import * as vscode from 'vscode';
import type { Api } from '../../companion/client/index.ts';
import { listing } from '../../companion/kernel/index.ts';
import type { WheelRun } from '../../companion/protocol/index.ts';
import type { Folder } from '../workspace/folders.ts';

const NAMED = 2;

/** What to say of editors with unsaved changes in files that were put back: they are the user's, and stay. */
export async function unsavedWords(api: Api | null, run: WheelRun, folder: Folder | null): Promise<string> {
  if (run.status !== 'undone' && run.status !== 'rolled_back') return '';
  const preview = await api?.wheel.preview({ id: run.id }).catch(() => null);
  if (!preview || !folder) return '';
  const dirty = vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty);
  const names = preview.files
    .flatMap(({ path, from }) => (from === null ? [path] : [path, from]))
    .filter((path) => {
      const { fsPath } = vscode.Uri.joinPath(folder.uri, path);
      return dirty.some(({ uri }) => uri.fsPath === fsPath);
    });
  return unsaved(names);
}

/** In words; empty where there is none. */
export function unsaved(names: readonly string[]): string {
  if (names.length === 0) return '';
  const one = names.length === 1;
  return `${listing(names, NAMED)} ${one ? 'has' : 'have'} unsaved changes in the editor; ${one ? 'they were' : 'those were'} not touched, and saving writes them over what was put back.`;
}
