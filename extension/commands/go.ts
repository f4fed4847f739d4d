import * as vscode from 'vscode';
import { goTo } from '../go/go-to.ts';
import { entrance, targetsOf } from '../go/target.ts';
import type { Row } from '../loops/rows.ts';
import { inMessage } from '../text/plain.ts';
import type { CommandContext } from './context.ts';
import { loopFor } from './loop-argument.ts';

/** Goes to where a loop is best entered. */
export async function openLoop(context: CommandContext, argument: unknown): Promise<void> {
  const loop = await loopFor(context, argument, 'Which thread do you want to go to?');
  if (!loop) return;
  const folder = context.folders.byPath(loop.workspace);
  const target = entrance(targetsOf(loop));
  if (folder && target) return await goTo(folder, target, context.clock.now());
  await vscode.window.showInformationMessage(inMessage(`${loop.title}: ${loop.summary}`));
}

/** Goes to the place of a row below a loop. */
export async function goToPlace({ folders, clock }: CommandContext, argument: unknown): Promise<void> {
  const row = argument as Row | undefined;
  if (row?.kind !== 'place' && row?.kind !== 'note') return;
  const folder = folders.byPath(row.workspace);
  if (folder && row.target) await goTo(folder, row.target, clock.now());
}
