import { ProgenyError, type WheelRecipe } from '../protocol/index.ts';
import { Halt } from './halt.ts';
import type { WheelOptions } from './parts.ts';
import { LookingWorld } from './plan-world.ts';
import type { Recipe } from './types.ts';

/** What can be delegated, and whether it can be here and now. */
export class RecipeShelf {
  readonly #options: Pick<WheelOptions, 'recipes' | 'settings' | 'programs' | 'rehearsals' | 'clock'>;

  constructor(options: Pick<WheelOptions, 'recipes' | 'settings' | 'programs' | 'rehearsals' | 'clock'>) {
    this.#options = options;
  }

  find(name: string): Recipe | null {
    return this.#options.recipes.find((recipe) => recipe.name === name) ?? null;
  }

  /** All of them, each with the reason why it cannot be used in a folder. */
  async list(root: string): Promise<WheelRecipe[]> {
    const world = this.#world(root);
    return await Promise.all(
      this.#options.recipes.map(async (recipe) => ({
        name: recipe.name,
        title: recipe.title,
        what: recipe.what,
        options: [...recipe.options],
        unavailable: await recipe.unavailable(world),
      })),
    );
  }

  /**
   * The recipe that is asked for. Throws `not_found` for one that there is not, `bad_input` for an option that is missing,
   * `conflict` where it cannot be used.
   */
  async choose(name: string, given: Readonly<Record<string, string>>, root: string): Promise<Recipe> {
    const { recipes, settings } = this.#options;
    if (!settings().on) throw new ProgenyError('conflict', 'Delegated work is switched off (`wheel.on`).');
    const recipe = this.find(name);
    if (!recipe)
      throw new ProgenyError(
        'not_found',
        `There is no recipe "${name}". There are: ${recipes.map((each) => each.name).join(', ')}.`,
      );
    const missing = recipe.options.find((each) => each.required && !given[each.name]?.trim());
    if (missing) {
      const path = `options.${missing.name}`;
      throw new ProgenyError('bad_input', `${path}: expected an answer to "${missing.question}"`, {
        fields: [{ path, message: 'expected an answer' }],
      });
    }
    const unavailable = await recipe.unavailable(this.#world(root));
    if (unavailable !== null) throw new ProgenyError('conflict', unavailable);
    return recipe;
  }

  /** Looking runs nothing. */
  #world(root: string): LookingWorld {
    const { programs, rehearsals, clock } = this.#options;
    return new LookingWorld({
      ...{ root, programs, rehearsals, now: clock.now(), signal: new AbortController().signal },
      network: () => false,
      mayTry: () => {
        throw new Halt('refused', 'Programs are tried out while a run is planned, not before.');
      },
    });
  }
}
