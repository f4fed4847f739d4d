import * as vscode from 'vscode';
import type { Clock, Disposable } from '../../companion/kernel/index.ts';
import type { AskerPlace } from '../../webviews/model/asker-place.ts';
import { placeHere } from '../chat/place-here.ts';
import type { Folders } from '../workspace/folders.ts';

/** A cursor that moves is told of when it rests for so long. */
const REST_MS = 250;

/** Tells where the active editor is, now and whenever it is elsewhere: what "this file" means in a question. */
export function followEditor(
  folders: Folders,
  clock: Clock,
  tell: (place: AskerPlace | null) => void,
): Disposable & { again(): void } {
  let told: string | null = null;
  let resting: Disposable | null = null;
  const look = () => {
    const place = placeHere(folders, false)?.place ?? null;
    const key = JSON.stringify(place);
    if (key === told) return;
    told = key;
    tell(place);
  };
  const soon = () => {
    resting?.dispose();
    resting = clock.after(REST_MS, look);
  };
  const listening = [
    vscode.window.onDidChangeActiveTextEditor(soon),
    vscode.window.onDidChangeTextEditorSelection(soon),
  ];
  return {
    again() {
      told = null;
      look();
    },
    dispose() {
      resting?.dispose();
      for (const one of listening) one.dispose();
    },
  };
}
