import * as vscode from 'vscode';
import type { Disposable } from '../../companion/kernel/index.ts';
import type { Ghost } from '../ghost.ts';
import type { HostedApp } from './host-app.ts';

export interface AppViewOptions {
  /** The id of the view in the side bar. */
  readonly view: string;
  /** The place of the web app that it shows first. */
  readonly route: string;
  readonly title: string;
}

/** A place of the web app as a view of the side bar. The web app's code is loaded when the view is first opened. */
export class AppView {
  readonly #ghost: () => Ghost;
  readonly #options: AppViewOptions;
  #app: HostedApp | null = null;
  /** Asked for before there was a view to show it in. */
  #wanted: string | null = null;

  constructor(ghost: () => Ghost, options: AppViewOptions) {
    this.#ghost = ghost;
    this.#options = options;
  }

  register(): readonly Disposable[] {
    return [
      vscode.window.registerWebviewViewProvider(this.#options.view, {
        resolveWebviewView: (view) => this.#show(view),
      }),
    ];
  }

  /** Shows the view, at this place of the web app. */
  async go(route: string): Promise<void> {
    this.#wanted = route;
    await vscode.commands.executeCommand(`${this.#options.view}.focus`);
    this.#lead();
  }

  async #show(view: vscode.WebviewView): Promise<void> {
    const { hostApp } = await import('./host-app.ts');
    const app = hostApp(view.webview, this.#ghost(), this.#options);
    this.#app = app;
    this.#lead();
    view.onDidChangeVisibility(() => app.shown(view.visible));
    view.onDidDispose(() => {
      app.dispose();
      if (this.#app === app) this.#app = null;
    });
  }

  #lead(): void {
    if (this.#wanted === null || !this.#app) return;
    this.#app.go(this.#wanted);
    this.#wanted = null;
  }
}
