import { randomBytes } from 'node:crypto';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Disposable } from '../../companion/kernel/index.ts';
import { readAssets } from '../../webviews/assets.ts';
import type { Kept, ToWebview } from '../../webviews/host/messages.ts';
import { page } from '../../webviews/page.ts';
import type { Ghost } from '../ghost.ts';
import { goTo } from '../go/go-to.ts';
import { followEditor } from './follow-editor.ts';
import { Relay } from './relay.ts';
import { saveText } from './save-text.ts';
import { parseWebviewMessage } from './webview-message.ts';

/** The web app in one webview. */
export interface HostedApp extends Disposable {
  /** Leads it to a route, as soon as it can be led. */
  go(route: string): void;
  /** Whether it can be seen. Its page is taken down while it is hidden, and says so itself when it is up again. */
  shown(visible: boolean): void;
}

export interface HostAppOptions {
  /** The place that it shows first, where it does not come back from elsewhere. */
  readonly route: string;
  readonly title: string;
  sees?(run: string, digest: string): void;
  /** It shows another view now. */
  moved?(view: string): void;
}

/** Hosts the web app in one webview: page, context, relay, and what its links ask for. Dispose with the webview. */
export function hostApp(
  webview: vscode.Webview,
  ghost: Ghost,
  { route, title, sees, moved }: HostAppOptions,
): HostedApp {
  const media = vscode.Uri.file(path.join(ghost.extensionPath, 'media'));
  const built = vscode.Uri.file(path.join(ghost.extensionPath, 'dist', 'webview'));
  const asset = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(built, name)).toString();
  webview.options = { enableScripts: true, localResourceRoots: [built, media] };

  const post = (message: ToWebview) => void webview.postMessage(message);
  const relay = new Relay(() => ghost.link.openRelay(), post, ghost.clock);
  const context = (to?: string, state?: Kept | null) =>
    post({
      type: 'context',
      workspace: ghost.folders.current?.path ?? null,
      ...(to !== undefined && { route: to }),
      ...(state && { state }),
    });
  const following = followEditor(ghost.folders, ghost.clock, (place) => {
    if (ready) post({ type: 'place', place });
  });
  let ready = false;
  let hidden = false;
  /** Where it was led, until it says where it is: a page may go before it heard. */
  let wanted: string | null = null;
  /** What its page wants to find again. */
  let kept: Kept | null = null;
  const listens = () => {
    ready = true;
    // A page that comes back stays where it was; what was asked for meanwhile is told in a word of its own.
    if (wanted !== null) context(wanted);
    following.again();
  };

  const listening = [
    following,
    webview.onDidReceiveMessage((received: unknown) => {
      const message = parseWebviewMessage(received);
      if (!message) return ghost.log.warn({}, 'a webview sent something that is no message of ours');
      switch (message.type) {
        case 'ready':
          context(route, kept);
          return listens();
        case 'socket':
          if (hidden && message.state === 'open')
            return post({ type: 'socket', id: message.id, state: 'closed', problem: 'The page is hidden.' });
          // A page that was hidden for a moment only was never taken down.
          if (!ready && message.state === 'open') listens();
          return relay.take(message);
        case 'frame':
        case 'taken':
          return relay.take(message);
        case 'at':
          wanted = null;
          return moved?.(message.view);
        case 'kept':
          kept = message.state;
          return;
        case 'sees':
          return sees?.(message.run, message.digest);
        case 'save':
          return void saveText(message.name, message.text, ghost);
        case 'start':
          return void vscode.commands.executeCommand('progeny.startCompanion');
        case 'open': {
          const folder = ghost.folders.byPath(message.workspace);
          if (folder) void goTo(folder, message.target, ghost.clock.now());
        }
      }
    }),
    ghost.folders.onChange(() => ready && context()),
  ];

  const assets = readAssets(built.fsPath);
  if (!assets) throw new Error(`The web app is missing from this installation: ${built.fsPath}.`);
  webview.html = page({
    nonce: randomBytes(24).toString('base64url'),
    cspSource: webview.cspSource,
    scriptUri: asset(assets.script),
    styleUris: assets.styles.map(asset),
    host: 'vscode',
    title,
  });
  return {
    go(to) {
      wanted = to;
      if (ready) context(to);
    },
    shown(visible) {
      hidden = !visible;
      if (visible) return;
      ready = false;
      relay.rest();
    },
    dispose() {
      relay.dispose();
      for (const one of listening) one.dispose();
    },
  };
}
