import * as vscode from 'vscode';
import { placeHere } from '../chat/place-here.ts';
import type { CommandContext, ConnectedContext } from './context.ts';
import { loopFor } from './loop-argument.ts';

export async function ask({ showChat }: CommandContext): Promise<void> {
  await showChat(null);
}

/** A question about what is selected, else about the line. */
export async function askAbout({ showChat, folders }: CommandContext): Promise<void> {
  await showChat(placeHere(folders, true)?.place ?? null);
}

/** Puts the fate of a thread before the council, and shows what it said. */
export async function councilFate(context: ConnectedContext, argument: unknown): Promise<void> {
  const loop = await loopFor(context, argument, 'Whose fate? The advisers vote: preserve, fork or discard.');
  if (!loop) return;
  const proposal = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: 'The council votes', cancellable: true },
    (_progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      return context.api.council.fate({ loop: loop.id }, { signal: abort.signal }).catch((error: unknown) => {
        if (abort.signal.aborted) return null;
        throw error;
      });
    },
  );
  if (proposal) await context.showCouncil({ proposal: proposal.id });
}
