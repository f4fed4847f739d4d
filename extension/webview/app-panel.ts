import path from 'node:path';
import * as vscode from 'vscode';
import type { Disposable } from '../../companion/kernel/index.ts';
import type { Ghost } from '../ghost.ts';

/** A page of the web app as an editor: at most one, shown again where it is. */
export class AppPanel implements Disposable {
  readonly #ghost: () => Ghost;
  readonly #app: { readonly route: string; readonly title: string };
  #panel: vscode.WebviewPanel | null = null;

  constructor(ghost: () => Ghost, app: { readonly route: string; readonly title: string }) {
    this.#ghost = ghost;
    this.#app = app;
  }

  async show(): Promise<void> {
    if (this.#panel) return this.#panel.reveal();
    const { route, title } = this.#app;
    const panel = vscode.window.createWebviewPanel(`progeny.${route}`, title, vscode.ViewColumn.Active, {
      enableScripts: true,
    });
    this.#panel = panel;
    const media = (name: string) => vscode.Uri.file(path.join(this.#ghost().extensionPath, 'media', name));
    panel.iconPath = { light: media('mark-light.svg'), dark: media('mark-dark.svg') };
    const { hostApp } = await import('./host-app.ts');
    const app = hostApp(panel.webview, this.#ghost(), this.#app);
    panel.onDidDispose(() => {
      app.dispose();
      this.#panel = null;
    });
  }

  dispose(): void {
    this.#panel?.dispose();
  }
}
