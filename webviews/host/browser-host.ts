import type { SocketLike } from '../../companion/client/index.ts';
import type { Appearance } from './appearance.ts';
import { clipboardText, editorHref } from './editor-links.ts';
import type { Host } from './host.ts';
import type { LoginEdge, Session } from './login.ts';
import { HashNavigation } from './navigation.ts';

const SESSION = 'progeny.session';
const VIEW = 'progeny.view';

/** The browser's side of a login: address, tab storage, and the one call that needs no token. */
export const browserLogin: LoginEdge = {
  get hash() {
    return location.hash;
  },
  stored: () => readJson<Session>(SESSION),
  store: (session) => sessionStorage.setItem(SESSION, JSON.stringify(session)),
  clean: (view) => history.replaceState(null, '', `${location.pathname}${location.search}#/${view}`),
  async exchange(code) {
    const response = await fetch('/v1/auth/exchange', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code }),
    });
    if (!response.ok) return null;
    return ((await response.json()) as { token: string }).token;
  },
};

/** The app at the companion's own address. */
export function createBrowserHost(login: Session, appearance: Appearance): Host {
  let session = login;
  let view = readJson<Record<string, unknown>>(VIEW) ?? {};
  const refused = new Set<() => void>();
  const workspaceListeners = new Set<(workspace: string | null) => void>();

  return {
    kind: 'browser',
    navigation: new HashNavigation(),
    get workspace() {
      return session.workspace;
    },
    onWorkspace(listener) {
      workspaceListeners.add(listener);
      return { dispose: () => void workspaceListeners.delete(listener) };
    },
    choose(workspace) {
      session = { ...session, workspace };
      browserLogin.store(session);
      for (const listener of [...workspaceListeners]) listener(workspace);
    },
    place: null,
    onPlace: () => ({ dispose() {} }),
    async open() {
      const address = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/v1/socket`;
      const socket = new WebSocket(address, ['progeny.v1', `token.${session.token}`]);
      if (await opens(socket)) return socket as SocketLike;
      if (await isRefused(session.token)) {
        sessionStorage.removeItem(SESSION);
        for (const listener of [...refused]) listener();
        throw new Error('The session has ended.');
      }
      throw new Error(`The companion does not answer at ${location.origin}.`);
    },
    onRefused(listener) {
      refused.add(listener);
      return { dispose: () => void refused.delete(listener) };
    },
    hrefOf: (workspace, target) => editorHref(appearance.editor, workspace, target),
    async openEvidence(workspace, target) {
      const text = clipboardText(workspace, target);
      try {
        await navigator.clipboard.writeText(text);
        return `Copied: ${text}`;
      } catch {
        return `This browser does not let the page copy. It is: ${text}`;
      }
    },
    async save(name, text) {
      const address = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
      const link = document.createElement('a');
      link.href = address;
      link.download = name;
      link.click();
      URL.revokeObjectURL(address);
      return `Saved as ${name}, where this browser keeps downloads.`;
    },
    start: null,
    sees: null,
    getState: <T>(key: string) => view[key] as T | undefined,
    setState(key, value) {
      view = { ...view, [key]: value };
      sessionStorage.setItem(VIEW, JSON.stringify(view));
    },
    get reducedMotion() {
      return matchMedia('(prefers-reduced-motion)').matches;
    },
    appearance,
  };
}

function opens(socket: WebSocket): Promise<boolean> {
  return new Promise((resolve) => {
    socket.addEventListener('open', () => resolve(true), { once: true });
    socket.addEventListener('close', () => resolve(false), { once: true });
  });
}

/** A browser does not tell why a socket was refused, so ask over HTTP. */
async function isRefused(token: string): Promise<boolean> {
  try {
    const response = await fetch('/v1/status', { headers: { authorization: `Bearer ${token}` } });
    return response.status === 401;
  } catch {
    return false;
  }
}

function readJson<T>(key: string): T | null {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? 'null') as T | null;
  } catch {
    return null;
  }
}
