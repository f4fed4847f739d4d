import path from 'node:path';
import * as vscode from 'vscode';
import type { Disposable } from '../../companion/kernel/index.ts';
import { type Location, to } from '../../webviews/model/location.ts';
import type { Ghost } from '../ghost.ts';
import type { HostedApp } from '../webview/host-app.ts';
import { routeOf } from '../webview/route-of.ts';

/** The web app's page of a run as an editor: at most one, which goes from run to run. */
export class RunPanel implements Disposable {
  readonly #ghost: () => Ghost;
  readonly #changed: () => void;
  #panel: vscode.WebviewPanel | null = null;
  #app: HostedApp | null = null;
  /** Where its page says that it is. */
  #at: Location | null = null;

  constructor(ghost: () => Ghost, changed: () => void) {
    this.#ghost = ghost;
    this.#changed = changed;
  }

  /** The run that is seen now: the panel is the active editor, and its page is at that run. */
  get inSight(): string | null {
    if (!this.#panel?.active || !this.#panel.visible) return null;
    return this.#at?.route === 'wheel' ? this.#at.id : null;
  }

  async show(run: string | null): Promise<void> {
    const route = routeOf(to('wheel', run));
    if (this.#panel) {
      this.#app?.go(route);
      this.#panel.reveal();
      return;
    }
    const panel = vscode.window.createWebviewPanel(
      'progeny.wheel',
      'Delegated work',
      vscode.ViewColumn.Active,
      {
        enableScripts: true,
      },
    );
    this.#panel = panel;
    const media = (name: string) => vscode.Uri.file(path.join(this.#ghost().extensionPath, 'media', name));
    panel.iconPath = { light: media('mark-light.svg'), dark: media('mark-dark.svg') };
    const { hostApp } = await import('../webview/host-app.ts');
    const at = (location: Location) => {
      this.#at = location;
      this.#changed();
    };
    const app = hostApp(panel.webview, this.#ghost(), { route, title: 'Delegated work', at });
    this.#app = app;
    panel.onDidChangeViewState(() => {
      // Its page is taken down while it is hidden, and says anew where it is.
      if (!panel.visible) {
        this.#at = null;
        app.rested();
      }
      this.#changed();
    });
    panel.onDidDispose(() => {
      app.dispose();
      this.#panel = null;
      this.#app = null;
      this.#at = null;
      this.#changed();
    });
  }

  dispose(): void {
    this.#panel?.dispose();
  }
}
