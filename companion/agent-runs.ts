import type { Principal, ProposeAsk } from './mcp/index.ts';
import { proposalsLeft } from './mcp/index.ts';
import { ProgenyError, type WheelOrigin, type WheelRecipe, type WheelRun } from './protocol/index.ts';

/** As much of delegated work as agents reach. Nothing here says yes, ends a run, undoes one or gives leave. */
export interface AgentWheel {
  recipes(workspace: string): Promise<readonly WheelRecipe[]>;
  /** Begins to plan; resolves with the run as soon as it has an id. Throws as `wheel.propose` does. */
  propose(
    ask: { workspace: string; recipe: string; options: Readonly<Record<string, string>> },
    origin: WheelOrigin,
  ): Promise<WheelRun>;
  /** Throws `not_found`. */
  get(id: string): WheelRun;
  /** The newest first. */
  list(workspace: string, limit: number): readonly WheelRun[];
}

export interface AgentRunsOptions {
  readonly owner: string;
  readonly wheel: AgentWheel | null;
}

/** More than can wait, of all who can ask. */
const LOOKED_AT = 200;

/** What agents propose to have done, and hear of it again: each of its own only. */
export class AgentRuns {
  readonly #options: AgentRunsOptions;
  /** What is being asked for and is no run yet, by folder and agent. */
  readonly #asked: { readonly folder: string; readonly agent: string }[] = [];

  constructor(options: AgentRunsOptions) {
    this.#options = options;
  }

  async recipes(principal: Principal, folders: readonly string[]) {
    const wheel = this.#wheelOf(principal);
    return Promise.all(
      folders.map(async (workspace) => ({ workspace, recipes: await wheel.recipes(workspace) })),
    );
  }

  /** Throws `rate_limited`, and `not_found` with the names that there are. */
  async propose(
    principal: Principal,
    folder: string,
    { recipe, options, why }: Omit<ProposeAsk, 'workspace'>,
    agent: string,
  ): Promise<WheelRun> {
    const wheel = this.#wheelOf(principal);
    const here = this.#asked.filter((each) => each.folder === folder);
    const own = here.filter((each) => each.agent === agent).length;
    proposalsLeft(wheel.list(folder, LOOKED_AT), agent, { own, all: here.length });
    const asked = { folder, agent };
    this.#asked.push(asked);
    try {
      const known = await wheel.recipes(folder);
      const found = known.find(({ name }) => name === recipe);
      if (!found) throw unknown(recipe, known);
      if (found.unavailable !== null)
        throw new ProgenyError('conflict', `"${recipe}" is not possible here: ${found.unavailable}`);
      return await wheel.propose({ workspace: folder, recipe, options }, { by: 'agent', name: agent, why });
    } finally {
      this.#asked.splice(this.#asked.indexOf(asked), 1);
    }
  }

  /** Throws `not_found`, with the same words for a run of somebody else's and for one that there is not. */
  status(principal: Principal, folders: readonly string[], id: string, agent: string): WheelRun {
    const run = this.#find(principal, id);
    const { origin, workspace } = run ?? {};
    if (run && workspace !== undefined && folders.includes(workspace))
      if (origin?.by === 'agent' && origin.name === agent) return run;
    throw new ProgenyError('not_found', `run: "${id}" is no run that you proposed in a folder that is open.`);
  }

  #find(principal: Principal, id: string): WheelRun | null {
    try {
      return this.#wheelOf(principal).get(id);
    } catch (error) {
      if (error instanceof ProgenyError && error.code === 'not_found') return null;
      throw error;
    }
  }

  /** Whoever sits here decides on work in their own folders, not on work for somebody else. */
  #wheelOf({ actor }: Principal): AgentWheel {
    const { owner, wheel } = this.#options;
    if (actor !== owner)
      throw new ProgenyError('no_client', `Nobody is here who could decide on that for "${actor}".`);
    if (wheel) return wheel;
    throw new ProgenyError('not_found', 'This companion does no delegated work.');
  }
}

function unknown(recipe: string, known: readonly WheelRecipe[]): ProgenyError {
  const usable = known.filter(({ unavailable }) => unavailable === null);
  const names = usable.map(({ name, options }) =>
    options.length === 0 ? name : `${name} (${options.map((option) => option.name).join(', ')})`,
  );
  return new ProgenyError(
    'not_found',
    `recipe: expected one of ${names.join(', ') || 'none: nothing can be delegated here'}; received "${recipe.slice(0, 100)}".`,
  );
}
