import path from 'node:path';
import * as vscode from 'vscode';
import type { Folders } from '../workspace/folders.ts';
import { relativeTo } from '../workspace/relative.ts';
import type { ProviderAnswer, RenameEditor } from './rename-editor.ts';

/** A provider is registered only once its language is in use, and may need to read the project first. */
const PATIENCE_MS = 8000;
const AGAIN_MS = 400;
const LARGEST = 2_000_000;
/** Kept out of what is looked through, whatever the user's settings. */
const EXCLUDED = '{**/node_modules/**,**/.git/**,**/dist/**,**/out/**,**/target/**,**/vendor/**}';

/** The editor's own providers behind the rename; they answer, and nothing of it is applied. */
export function renameEditor(folders: Folders): RenameEditor {
  return {
    folder: (root) => folders.byPath(root)?.uri.fsPath ?? null,
    async text(file) {
      const document = await opened(file);
      if (document.isDirty) {
        throw new Error(
          `${shown(file)} has unsaved changes in the editor. Save or revert it, then ask again: a rename works on what is saved.`,
        );
      }
      const bytes = await vscode.workspace.fs.readFile(document.uri);
      if (bytes.byteLength > LARGEST) throw new Error(`${shown(file)} is larger than 2 MB.`);
      try {
        return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
      } catch {
        throw new Error(`${shown(file)} is no UTF-8 text; its bytes would not survive the rename.`);
      }
    },
    async peek(file) {
      const uri = vscode.Uri.file(file);
      const bytes = await vscode.workspace.fs.readFile(uri).then(
        (read) => read,
        () => null,
      );
      return bytes && bytes.byteLength <= LARGEST ? new TextDecoder().decode(bytes) : null;
    },
    async open(file) {
      await opened(file);
    },
    async exists(file) {
      return await vscode.workspace.fs.stat(vscode.Uri.file(file)).then(
        () => true,
        () => false,
      );
    },
    async provide(file, line, character, to) {
      const document = await opened(file);
      refuseDirty();
      const until = Date.now() + PATIENCE_MS;
      for (;;) {
        try {
          const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit | undefined>(
            'vscode.executeDocumentRenameProvider',
            document.uri,
            new vscode.Position(line, character),
            to,
          );
          const answer = edit ? answerOf(edit) : null;
          if (answer && answer.edits.length + answer.moves.length > 0) {
            for (const { path: one } of answer.edits) if (isDirty(one)) refuseDirty(one);
            return answer;
          }
          if (!waking(document) || Date.now() > until) return answer;
        } catch (error) {
          if (!waking(document) || Date.now() > until) throw error;
        }
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      }
    },
    async candidates(folder, file, limit) {
      const ending = path.extname(file).slice(1).toLowerCase();
      const pattern = new vscode.RelativePattern(vscode.Uri.file(folder), `**/*.${kin(ending)}`);
      const found = await vscode.workspace.findFiles(pattern, EXCLUDED, limit);
      const near = path.dirname(file);
      const distance = (one: string) => path.relative(near, one).split(path.sep).length;
      return found
        .map(({ fsPath }) => fsPath)
        .filter((one) => one !== file)
        .sort((a, b) => distance(a) - distance(b) || (a < b ? -1 : 1));
    },
  };

  function shown(file: string): string {
    const folder = folders.all.find(({ uri }) => relativeTo(uri.fsPath, file) !== null);
    return folder ? (relativeTo(folder.uri.fsPath, file) ?? file) : file;
  }

  /** A provider reads editors, not files: what is not saved would come into the answer. */
  function refuseDirty(only?: string): void {
    const dirty = vscode.workspace.textDocuments.find(
      ({ isDirty, uri }) =>
        isDirty &&
        uri.scheme === 'file' &&
        (only === undefined ? shown(uri.fsPath) !== uri.fsPath : uri.fsPath === only),
    );
    if (!dirty) return;
    throw new Error(
      `${shown(dirty.uri.fsPath)} has unsaved changes in the editor. Save or revert it, then ask again: a rename works on what is saved.`,
    );
  }
}

function isDirty(file: string): boolean {
  return vscode.workspace.textDocuments.some((document) => document.isDirty && document.uri.fsPath === file);
}

async function opened(file: string): Promise<vscode.TextDocument> {
  return await vscode.workspace.openTextDocument(vscode.Uri.file(file));
}

/** Whether the language of a document may still be getting ready: right after it was first used. */
const used = new Map<string, number>();
function waking({ languageId }: vscode.TextDocument): boolean {
  const now = Date.now();
  const since = used.get(languageId) ?? now;
  used.set(languageId, since);
  return now - since < PATIENCE_MS;
}

/** Endings of files that refer to each other. */
function kin(ending: string): string {
  const families = [
    ['ts', 'tsx', 'mts', 'cts', 'js', 'jsx', 'mjs', 'cjs', 'vue', 'svelte'],
    ['css', 'scss', 'less', 'sass'],
    ['c', 'h', 'cc', 'cpp', 'hpp', 'cxx', 'hxx'],
  ];
  const family = families.find((one) => one.includes(ending)) ?? [ending, 'md'];
  return `{${[...new Set(family)].filter((one) => one !== '').join(',')}}`;
}

/** A workspace edit also knows which files move, but tells it to no extension by its public face. */
interface AllEntries {
  _allEntries?(): readonly { readonly _type: number; readonly from?: vscode.Uri; readonly to?: vscode.Uri }[];
}
const FILE_OPERATION = 1;

function answerOf(edit: vscode.WorkspaceEdit): ProviderAnswer {
  const operations = ((edit as AllEntries)._allEntries?.() ?? []).filter(
    ({ _type }) => _type === FILE_OPERATION,
  );
  const moves = operations.flatMap(({ from, to }) =>
    from && to ? [{ from: from.fsPath, to: to.fsPath }] : [],
  );
  return {
    edits: edit.entries().map(([uri, changes]) => ({ path: uri.fsPath, changes })),
    moves,
    others: operations.length - moves.length,
  };
}
