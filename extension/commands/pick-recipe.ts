import * as vscode from 'vscode';
import type { WheelRecipe } from '../../companion/protocol/index.ts';
import { recipeRows } from '../wheel/recipe-rows.ts';

export interface PickedRecipe {
  readonly recipe: WheelRecipe;
  /** Also what may be left out is to be asked. */
  readonly closely: boolean;
}

/** Offers what can be delegated; a row whose questions may all be left out begins at once, or asks by its button. */
export async function pickRecipe(
  title: string,
  recipes: readonly WheelRecipe[],
): Promise<PickedRecipe | undefined> {
  const more: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('settings-gear'),
    tooltip: 'With options…',
  };
  const items = recipeRows(recipes).map(({ separator, hasOptions, ...row }) => ({
    ...row,
    ...(separator && { kind: vscode.QuickPickItemKind.Separator }),
    ...(hasOptions && { buttons: [more] }),
  }));
  const pick = vscode.window.createQuickPick<(typeof items)[number]>();
  Object.assign(pick, {
    title,
    placeholder: 'It is tried on a copy and shown to you first. Nothing happens without your yes.',
    matchOnDetail: true,
    items,
  });
  return new Promise<PickedRecipe | undefined>((resolve) => {
    pick.onDidTriggerItemButton(({ item: { recipe } }) => recipe && resolve({ recipe, closely: true }));
    pick.onDidAccept(() => {
      const recipe = pick.selectedItems[0]?.recipe;
      if (recipe) resolve({ recipe, closely: false });
    });
    pick.onDidHide(() => resolve(undefined));
    pick.show();
  }).finally(() => pick.dispose());
}
