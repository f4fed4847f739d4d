import * as vscode from 'vscode';
import type { Disposable } from '../../companion/kernel/index.ts';
import type { Ghost } from '../ghost.ts';
import { MEMORY_VIEW } from '../manifest/views.ts';
import type { HostedApp } from '../webview/host-app.ts';
import { memoryRoute } from './question.ts';

const APP = { route: 'memory', title: 'Memory' };

/** Memory in the side bar. The web app's code is loaded when the view is first opened. */
export class MemoryView {
  readonly #ghost: () => Ghost;
  #app: HostedApp | null = null;
  /** Asked for before there was a view to ask in. */
  #wanted: string | null = null;

  constructor(ghost: () => Ghost) {
    this.#ghost = ghost;
  }

  register(): readonly Disposable[] {
    return [
      vscode.window.registerWebviewViewProvider(MEMORY_VIEW, {
        resolveWebviewView: (view) => this.#show(view),
      }),
    ];
  }

  /** Shows the view with the question in it; without one, ready for one. */
  async search(question: string): Promise<void> {
    const route = memoryRoute(question);
    this.#wanted = route;
    await vscode.commands.executeCommand(`${MEMORY_VIEW}.focus`);
    this.#ask();
  }

  async #show(view: vscode.WebviewView): Promise<void> {
    const { hostApp } = await import('../webview/host-app.ts');
    const app = hostApp(view.webview, this.#ghost(), APP);
    this.#app = app;
    this.#ask();
    view.onDidChangeVisibility(() => {
      if (!view.visible) app.rested();
    });
    view.onDidDispose(() => {
      app.dispose();
      if (this.#app === app) this.#app = null;
    });
  }

  #ask(): void {
    if (this.#wanted === null || !this.#app) return;
    this.#app.go(this.#wanted);
    this.#wanted = null;
  }
}
