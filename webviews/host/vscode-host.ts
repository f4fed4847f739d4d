import type { SocketLike } from '../../companion/client/index.ts';
import type { AskerPlace } from '../model/asker-place.ts';
import { HOME, type Location, parseLocation } from '../model/location.ts';
import type { Host } from './host.ts';
import { type FromWebview, parseToWebview, type ToWebview } from './messages.ts';
import { MemoryNavigation } from './navigation.ts';
import { opened, RelaySocket } from './relay-socket.ts';

/** What VS Code gives a webview. */
export interface VsCodeApi {
  postMessage(message: FromWebview): void;
  getState(): Record<string, unknown> | undefined;
  setState(state: Record<string, unknown>): void;
}

const FIRST_CONTEXT_MS = 3000;

/** The app inside a webview: frames go through the extension, themes and places come from the editor. */
export async function createVsCodeHost(api: VsCodeApi): Promise<Host> {
  let state = api.getState() ?? {};
  let workspace: string | null = null;
  let socket: RelaySocket | null = null;
  let sockets = 0;
  let place: AskerPlace | null = null;
  const placeListeners = new Set<(place: AskerPlace | null) => void>();
  const workspaceListeners = new Set<(workspace: string | null) => void>();

  const setState = (key: string, value: unknown) => {
    state = { ...state, [key]: value };
    api.setState(state);
    api.postMessage({ type: 'kept', state });
  };
  // A view that comes back stays where it was, whatever route it was made for.
  let restored = state.location as Location | undefined;
  const at = ({ route }: Location) => api.postMessage({ type: 'at', view: route });
  const navigation = new MemoryNavigation(restored ?? HOME, (location) => {
    setState('location', location);
    at(location);
  });
  const choose = (folder: string | null) => {
    workspace = folder;
    for (const listener of [...workspaceListeners]) listener(folder);
  };
  const take = (message: ToWebview) => {
    if (message.type === 'place') {
      place = message.place;
      for (const listener of [...placeListeners]) listener(place);
      return;
    }
    if (message.type !== 'context') return socket?.receive(message);
    choose(message.workspace);
    if (message.state && api.getState() === undefined) {
      state = { ...message.state, ...state };
      api.setState(state);
      restored = state.location as Location | undefined;
      if (restored) navigation.go(restored);
    }
    const location =
      message.route === undefined ? null : parseLocation(`#/${message.route.replace(/^[#/]+/, '')}`);
    if (location && !restored) navigation.go(location);
    restored = undefined;
  };

  addEventListener('message', (event: MessageEvent) => {
    const message = parseToWebview(event.data);
    if (message) take(message);
  });
  // Listens after `take`, so that the app is first drawn at the place that the context names.
  const context = firstContext();
  api.postMessage({ type: 'ready' });
  await context;
  at(navigation.current);

  return {
    kind: 'vscode',
    navigation,
    get workspace() {
      return workspace;
    },
    onWorkspace(listener) {
      workspaceListeners.add(listener);
      return { dispose: () => void workspaceListeners.delete(listener) };
    },
    choose,
    get place() {
      return place;
    },
    onPlace(listener) {
      placeListeners.add(listener);
      return { dispose: () => void placeListeners.delete(listener) };
    },
    async open() {
      socket = new RelaySocket(++sockets, (message) => api.postMessage(message));
      return (await opened(socket)) as SocketLike;
    },
    onRefused: () => ({ dispose() {} }),
    hrefOf: () => null,
    async openEvidence(folder, target) {
      api.postMessage({ type: 'open', workspace: folder, target });
      return null;
    },
    async save(name, text) {
      api.postMessage({ type: 'save', name, text });
      return null;
    },
    start: () => api.postMessage({ type: 'start' }),
    sees: (run, digest) => api.postMessage({ type: 'sees', run, digest }),
    getState: <T>(key: string) => state[key] as T | undefined,
    setState,
    // A hidden editor's page may look visible to itself; the extension, which knows, tells so.
    get reducedMotion() {
      return (
        document.body.classList.contains('vscode-reduce-motion') ||
        matchMedia('(prefers-reduced-motion)').matches
      );
    },
    appearance: null,
  };
}

/** Resolves with the first context, or without one when the extension does not answer in time. */
function firstContext(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, FIRST_CONTEXT_MS);
    const heard = (event: MessageEvent) => {
      if (parseToWebview(event.data)?.type !== 'context') return;
      clearTimeout(timer);
      removeEventListener('message', heard);
      resolve();
    };
    addEventListener('message', heard);
  });
}
