import path from 'node:path';
import * as vscode from 'vscode';
import type { Disposable } from '../../companion/kernel/index.ts';
import { to } from '../../webviews/model/location.ts';
import type { Ghost } from '../ghost.ts';
import type { HostedApp } from '../webview/host-app.ts';
import { routeOf } from '../webview/route-of.ts';

/** A page that says nothing for so long may hang: its countdown counts as not seen. */
const STALE_MS = 2500;

const TYPE = 'progeny.wheel';

/** The web app's page of a run as an editor: at most one, which goes from run to run and outlives a reload. */
export class RunPanel implements Disposable {
  readonly #ghost: () => Ghost;
  readonly #changed: () => void;
  #panel: vscode.WebviewPanel | null = null;
  #app: HostedApp | null = null;
  /** The run that it was opened for. */
  #run: string | null = null;
  /** What its page said last of a countdown on its screen, and when. */
  #seen: { readonly run: string; readonly digest: string; readonly at: number } | null = null;

  readonly #serializer: vscode.Disposable;

  constructor(ghost: () => Ghost, changed: () => void) {
    this.#ghost = ghost;
    this.#changed = changed;
    this.#serializer = vscode.window.registerWebviewPanelSerializer(TYPE, {
      deserializeWebviewPanel: async (panel, state: unknown) => {
        if (this.#panel) return panel.dispose();
        this.#run = runOf(state);
        await this.#fill(panel, routeOf(to('wheel', this.#run)));
      },
    });
  }

  /** The run that the active editor is about, if it is this. */
  get run(): string | null {
    return this.#panel?.active ? this.#run : null;
  }

  /** The preview whose countdown is seen now: the panel is the active editor, and its page has just said so. */
  get inSight(): { readonly run: string; readonly digest: string } | null {
    const { clock } = this.#ghost();
    if (!this.#panel?.active || !this.#panel.visible || !this.#seen) return null;
    return clock.now() - this.#seen.at < STALE_MS ? this.#seen : null;
  }

  async show(run: string | null): Promise<void> {
    const route = routeOf(to('wheel', run));
    this.#run = run;
    if (this.#panel) {
      this.#app?.go(route);
      this.#panel.reveal();
      return;
    }
    const column = vscode.ViewColumn.Active;
    await this.#fill(
      vscode.window.createWebviewPanel(TYPE, 'Delegated work', column, { enableScripts: true }),
      route,
    );
  }

  dispose(): void {
    this.#serializer.dispose();
    this.#panel?.dispose();
  }

  async #fill(panel: vscode.WebviewPanel, route: string): Promise<void> {
    this.#panel = panel;
    const media = (name: string) => vscode.Uri.file(path.join(this.#ghost().extensionPath, 'media', name));
    panel.iconPath = { light: media('mark-light.svg'), dark: media('mark-dark.svg') };
    const { hostApp } = await import('../webview/host-app.ts');
    const sees = (run: string, digest: string) => {
      this.#seen = { run, digest, at: this.#ghost().clock.now() };
      this.#changed();
    };
    const app = hostApp(panel.webview, this.#ghost(), { route, title: 'Delegated work', sees });
    this.#app = app;
    panel.onDidChangeViewState(() => {
      app.shown(panel.visible);
      if (!panel.active) this.#seen = null;
      this.#changed();
    });
    panel.onDidDispose(() => {
      app.dispose();
      this.#panel = null;
      this.#app = null;
      this.#seen = null;
      this.#changed();
    });
    this.#changed();
  }
}

/** The run that a page was at when its window went, by the state that it left. Pure. */
function runOf(state: unknown): string | null {
  const { location } = (state ?? {}) as { location?: { route?: unknown; id?: unknown } };
  return location?.route === 'wheel' && typeof location.id === 'string' ? location.id : null;
}
