import * as vscode from 'vscode';

/** The part of the API of VS Code's own git extension that is used here. */
export interface GitRepository {
  getCommit(ref: string): Promise<{ hash: string; message: string; parents: string[] }>;
  diffBetween(
    from: string,
    to: string,
  ): Promise<{ uri: vscode.Uri; originalUri: vscode.Uri; status: number }[]>;
  log(options: {
    maxEntries: number;
    refNames: string[];
  }): Promise<{ hash: string; message: string; authorName?: string; authorDate?: Date }[]>;
}

interface GitApi {
  readonly state: 'uninitialized' | 'initialized';
  readonly onDidChangeState: vscode.Event<unknown>;
  toGitUri(uri: vscode.Uri, ref: string): vscode.Uri;
  getRepository(uri: vscode.Uri): GitRepository | null;
}

interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): GitApi;
}

/** The git of the editor for this folder, or null where it is off or the folder is no repository. */
export async function gitFor(
  folder: vscode.Uri,
): Promise<{ api: Pick<GitApi, 'toGitUri'>; repository: GitRepository } | null> {
  const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
  if (!extension) return null;
  const git = await extension.activate();
  if (!git.enabled) return null;
  const api = git.getAPI(1);
  const repository = api.getRepository(folder);
  return repository && { api, repository };
}
