import * as vscode from 'vscode';
import { openToAgents as open } from '../pulse/pulse.ts';
import { inLabel, inMessage } from '../text/plain.ts';
import type { Folder } from '../workspace/folders.ts';
import type { ConnectedContext } from './context.ts';

const OPEN = 'Open';

/** Lets agents see a folder of this window, after saying what that means. */
export async function openToAgents(context: ConnectedContext): Promise<void> {
  const folder = await choose(context, false);
  if (!folder) return;
  const pressed = await context.prompts.ask(() =>
    vscode.window.showWarningMessage(
      inMessage(
        `Agents will read what is remembered of ${folder.name}: notes, decisions, threads. What they read may leave this machine with them. Private threads stay here.`,
      ),
      OPEN,
    ),
  );
  if (pressed !== OPEN) return;
  await context.api.workspaces.doors({ path: folder.path, mcp: true });
  vscode.window.setStatusBarMessage(`$(plug) ${inLabel(folder.name)} is open to agents.`, 6000);
}

export async function closeToAgents(context: ConnectedContext): Promise<void> {
  const folder = await choose(context, true);
  if (!folder) return;
  await context.api.workspaces.doors({ path: folder.path, mcp: false });
  vscode.window.setStatusBarMessage(`$(debug-disconnect) ${inLabel(folder.name)} is closed to agents.`, 6000);
}

/** The one folder that is open (or closed), else the one that the user names. */
async function choose({ folders, link, prompts }: ConnectedContext, isOpen: boolean): Promise<Folder | null> {
  const all = folders.all;
  const paths = all.map(({ path }) => path);
  const opened = new Set(open(link.status, paths).map(({ path }) => path));
  const candidates = all.filter(({ path }) => opened.has(path) === isOpen);
  if (candidates.length === 0) {
    const words = isOpen ? 'No folder of this window is open to agents.' : 'It is open to agents already.';
    await vscode.window.showInformationMessage(words);
  }
  if (candidates.length <= 1) return candidates[0] ?? null;
  const chosen = await prompts.ask(() =>
    vscode.window.showQuickPick(
      candidates.map((folder) => ({ label: inLabel(folder.name), description: folder.path, folder })),
      { title: isOpen ? 'Close which folder to agents?' : 'Open which folder to agents?' },
    ),
  );
  return chosen?.folder ?? null;
}
