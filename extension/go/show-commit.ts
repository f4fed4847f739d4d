import * as vscode from 'vscode';
import { inMessage, shorten } from '../text/plain.ts';
import { gitFor } from './git-api.ts';

const ADDED = new Set([1, 4, 11]);
const DELETED = new Set([2, 6]);

/** Shows what a commit changed, as the editor's own multi-file diff. */
export async function showCommit(folder: vscode.Uri, commit: string): Promise<void> {
  const git = await gitFor(folder);
  if (!git) return sayOnly(commit);
  try {
    const { hash, message, parents } = await git.repository.getCommit(commit);
    const parent = parents[0];
    if (!parent) return sayOnly(commit, message);
    const changed = await git.repository.diffBetween(parent, hash);
    const resources = changed.map(({ uri, originalUri, status }) => [
      uri,
      ADDED.has(status) ? undefined : git.api.toGitUri(originalUri, parent),
      DELETED.has(status) ? undefined : git.api.toGitUri(uri, hash),
    ]);
    const title = `${hash.slice(0, 7)} ${shorten(message.split('\n', 1)[0] ?? '', 60)}`;
    await vscode.commands.executeCommand('vscode.changes', title, resources);
  } catch {
    await sayOnly(commit);
  }
}

async function sayOnly(commit: string, message = ''): Promise<void> {
  const copy = 'Copy Id';
  const pressed = await vscode.window.showInformationMessage(
    inMessage(`Commit ${commit.slice(0, 7)} ${shorten(message, 120)}`),
    copy,
  );
  if (pressed === copy) await vscode.env.clipboard.writeText(commit);
}
