import * as vscode from 'vscode';
import { dataDirectory } from '../../companion/kernel/node.ts';

/** Whether the companion starts by itself. */
export function autoStart(): boolean {
  return vscode.workspace.getConfiguration('progeny').get('autoStart', true);
}

/** The data directory of this user: the setting, else what every other client takes. */
export function chosenDataDirectory(): string {
  const chosen = vscode.workspace.getConfiguration('progeny').get('dataDirectory', '').trim();
  return dataDirectory(chosen ? { ...process.env, PROGENY_DATA_DIR: chosen } : process.env);
}
