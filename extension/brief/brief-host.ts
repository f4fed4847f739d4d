import { randomBytes } from 'node:crypto';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Disposable } from '../../companion/kernel/index.ts';
import type { ToWebview } from '../../webviews/host/messages.ts';
import { page } from '../../webviews/page.ts';
import type { Ghost } from '../ghost.ts';
import { goTo } from '../go/go-to.ts';
import { Relay } from './relay.ts';
import { parseWebviewMessage } from './webview-message.ts';

/** Hosts the web app in one webview: page, context, relay, and what its links ask for. Dispose with the webview. */
export function hostApp(webview: vscode.Webview, ghost: Ghost, route: string): Disposable {
  const media = vscode.Uri.file(path.join(ghost.extensionPath, 'media'));
  const built = vscode.Uri.file(path.join(ghost.extensionPath, 'dist', 'webview'));
  const asset = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(built, name)).toString();
  webview.options = { enableScripts: true, localResourceRoots: [built, media] };

  const post = (message: ToWebview) => void webview.postMessage(message);
  const relay = new Relay(() => ghost.link.openRelay(), post);
  const context = (withRoute: boolean) =>
    post({ type: 'context', workspace: ghost.folders.current?.path ?? null, ...(withRoute && { route }) });

  const listening = [
    webview.onDidReceiveMessage((received: unknown) => {
      const message = parseWebviewMessage(received);
      if (!message) return ghost.log.warn({}, 'a webview sent something that is no message of ours');
      switch (message.type) {
        case 'ready':
          return context(true);
        case 'socket':
        case 'frame':
          return relay.take(message);
        case 'start':
          return void vscode.commands.executeCommand('progeny.startCompanion');
        case 'open': {
          const folder = ghost.folders.byPath(message.workspace);
          if (folder) void goTo(folder, message.target, ghost.clock.now());
        }
      }
    }),
    ghost.folders.onChange(() => context(false)),
  ];

  webview.html = page({
    nonce: randomBytes(24).toString('base64url'),
    cspSource: webview.cspSource,
    scriptUri: asset('main.js'),
    styleUris: [asset('main.css')],
    host: 'vscode',
    title: 'Where you are',
  });
  return {
    dispose() {
      relay.dispose();
      for (const one of listening) one.dispose();
    },
  };
}
