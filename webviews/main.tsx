import { render } from 'preact';
import { CompanionClient } from '../companion/client/index.ts';
import { version } from '../package.json';
import { App } from './app/app.tsx';
import { LoginPage } from './app/login-page.tsx';
import { browserClock } from './data/clock.ts';
import { restWhileHidden } from './data/rest-while-hidden.ts';
import { browserAppearance } from './host/appearance.ts';
import { browserLogin, createBrowserHost } from './host/browser-host.ts';
import type { Host } from './host/host.ts';
import { login } from './host/login.ts';
import { createVsCodeHost } from './host/vscode-host.ts';
import './styles/index.css';

function show(host: Host, root: HTMLElement): void {
  const client = new CompanionClient({
    open: () => host.open(),
    kind: host.kind === 'vscode' ? 'webview' : 'browser',
    version,
    clock: browserClock,
  });
  restWhileHidden(client, document, browserClock);
  render(<App host={host} client={client} />, root);
}

async function start(root: HTMLElement): Promise<void> {
  if (typeof acquireVsCodeApi === 'function') return show(await createVsCodeHost(acquireVsCodeApi()), root);
  const appearance = browserAppearance(localStorage);
  const result = await login(browserLogin);
  if (result.session) show(createBrowserHost(result.session, appearance), root);
  else render(<LoginPage reason={result.reason} />, root);
}

const root = document.getElementById('app');
if (root) void start(root);
