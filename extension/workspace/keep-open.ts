import * as vscode from 'vscode';
import type { Disposable } from '../../companion/kernel/index.ts';
import type { Ghost } from '../ghost.ts';
import { pushUserSettings } from '../settings/push-settings.ts';

/** Registers this window's folders whenever there is something new to say: connection, folders, trust. */
export function keepFoldersOpen(ghost: Ghost): readonly Disposable[] {
  const { link, folders, picture } = ghost;
  const open = async () => {
    if (folders.virtual) return link.rest();
    if (!link.api) return link.lookAgain();
    await folders.open(link.api);
    picture.refresh();
  };
  return [
    link.onChange(({ state }) => {
      // What is never to be recorded must be known before anything is looked at.
      if (state === 'connected') void pushUserSettings(ghost).then(open);
    }),
    folders.onChange(() => void open()),
    vscode.workspace.onDidGrantWorkspaceTrust(() => void open()),
  ];
}
