import { render } from 'preact';
import { CompanionClient } from '../companion/client/index.ts';
import { version } from '../package.json';
import { App } from './app/app.tsx';
import { LoginPage } from './app/login-page.tsx';
import { browserClock } from './data/clock.ts';
import { restWhileHidden } from './data/rest-while-hidden.ts';
import { ViolationReporter } from './data/violation-reporter.ts';
import { browserAppearance } from './host/appearance.ts';
import { browserLogin, createBrowserHost } from './host/browser-host.ts';
import type { Host } from './host/host.ts';
import { login } from './host/login.ts';
import { createVsCodeHost } from './host/vscode-host.ts';
import './styles/index.css';

/** What the page's policy blocks is told from the first moment on; until there is a connection, it waits. */
let companion: CompanionClient | null = null;
const violations = new ViolationReporter({
  clock: browserClock,
  tell: (violation) =>
    companion ? companion.api.system.violation(violation) : Promise.reject(new Error('Not connected.')),
});
document.addEventListener('securitypolicyviolation', (event) => violations.note(event));

function show(host: Host, root: HTMLElement): void {
  const client = new CompanionClient({
    open: () => host.open(),
    kind: host.kind === 'vscode' ? 'webview' : 'browser',
    version,
    clock: browserClock,
  });
  companion = client;
  client.onConnection(({ state }) => {
    if (state === 'connected') violations.flush();
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
