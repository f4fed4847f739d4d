import path from 'node:path';
import * as vscode from 'vscode';
import type { Disposable } from '../../companion/kernel/index.ts';
import type { Ghost } from '../ghost.ts';
import { BRIEF_VIEW } from '../manifest/views.ts';

const APP = { route: 'brief', title: 'Where you are' };

/** The brief in the side bar. The web app's code is loaded when the view is first seen. */
export function createBriefView(ghost: Ghost): readonly Disposable[] {
  return [
    vscode.window.registerWebviewViewProvider(BRIEF_VIEW, {
      async resolveWebviewView(view) {
        const { hostApp } = await import('../webview/host-app.ts');
        const app = hostApp(view.webview, ghost, APP);
        view.onDidDispose(() => app.dispose());
      },
    }),
  ];
}

/** The brief as an editor: at most one, shown again where it is. */
export class BriefPanel implements Disposable {
  readonly #ghost: () => Ghost;
  #panel: vscode.WebviewPanel | null = null;

  constructor(ghost: () => Ghost) {
    this.#ghost = ghost;
  }

  async show(): Promise<void> {
    if (this.#panel) return this.#panel.reveal();
    const panel = vscode.window.createWebviewPanel(
      'progeny.brief',
      'Where you are',
      vscode.ViewColumn.Active,
      {
        enableScripts: true,
      },
    );
    this.#panel = panel;
    const media = (name: string) => vscode.Uri.file(path.join(this.#ghost().extensionPath, 'media', name));
    panel.iconPath = { light: media('mark-light.svg'), dark: media('mark-dark.svg') };
    const { hostApp } = await import('../webview/host-app.ts');
    const app = hostApp(panel.webview, this.#ghost(), APP);
    panel.onDidDispose(() => {
      app.dispose();
      this.#panel = null;
    });
  }

  dispose(): void {
    this.#panel?.dispose();
  }
}
