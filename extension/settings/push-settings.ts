import * as vscode from 'vscode';
import type { Disposable } from '../../companion/kernel/index.ts';
import type { Settings } from '../../companion/protocol/index.ts';
import type { Ghost } from '../ghost.ts';
import { changes, settingKeys } from './changes.ts';

const SECTION = 'progeny';

/** Brings the settings that the user set in the editor to the companion; those left alone stay as other clients set them. */
export async function pushUserSettings(ghost: Ghost): Promise<void> {
  await push(ghost, (key) => configuration().inspect(key)?.globalValue);
}

/** Brings each setting to the companion when it changes, also one that goes back to its default. */
export function createSettingsPush(ghost: Ghost): readonly Disposable[] {
  return [
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration(SECTION)) return;
      const changed = (key: string) => event.affectsConfiguration(`${SECTION}.${key}`);
      void push(ghost, (key) => (changed(key) ? configuration().get(key) : undefined));
      ghost.link.lookAgain();
    }),
  ];
}

async function push({ link, log }: Ghost, pick: (key: string) => unknown): Promise<void> {
  try {
    const present = await link.api?.settings.get({});
    const patch = present && changes(present, gather(present, pick));
    if (patch) await link.api?.settings.update(patch);
  } catch (error) {
    log.warn({ error: String(error) }, 'the settings could not be brought to the companion');
  }
}

function configuration(): vscode.WorkspaceConfiguration {
  return vscode.workspace.getConfiguration(SECTION);
}

function gather(all: Settings, pick: (key: string) => unknown): Record<string, Record<string, unknown>> {
  const values: Record<string, Record<string, unknown>> = {};
  for (const key of settingKeys(all)) {
    const value = pick(key);
    const [room = '', name = ''] = key.split('.');
    if (value !== undefined) values[room] = { ...values[room], [name]: value };
  }
  return values;
}
