import * as vscode from 'vscode';
import type { WheelRecipe } from '../../companion/protocol/index.ts';
import type { Row } from '../loops/rows.ts';
import { inMessage, shorten } from '../text/plain.ts';
import type { Known } from '../wheel/recipe-rows.ts';
import type { Folder } from '../workspace/folders.ts';
import { askSteps } from './ask-steps.ts';
import type { ConnectedContext } from './context.ts';
import { patchFromSomewhere } from './patch-source.ts';
import { pickRecipe } from './pick-recipe.ts';
import { spotHere } from './wheel-spot.ts';

const TRUST = 'Manage Trust…';
const LONGEST_ANSWER = 10_000;

/** Delegates something: one of the folder's recipes, with its options asked one by one. */
export async function takeWheel(context: ConnectedContext): Promise<void> {
  const folder = await folderFor(context);
  if (!folder || !(await mayAct(context))) return;
  const recipes = await recipesOf(context, folder);
  const chosen = await context.prompts.ask(() =>
    pickRecipe(`What shall be done in ${folder.name}?`, recipes),
  );
  if (chosen) await delegate(context, folder, chosen.recipe, {}, chosen.closely);
}

/** Delegates something about the place of the cursor, or about a thread. */
export async function takeWheelHere(context: ConnectedContext, argument: unknown): Promise<void> {
  if (!(await mayAct(context))) return;
  const spot = await spotHere(context, argument as Partial<Row> | undefined);
  if (!spot) return;
  const recipes = await recipesOf(context, spot.folder);
  const items = spot.fits.flatMap(({ recipe: name, words, known }) => {
    const recipe = recipes.find((one) => one.name === name && one.unavailable === null);
    return recipe
      ? [{ label: `$(play) ${recipe.title}: ${shorten(words, 60)}`, detail: recipe.what, recipe, known }]
      : [];
  });
  if (items.length === 0) {
    await vscode.window.showInformationMessage(
      'Nothing fits this place. `Take the Wheel…` shows all that can be done in this folder.',
    );
    return;
  }
  const chosen = await context.prompts.ask(() =>
    vscode.window.showQuickPick(items, {
      title: `What shall be done at ${spot.words}?`,
      placeHolder: 'It is tried on a copy and shown to you first. Nothing happens without your yes.',
    }),
  );
  if (chosen) await delegate(context, spot.folder, chosen.recipe, chosen.known);
}

async function delegate(
  context: ConnectedContext,
  folder: Folder,
  recipe: WheelRecipe,
  known: Known,
  closely = false,
): Promise<void> {
  if (recipe.unavailable !== null) {
    await vscode.window.showInformationMessage(inMessage(`${recipe.title}: ${recipe.unavailable}`));
    return;
  }
  const options = await optionsFor(context, recipe, known, closely);
  if (!options) return;
  const run = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: `Asking for: ${recipe.title}` },
    () => context.api.wheel.propose({ workspace: folder.path, recipe: recipe.name, options }),
  );
  context.wheel().showWhenReady(run);
}

/** What a recipe asks for, as far as the place does not tell it; undefined when the user leaves. */
async function optionsFor(
  { prompts }: ConnectedContext,
  { name, title, options }: WheelRecipe,
  known: Known,
  closely: boolean,
): Promise<Record<string, string> | undefined> {
  const found: Record<string, string> = {};
  for (const option of options) {
    const value = known[option.name];
    if (value !== undefined) found[option.name] = value;
  }
  const patch = options.find(({ name }) => name === 'patch' || name === 'diff' || name === 'text');
  if (name === 'apply-patch' && patch && found[patch.name] === undefined) {
    const text = await prompts.ask(patchFromSomewhere);
    return text === undefined ? undefined : { [patch.name]: text };
  }
  // What may be left out is asked with what must be given; alone, or of whoever came from a place, only on request.
  const fromPlace = Object.keys(found).length > 0;
  const all = closely || (!fromPlace && options.some(({ required }) => required));
  const open = options.filter(({ name, required }) => found[name] === undefined && (required || all));
  if (open.length === 0) return found;
  const answers = await prompts.ask(() =>
    askSteps(
      title,
      open.map(({ question, required }) => ({
        prompt: question,
        placeHolder: required ? '' : 'May be left empty',
        limit: LONGEST_ANSWER,
        ...(!required && { optional: true as const }),
      })),
    ),
  );
  if (!answers) return undefined;
  for (const [index, { name }] of open.entries()) if (answers[index]) found[name] = answers[index];
  return found;
}

async function recipesOf({ api }: ConnectedContext, folder: Folder): Promise<readonly WheelRecipe[]> {
  return await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: 'Looking what can be done here' },
    () => api.wheel.recipes({ workspace: folder.path }),
  );
}

/** In restricted mode nothing is acted on; says so, and how that changes. */
async function mayAct({ folders }: ConnectedContext): Promise<boolean> {
  if (folders.trusted) return true;
  const pressed = await vscode.window.showWarningMessage(
    'This folder is in restricted mode: Progeny does no work in it, because a project’s own programs could run. Trust the folder first.',
    TRUST,
  );
  if (pressed === TRUST) await vscode.commands.executeCommand('workbench.trust.manage');
  return false;
}

async function folderFor({ folders, prompts }: ConnectedContext): Promise<Folder | null> {
  const { all } = folders;
  if (all.length <= 1) return all[0] ?? null;
  const chosen = await prompts.ask(() =>
    vscode.window.showQuickPick(
      all.map((folder) => ({ label: folder.name, description: folder.path, folder })),
      { title: 'In which folder?' },
    ),
  );
  return chosen?.folder ?? null;
}
