import * as vscode from 'vscode';
import type { WheelRun, WheelStatus } from '../../companion/protocol/index.ts';
import { wheelSizeWords } from '../../companion/protocol/wheel-words.ts';
import { inLabel } from '../text/plain.ts';
import { moment } from '../text/time.ts';
import { plainSentence } from '../wheel/wheel-words.ts';
import type { ConnectedContext } from './context.ts';

export const WAITING: readonly WheelStatus[] = ['previewed', 'counting'];
export const STOPPABLE: readonly WheelStatus[] = ['planning', 'previewed', 'counting', 'acting', 'verifying'];
export const UNDOABLE: readonly WheelStatus[] = ['done', 'interrupted'];

const ICONS: Readonly<Record<WheelStatus, string>> = {
  planning: 'loading',
  previewed: 'question',
  counting: 'watch',
  acting: 'play',
  verifying: 'beaker',
  done: 'check',
  interrupted: 'warning',
  kept: 'check-all',
  undone: 'discard',
  rolled_back: 'discard',
  vetoed: 'circle-slash',
  refused: 'error',
  expired: 'history',
  outdated: 'history',
  failed: 'error',
};

/** The run that a command is about: that of the id, the one whose preview is seen, the only one, or the one picked. */
export async function runFor(
  { api, wheel, clock, prompts }: ConnectedContext,
  argument: unknown,
  statuses: readonly WheelStatus[] | null,
  none: string,
): Promise<WheelRun | null> {
  const { runs, previewed } = wheel();
  if (typeof argument === 'string') return await api.wheel.get({ id: argument });
  const fitting = runs.all.filter(({ status }) => statuses === null || statuses.includes(status));
  const seen = fitting.find(({ id }) => id === previewed);
  if (seen) return seen;
  if (fitting.length === 0) {
    await vscode.window.showInformationMessage(none);
    return null;
  }
  if (fitting.length === 1 && statuses !== null) return fitting[0] ?? null;
  const items = fitting.map((run) => ({
    label: `$(${ICONS[run.status]}) ${inLabel(plainSentence(run.sentence))}`,
    description: `${run.status.replace('_', ' ')}, ${moment(run.changedAt, clock.now())}`,
    detail: wheelSizeWords(run),
    run,
  }));
  const options = { title: 'Which run?', matchOnDescription: true };
  return (await prompts.ask(() => vscode.window.showQuickPick(items, options)))?.run ?? null;
}
