import * as vscode from 'vscode';
import type { Disposable } from '../companion/kernel/index.ts';
import type { Ghost } from './ghost.ts';
import { here, openToAgents } from './pulse/pulse.ts';
import { viewState } from './view-state.ts';

/** Keeps the context keys `progeny.*` true to the picture. */
export function createContextKeys({ link, folders, picture, clock }: Ghost): readonly Disposable[] {
  const set = new Map<string, unknown>();
  const put = (key: string, value: unknown) => {
    if (set.get(key) === value) return;
    set.set(key, value);
    void vscode.commands.executeCommand('setContext', `progeny.${key}`, value);
  };
  const render = () => {
    const paths = folders.all.map(({ path }) => path);
    put('state', viewState(link.link, paths.length));
    put('paused', (link.status?.pausedUntil ?? 0) > clock.now());
    put('agents', openToAgents(link.status, paths).length > 0);
    // Until the first snapshot nobody can know that there are no threads.
    put('scanning', picture.at === null || here(link.status, paths).some(({ scanning }) => scanning));
  };
  render();
  return [picture.onChange(render), folders.onChange(render)];
}
