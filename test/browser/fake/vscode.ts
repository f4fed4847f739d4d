import type { Page } from 'playwright-core';
import { TOKEN } from './server.ts';

/** What the editor's default dark theme gives a webview, as far as the app uses it. */
const DARK_MODERN: Record<string, string> = {
  'font-family': 'system-ui, sans-serif',
  'font-size': '13px',
  'font-weight': 'normal',
  'editor-font-family': 'monospace',
  foreground: '#cccccc',
  descriptionForeground: '#9d9d9d',
  errorForeground: '#f85149',
  focusBorder: '#0078d4',
  'textLink-foreground': '#4daafc',
  'textLink-activeForeground': '#4daafc',
  'textCodeBlock-background': '#2b2b2b',
  'editor-background': '#1f1f1f',
  'sideBar-background': '#181818',
  'panel-border': '#2b2b2b',
  'editorWidget-background': '#202020',
  'widget-border': '#313131',
  'widget-shadow': '#0000005c',
  'menu-background': '#1f1f1f',
  'menu-border': '#454545',
  'button-background': '#0078d4',
  'button-foreground': '#ffffff',
  'button-hoverBackground': '#026ec1',
  'button-border': '#ffffff12',
  'button-secondaryBackground': '#313131',
  'button-secondaryForeground': '#cccccc',
  'button-secondaryHoverBackground': '#3c3c3c',
  'toolbar-hoverBackground': '#5a5d5e50',
  'settings-textInputBackground': '#313131',
  'settings-textInputForeground': '#cccccc',
  'settings-textInputBorder': '#3c3c3c',
  'input-placeholderForeground': '#989898',
  'settings-dropdownBackground': '#313131',
  'settings-dropdownForeground': '#cccccc',
  'settings-dropdownBorder': '#3c3c3c',
  'settings-checkboxBackground': '#313131',
  'settings-checkboxForeground': '#cccccc',
  'settings-checkboxBorder': '#3c3c3c',
  'list-hoverBackground': '#2a2d2e',
  'list-activeSelectionBackground': '#04395e',
  'list-activeSelectionForeground': '#ffffff',
  'list-inactiveSelectionBackground': '#37373d',
  'editorInfo-foreground': '#3794ff',
  'editorWarning-foreground': '#cca700',
  'editorError-foreground': '#f14c4c',
};

/**
 * Makes the page believe that it is a webview: theme variables, state, and an extension that relays frames. What
 * the app asks of it beside frames lies in `window.asked`.
 */
export async function asWebview(
  page: Page,
  context: { workspace: string | null; route?: string },
): Promise<void> {
  await page.addInitScript(standIn, { theme: DARK_MODERN, token: TOKEN, context });
}

interface StandIn {
  theme: Record<string, string>;
  token: string;
  context: { workspace: string | null; route?: string };
}

/** Runs in the page, before its own script. */
function standIn({ theme, token, context }: StandIn): void {
  const asked: unknown[] = [];
  const post = (message: unknown) => postMessage(message, '*');
  let socket: WebSocket | null = null;
  const relay = (message: { type: string; id: number; state?: string; data?: string }) => {
    if (message.type === 'frame') return socket?.send(message.data ?? '');
    if (message.state === 'closed') return socket?.close();
    const { id } = message;
    socket = new WebSocket(`ws://${location.host}/v1/socket`, ['progeny.v1', `token.${token}`]);
    socket.onopen = () => post({ type: 'socket', id, state: 'open' });
    socket.onmessage = ({ data }) => post({ type: 'frames', id, data: [data] });
    socket.onclose = () =>
      post({ type: 'socket', id, state: 'closed', problem: 'The companion is not running.' });
  };
  addEventListener('DOMContentLoaded', () => {
    document.body.classList.add('vscode-dark');
    for (const [name, value] of Object.entries(theme))
      document.documentElement.style.setProperty(`--vscode-${name}`, value);
    // The editor draws the side bar below.
    document.documentElement.style.setProperty('background', theme['sideBar-background'] ?? '');
  });
  Object.assign(window, {
    asked,
    acquireVsCodeApi: () => ({
      postMessage(message: { type: string; id: number }) {
        if (message.type === 'ready') return post({ type: 'context', ...context });
        if (message.type === 'socket' || message.type === 'frame') return relay(message);
        if (['taken', 'at', 'kept'].includes(message.type)) return;
        asked.push(message);
      },
      getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
      setState: (state: unknown) => sessionStorage.setItem('state', JSON.stringify(state)),
    }),
  });
}
