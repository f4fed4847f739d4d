import * as vscode from 'vscode';
import type { Api } from '../../companion/client/index.ts';
import { type Disposable, Listeners, type Logger } from '../../companion/kernel/index.ts';
import { relativeTo } from './relative.ts';

/** A folder of this window that lies on this machine. */
export interface Folder {
  /** As the companion knows it. */
  readonly path: string;
  readonly name: string;
  readonly uri: vscode.Uri;
}

export interface FilePlace {
  readonly folder: Folder;
  /** Relative to the folder, forward slashes. */
  readonly file: string;
}

/** This window's folders: which there are, and that the companion knows them as trusted or not. */
export class Folders implements Disposable {
  readonly #log: Logger;
  readonly #changes = new Listeners<void>();
  readonly #opened = new Listeners<void>();
  readonly #known = new Map<string, string>();
  readonly #listening: vscode.Disposable;

  constructor(log: Logger) {
    this.#log = log;
    this.#listening = vscode.workspace.onDidChangeWorkspaceFolders(() => this.#changes.tell());
  }

  get all(): readonly Folder[] {
    const folders = vscode.workspace.workspaceFolders ?? [];
    return folders
      .filter(({ uri }) => uri.scheme === 'file')
      .map(({ uri, name }) => ({ uri, name, path: this.#known.get(uri.fsPath) ?? uri.fsPath }));
  }

  /** True for a window whose folders all lie elsewhere than on this machine. */
  get virtual(): boolean {
    return (vscode.workspace.workspaceFolders?.length ?? 0) > 0 && this.all.length === 0;
  }

  get trusted(): boolean {
    return vscode.workspace.isTrusted;
  }

  /** The folder the user is in: that of the active editor, else the first. */
  get current(): Folder | null {
    const active = vscode.window.activeTextEditor?.document.uri;
    return (active && this.placeOf(active)?.folder) ?? this.all[0] ?? null;
  }

  byPath(path: string): Folder | null {
    return this.all.find((folder) => folder.path === path || folder.uri.fsPath === path) ?? null;
  }

  /** Where a document lies, or null outside this window's folders. */
  placeOf(uri: vscode.Uri): FilePlace | null {
    if (uri.scheme !== 'file') return null;
    const owner = vscode.workspace.getWorkspaceFolder(uri);
    const folder = owner && this.all.find((one) => one.uri.toString() === owner.uri.toString());
    const file = folder && relativeTo(folder.uri.fsPath, uri.fsPath);
    return file ? { folder, file } : null;
  }

  onChange(listener: () => void): Disposable {
    return this.#changes.add(listener);
  }

  /** Tells when the companion knows the folders. */
  onOpened(listener: () => void): Disposable {
    return this.#opened.add(listener);
  }

  /** Registers every folder with the companion, and closes those that left. One that it refuses holds up no other. */
  async open(api: Api): Promise<void> {
    const here = new Set(this.all.map(({ uri }) => uri.fsPath));
    for (const [fsPath, path] of this.#known) {
      if (here.has(fsPath)) continue;
      this.#known.delete(fsPath);
      // Another client may have closed it, or forgotten it.
      await api.workspaces.close({ path }).catch(() => {});
    }
    await Promise.all(
      this.all.map(async ({ uri }) => {
        try {
          const { path } = await api.workspaces.open({ path: uri.fsPath, trusted: this.trusted });
          this.#known.set(uri.fsPath, path);
        } catch (error) {
          this.#log.warn({ error: String(error) }, 'a folder could not be opened');
        }
      }),
    );
    this.#opened.tell();
  }

  dispose(): void {
    this.#listening.dispose();
    this.#changes.clear();
    this.#opened.clear();
  }
}
