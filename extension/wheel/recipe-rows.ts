import type { WheelRecipe } from '../../companion/protocol/index.ts';
import { inLabel } from '../text/plain.ts';

export interface RecipeRow {
  readonly label: string;
  readonly description?: string;
  readonly detail: string;
  /** Heads the rows below it. */
  readonly separator?: true;
  readonly recipe?: WheelRecipe;
  /** It asks for nothing that must be given, and can be told more. */
  readonly hasOptions?: true;
}

/** What can be delegated here, and below it what cannot, each with why. Pure. */
export function recipeRows(recipes: readonly WheelRecipe[]): readonly RecipeRow[] {
  const row = (recipe: WheelRecipe): RecipeRow =>
    recipe.unavailable === null
      ? {
          label: `$(play) ${inLabel(recipe.title)}`,
          detail: inLabel(recipe.what),
          recipe,
          ...(isOptional(recipe) && { hasOptions: true as const }),
        }
      : {
          label: `$(circle-slash) ${inLabel(recipe.title)}`,
          description: 'not here',
          detail: inLabel(recipe.unavailable),
          recipe,
        };
  const here = recipes.filter(({ unavailable }) => unavailable === null);
  const not = recipes.filter(({ unavailable }) => unavailable !== null);
  const heading = { label: 'Not in this folder', detail: '', separator: true } as const;
  return [...here.map(row), ...(not.length > 0 ? [heading, ...not.map(row)] : [])];
}

/** A patch is looked for in other ways than by questions. */
const isOptional = ({ name, options }: WheelRecipe): boolean =>
  name !== 'apply-patch' && options.length > 0 && options.every(({ required }) => !required);

/** What is known of the place that a person is at, by the names that options of recipes have. */
export type Known = Readonly<Record<string, string>>;

/** What the cursor is at. */
export interface Spot {
  readonly file: string;
  /** 1-based, as saved. */
  readonly line: number;
  readonly column: number;
  readonly word: string | null;
  readonly text: string;
  readonly selection: string;
  readonly clipboard: string;
}

/** A recipe that fits what the cursor is at, and why, in a few words. */
export interface Fit {
  readonly recipe: string;
  readonly words: string;
  readonly known: Known;
}

const TODO = /\b(?:TODO|FIXME|HACK|XXX)\b/;

/** What could be delegated of a spot in a file. The recipes' names are the companion's (docs/WHEEL.md). Pure. */
export function fitsOf({ file, line, column, word, text, selection, clipboard }: Spot): readonly Fit[] {
  const place = { file, path: file, line: String(line), column: String(column) };
  return [
    ...(TODO.test(text) ? [{ recipe: 'todo-branch', words: `the TODO of line ${line}`, known: place }] : []),
    ...(word === null ? [] : [{ recipe: 'rename', words: word, known: { ...place, symbol: word } }]),
    ...(isPatch(selection)
      ? [{ recipe: 'apply-patch', words: 'what is selected', known: patchOf(selection) }]
      : []),
    ...(isPatch(clipboard)
      ? [{ recipe: 'apply-patch', words: 'what the clipboard holds', known: patchOf(clipboard) }]
      : []),
    { recipe: 'move-file', words: file, known: { file, path: file, from: file } },
  ];
}

/** Whether a text is a unified diff. Pure. */
export function isPatch(text: string): boolean {
  return /^(?:diff --git |@@ -\d)/m.test(text) && text.length <= 1_000_000;
}

export function patchOf(text: string): Known {
  return { patch: text, diff: text, text };
}
