import * as vscode from 'vscode';
import type { Disposable } from '../../companion/kernel/index.ts';
import type { Ghost } from '../ghost.ts';
import { BRIEF_VIEW } from '../manifest/views.ts';

export const BRIEF_APP = { route: 'brief', title: 'Where you are' };

/** The brief in the side bar. The web app's code is loaded when the view is first seen. */
export function createBriefView(ghost: Ghost): readonly Disposable[] {
  return [
    vscode.window.registerWebviewViewProvider(BRIEF_VIEW, {
      async resolveWebviewView(view) {
        const { hostApp } = await import('../webview/host-app.ts');
        const app = hostApp(view.webview, ghost, BRIEF_APP);
        view.onDidDispose(() => app.dispose());
      },
    }),
  ];
}
