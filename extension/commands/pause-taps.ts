import * as vscode from 'vscode';
import { pausedUntil } from '../pulse/tooltip.ts';
import type { ConnectedContext } from './context.ts';
import { pauses } from './pauses.ts';

export async function pauseTaps(context: ConnectedContext): Promise<void> {
  const { api, link, prompts, clock } = context;
  const now = clock.now();
  const { dayStartsAt } = (await api.settings.get({})).loops;
  const paused = (link.status?.pausedUntil ?? 0) > now;
  const placeHolder = 'No taps for … Notes and threads work as always.';
  const chosen = await prompts.ask(() =>
    vscode.window.showQuickPick(pauses(now, dayStartsAt, paused), { placeHolder }),
  );
  if (chosen) await pauseUntil(context, chosen.until);
}

export async function resumeTaps(context: ConnectedContext): Promise<void> {
  await pauseUntil(context, 0);
}

async function pauseUntil({ api, clock }: ConnectedContext, until: number): Promise<void> {
  await api.interruptions.pause({ until });
  const words =
    until === 0
      ? '$(bell) Taps are on again'
      : `$(bell-slash) No taps until ${pausedUntil(until, clock.now())}`;
  vscode.window.setStatusBarMessage(words, 4000);
}
