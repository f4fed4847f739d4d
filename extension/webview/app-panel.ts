import path from 'node:path';
import * as vscode from 'vscode';
import type { Disposable } from '../../companion/kernel/index.ts';
import { VIEWS } from '../../webviews/model/views.ts';
import type { Ghost } from '../ghost.ts';
import type { HostedApp } from './host-app.ts';

export interface AppPanelOptions {
  /** The kind of editor, by which a window that is loaded again knows whose it was. */
  readonly type: `progeny.${string}`;
  /** What its tab says until the page says where it is. */
  readonly title: string;
  /** The place that it shows first. */
  readonly route: string;
}

/**
 * The web app as an editor: at most one of its type, which outlives a reload of the window. Its page is taken down while
 * it is hidden; what it kept of itself brings it back to where it was.
 */
export class AppPanel implements Disposable {
  readonly #ghost: () => Ghost;
  readonly #options: AppPanelOptions;
  readonly #serializer: vscode.Disposable;
  #panel: vscode.WebviewPanel | null = null;
  #app: HostedApp | null = null;
  /** Asked for before there was a page to lead. */
  #wanted: string | null = null;

  constructor(ghost: () => Ghost, options: AppPanelOptions) {
    this.#ghost = ghost;
    this.#options = options;
    this.#serializer = vscode.window.registerWebviewPanelSerializer(options.type, {
      deserializeWebviewPanel: async (panel) => {
        if (this.#panel) return panel.dispose();
        await this.#fill(panel);
      },
    });
  }

  /** Shows it: at this place, or where it is. */
  async show(route: string | null = null): Promise<void> {
    if (route !== null) this.#wanted = route;
    if (this.#panel) {
      this.#panel.reveal();
      return this.#lead();
    }
    const { type, title } = this.#options;
    const panel = vscode.window.createWebviewPanel(type, title, vscode.ViewColumn.Active, {
      enableScripts: true,
      enableFindWidget: true,
    });
    await this.#fill(panel);
  }

  dispose(): void {
    this.#serializer.dispose();
    this.#panel?.dispose();
  }

  async #fill(panel: vscode.WebviewPanel): Promise<void> {
    this.#panel = panel;
    const media = (name: string) => vscode.Uri.file(path.join(this.#ghost().extensionPath, 'media', name));
    panel.iconPath = { light: media('mark-light.svg'), dark: media('mark-dark.svg') };
    const gone = new Promise<void>((resolve) => {
      panel.onDidDispose(() => {
        if (this.#panel === panel) this.#panel = this.#app = null;
        resolve();
      });
    });
    const { hostApp } = await import('./host-app.ts');
    if (this.#panel !== panel) return;
    const { title, route } = this.#options;
    const app = hostApp(panel.webview, this.#ghost(), {
      route,
      title,
      moved: (view) => {
        panel.title = tabTitle(view) ?? title;
      },
    });
    this.#app = app;
    this.#lead();
    panel.onDidChangeViewState(() => app.shown(panel.visible));
    void gone.then(() => app.dispose());
  }

  #lead(): void {
    if (this.#wanted === null || !this.#app) return;
    this.#app.go(this.#wanted);
    this.#wanted = null;
  }
}

/** What a tab says of the view in it; null for what is no view. */
function tabTitle(view: string): string | null {
  const title = VIEWS.find(({ id }) => id === view)?.title;
  return title === undefined ? null : `${title} · Progeny`;
}
