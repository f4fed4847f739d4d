import * as vscode from 'vscode';
import { inLabel, inMessage } from '../text/plain.ts';
import { span } from '../text/time.ts';
import { gitFor } from './git-api.ts';
import { showCommit } from './show-commit.ts';

const COMMITS = 20;

/** Shows the last commits of a branch to choose from. Nothing is checked out. */
export async function showBranch(folder: vscode.Uri, branch: string, now: number): Promise<void> {
  const git = await gitFor(folder);
  const log = await git?.repository
    .log({ maxEntries: COMMITS, refNames: [`refs/heads/${branch}`] })
    .catch(() => undefined);
  if (!log || log.length === 0) {
    await vscode.window.showInformationMessage(
      inMessage(`Branch ${branch}: its commits cannot be shown here. Try \`git log ${branch}\`.`),
    );
    return;
  }
  const items = log.map(({ hash, message, authorName, authorDate }) => ({
    label: `$(git-commit) ${inLabel(message.split('\n', 1)[0] ?? '')}`,
    description: [hash.slice(0, 7), authorName, authorDate && `${span(now - authorDate.getTime())} ago`]
      .filter(Boolean)
      .join(', '),
    hash,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: branch,
    placeHolder: 'The last commits of this branch. Choose one to see its changes.',
    matchOnDescription: true,
  });
  if (chosen) await showCommit(folder, chosen.hash);
}
