import * as vscode from 'vscode';
import { CLOSED_DOORS_HERE, DOOR_CHOICES, type DoorChoice } from '../doors/door-choices.ts';
import { here } from '../pulse/pulse.ts';
import { inLabel } from '../text/plain.ts';
import type { Folder } from '../workspace/folders.ts';
import type { ConnectedContext } from './context.ts';

/** Shows what may leave a folder towards the editor's chat and its models, each with what follows, to open or close. */
export async function doors(context: ConnectedContext): Promise<void> {
  const { api, link, prompts } = context;
  const folder = await choose(context);
  if (!folder) return;
  const known = here(link.status, [folder.path])[0]?.doors ?? CLOSED_DOORS_HERE;
  const items = DOOR_CHOICES.map((choice) => ({ ...choice, picked: known[choice.door] }));
  const note = known.confidential ? ' It is marked confidential: no open door lets anything out.' : '';
  const chosen = await prompts.ask(() =>
    vscode.window.showQuickPick<DoorChoice>(items, {
      canPickMany: true,
      ignoreFocusOut: true,
      title: `What may leave ${inLabel(folder.name)}?${note}`,
      placeHolder: 'Checked is open. Private threads stay here whatever is open.',
    }),
  );
  if (!chosen) return;
  const open = new Set(chosen.map(({ door }) => door));
  const wanted = Object.fromEntries(DOOR_CHOICES.map(({ door }) => [door, open.has(door)]));
  const changed = DOOR_CHOICES.filter(({ door }) => known[door] !== open.has(door));
  if (changed.length === 0) return;
  await api.workspaces.doors({ path: folder.path, ...wanted });
  const words = changed.map(({ door, word }) => `${open.has(door) ? 'open to' : 'closed to'} ${word}`);
  vscode.window.setStatusBarMessage(`$(plug) ${inLabel(folder.name)}: ${words.join(', ')}.`, 6000);
}

async function choose({ folders, prompts }: ConnectedContext): Promise<Folder | null> {
  const all = folders.all;
  if (all.length <= 1) return all[0] ?? null;
  const chosen = await prompts.ask(() =>
    vscode.window.showQuickPick(
      all.map((folder) => ({ label: inLabel(folder.name), description: folder.path, folder })),
      { title: 'The doors of which folder?' },
    ),
  );
  return chosen?.folder ?? null;
}
