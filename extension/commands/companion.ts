import * as vscode from 'vscode';
import type { CommandContext } from './context.ts';

const START_LIMIT_MS = 20_000;

export async function startCompanion({ link }: CommandContext): Promise<void> {
  if (link.link.state === 'virtual' || link.link.state === 'connected') return;
  await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: 'Starting the companion' },
    () => link.start(START_LIMIT_MS),
  );
}

/** Stops the companion for every window; nothing is sensed, noted or tapped until somebody starts it. */
export async function stopCompanion({ link }: CommandContext): Promise<void> {
  if (link.link.state !== 'connected') return;
  await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: 'Stopping the companion' },
    () => link.stop(),
  );
  vscode.window.setStatusBarMessage(
    '$(circle-slash) Everything is stopped. The pulse starts it again.',
    6000,
  );
}
