import * as vscode from 'vscode';
import type { Loop, LoopStatus } from '../../companion/protocol/index.ts';
import { inMessage, shorten } from '../text/plain.ts';
import type { ConnectedContext } from './context.ts';
import { deferrals } from './deferrals.ts';
import { loopFor } from './loop-argument.ts';

export async function loopDone(context: ConnectedContext, argument: unknown): Promise<void> {
  const loop = await loopFor(context, argument, 'Which thread is done?');
  if (loop) await settle(context, loop, { status: 'blessed' }, 'Done');
}

export async function loopDrop(context: ConnectedContext, argument: unknown): Promise<void> {
  const loop = await loopFor(context, argument, 'Which thread do you want to drop? Nothing is deleted.');
  if (loop) await settle(context, loop, { status: 'dropped' }, 'Dropped');
}

export async function loopDefer(context: ConnectedContext, argument: unknown): Promise<void> {
  const loop = await loopFor(context, argument, 'Which thread do you want to set aside?');
  if (!loop) return;
  const chosen = await context.prompts.ask(() =>
    vscode.window.showQuickPick(deferrals(context.clock.now()), {
      placeHolder: `Set "${shorten(loop.title, 50)}" aside until …`,
    }),
  );
  if (!chosen) return;
  await settle(context, loop, { status: 'deferred', deferUntil: chosen.until }, `Set aside: ${chosen.label}`);
}

interface Change {
  status: LoopStatus;
  deferUntil?: number;
}

async function settle(
  { api, picture }: ConnectedContext,
  loop: Loop,
  change: Change,
  words: string,
): Promise<void> {
  await api.loops.update({ id: loop.id, ...change });
  picture.refresh();
  const undo = 'Undo';
  // Not awaited: the command is over, whenever the notification goes away.
  void vscode.window
    .showInformationMessage(inMessage(`${words}: ${shorten(loop.title, 80)}`), undo)
    .then(async (pressed) => {
      if (pressed !== undo) return;
      await api.loops.update({ id: loop.id, status: loop.status, deferUntil: loop.deferUntil });
      picture.refresh();
    })
    .then(undefined, (error: unknown) =>
      vscode.window.showErrorMessage(inMessage(`It could not be undone: ${String(error)}`)),
    );
}
