import * as vscode from 'vscode';
import type { Loop } from '../../companion/protocol/index.ts';
import { loopIcon } from '../loops/loop-icon.ts';
import type { Row } from '../loops/rows.ts';
import { inLabel } from '../text/plain.ts';
import type { CommandContext } from './context.ts';

/** The loop that a command is about: the row it was called on, the loop of that id, or the one that the user picks. */
export async function loopFor(
  { picture, prompts }: CommandContext,
  argument: unknown,
  placeHolder: string,
): Promise<Loop | null> {
  const row = argument as Partial<Row> | undefined;
  if (row?.kind === 'loop' && row.loop) return row.loop;
  const loops = picture.loops.flatMap((folder) => folder.loops);
  if (typeof argument === 'string') return loops.find(({ id }) => id === argument) ?? null;
  if (loops.length === 0) {
    await vscode.window.showInformationMessage('There is no open thread here.');
    return null;
  }
  const items = loops.map((loop) => ({
    label: `$(${loopIcon(loop).icon}) ${inLabel(loop.title)}`,
    detail: inLabel(loop.summary),
    loop,
  }));
  const options = { placeHolder, matchOnDetail: true };
  return (await prompts.ask(() => vscode.window.showQuickPick(items, options)))?.loop ?? null;
}
