import * as vscode from 'vscode';
import type { Disposable } from '../../companion/kernel/index.ts';
import type { Ghost } from '../ghost.ts';
import { inLabel, inMessage } from '../text/plain.ts';
import { moment } from '../text/time.ts';
import { ForgetDesk } from './forget-desk.ts';
import { amount } from './forget-words.ts';

/** Asks whenever an agent asks, and again for what waits when the window connects or gets the focus. */
export function createForgetDesk({ link, prompts, clock, log }: Ghost): readonly Disposable[] {
  const desk = new ForgetDesk(
    {
      get focused() {
        return vscode.window.state.focused;
      },
      ask: (text, labels) => vscode.window.showInformationMessage(text, ...labels),
      list: ({ preview }) =>
        prompts.ask(() =>
          vscode.window.showQuickPick(
            (preview?.preview ?? []).map(({ excerpt, kind, happenedAt }) => ({
              label: inLabel(excerpt),
              description: `${kind}, ${moment(happenedAt, clock.now())}`,
            })),
            {
              title: `Would be forgotten: ${preview ? amount(preview) : ''}`,
              placeHolder: 'Nothing is forgotten yet. Escape goes back to the question.',
            },
          ),
        ),
      tell: (text) => void vscode.window.showInformationMessage(inMessage(text)),
    },
    () => link.api,
    log,
  );
  return [
    link.onEvent(({ type }) => {
      if (type === 'forget.requested') void desk.look();
    }),
    link.onChange(({ state }) => {
      if (state === 'connected') void desk.look();
    }),
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused) void desk.look();
    }),
  ];
}
