import * as vscode from 'vscode';
import { GROUPS, type Group, isViewId, VIEWS, type ViewId } from '../../webviews/model/views.ts';
import type { CommandContext } from './context.ts';

interface ViewItem extends vscode.QuickPickItem {
  readonly view?: ViewId;
}

/** Opens the whole app as an editor, where it was left; a link or a keybinding may name the view. */
export async function openApp({ showApp }: CommandContext, argument: unknown): Promise<void> {
  await showApp(isViewId(argument) ? argument : null);
}

/** Asks which view, by the names that the app itself shows. */
export async function goToView({ prompts, showApp }: CommandContext): Promise<void> {
  const chosen = await prompts.ask(() =>
    vscode.window.showQuickPick(viewItems(), {
      title: 'Progeny',
      placeHolder: 'Which view do you want to see?',
      matchOnDescription: true,
    }),
  );
  if (chosen?.view) await showApp(chosen.view);
}

/** Every view below the name of its group. */
function viewItems(): ViewItem[] {
  return (Object.keys(GROUPS) as Group[]).flatMap((group) => [
    { label: GROUPS[group], kind: vscode.QuickPickItemKind.Separator },
    ...VIEWS.filter((view) => view.group === group).map(({ id, icon, title, product }) => ({
      label: `$(${icon}) ${title}`,
      description: product,
      view: id,
    })),
  ]);
}
