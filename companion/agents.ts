import type { z } from 'zod';
import type { ActorRooms, AllRooms } from './actor-rooms.ts';
import { AgentRuns, type AgentWheel } from './agent-runs.ts';
import type { Clock, Random } from './kernel/index.ts';
import { type AgentDoor, choose, chooseOne, ForgetRequests, type Principal } from './mcp/index.ts';
import type { View } from './memory/index.ts';
import { isCalledBy, privateNotes } from './private-notes.ts';
import {
  type ForgetRequest,
  type ForgetSelector,
  type Forgotten,
  type forgetInput,
  ProgenyError,
} from './protocol/index.ts';
import type { Hub } from './store/index.ts';
import type { WorkspaceDoors, Workspaces } from './workspaces/index.ts';

export interface AgentsOptions {
  readonly hub: Pick<Hub, 'workspaceByPath'>;
  readonly clock: Clock;
  readonly random: Random;
  readonly rooms: Pick<AllRooms, 'of'>;
  readonly doors: Pick<WorkspaceDoors, 'of' | 'open'>;
  readonly workspaces: Pick<Workspaces, 'resolve'>;
  /** The mind of the person who sits here and answers requests. */
  readonly owner: string;
  /** As `memories.forget`, in the owner's mind. */
  forget(input: z.output<typeof forgetInput>): Promise<Forgotten>;
  /** Delegated work of the owner's; null where there is none. */
  readonly wheel: AgentWheel | null;
}

/** What a call is about: the mind, and the folders that may be seen, as they stand when it comes. */
interface Sight {
  readonly rooms: ActorRooms;
  readonly visible: readonly string[];
  /** The folder that was asked for, as the file system knows it. */
  readonly asked: string | undefined;
}

/** Agents' own marks: nobody else may set them. */
const MARK = 'agent:';
const ALL = 1000;

/** What agents may do with the rooms of their person, and what that person answers them. */
export class Agents {
  readonly #options: AgentsOptions;
  readonly #requests: ForgetRequests;
  readonly #runs: AgentRuns;

  constructor(options: AgentsOptions) {
    this.#options = options;
    this.#requests = new ForgetRequests(options);
    this.#runs = new AgentRuns(options);
  }

  /** The door of one session. */
  open(principal: Principal): AgentDoor {
    return {
      remember: async ({ workspace, file, line, tags, ...ask }, by) => {
        const { rooms, folder } = await this.#one(principal, workspace);
        const source = { ...(file !== undefined && { file }), ...(line !== undefined && { line }) };
        const fixed = { salience: 0.5, pinned: false, private: false, links: [] };
        const { author, tags: marked } = writer(by, tags);
        return rooms.memory.remember(
          { ...ask, ...fixed, workspace: folder, source, author, tags: marked },
          'agent',
        );
      },
      recall: async ({ workspace, ...ask }) => {
        const { rooms, view } = await this.#all(principal, workspace);
        const { found, meaning } = await rooms.memory.recall(ask, view);
        return { records: found.map(({ record }) => record), byMeaning: meaning };
      },
      recent: async ({ workspace, ...ask }) => {
        const { rooms, view } = await this.#all(principal, workspace);
        return rooms.memory.recent(ask, view);
      },
      decide: async ({ workspace, ...ask }, by) => {
        const { rooms, folder } = await this.#one(principal, workspace);
        const signed = writer(by, []);
        const rest = { outcome: '', reviewAt: null, links: [...signed.tags] };
        return rooms.notes.decide({ ...ask, ...rest, workspace: folder }, { ...signed, writtenBy: 'agent' });
      },
      openLoops: async ({ workspace, limit }) => {
        const { rooms, view } = await this.#all(principal, workspace);
        const shut = privateNotes(rooms.mind);
        const open = (view.openWorkspaces ?? [])
          .flatMap((folder) => rooms.loops.list({ workspace: folder, limit: ALL }))
          .filter((loop) => !loop.private && !isCalledBy(loop, shut))
          .sort((a, b) => b.rank - a.rank);
        return { loops: open.slice(0, limit), open: open.length };
      },
      askToForget: ({ reason, ...ask }, by) => this.#ask(principal, ask, reason, by),
      recipes: async () => {
        const { visible } = await this.#look(principal, undefined);
        return this.#runs.recipes(principal, choose(visible, undefined, principal));
      },
      propose: async ({ workspace, ...ask }, by) => {
        const { folder } = await this.#one(principal, workspace);
        return this.#runs.propose(principal, folder, ask, by);
      },
      runStatus: async (id, by) => {
        const { visible } = await this.#look(principal, undefined);
        return this.#runs.status(principal, choose(visible, undefined, principal), id, by);
      },
    };
  }

  /** What agents ask of the owner, with what would go. */
  forgetRequests(): Promise<ForgetRequest[]> {
    const { forget } = this.#options;
    return Promise.all(
      this.#requests.list().map(async (request) => {
        const { select } = request;
        const preview = await forget({ select, dryRun: true }).catch(() => null);
        return { ...request, preview };
      }),
    );
  }

  /** Does what was asked, or refuses it. Throws `not_found` for what was answered already. */
  async answerForget(id: string, allow: boolean): Promise<{ forgotten: Forgotten | null }> {
    const { select } = this.#requests.get(id);
    const { forget, rooms, owner } = this.#options;
    // What failed to be forgotten still waits.
    const forgotten = allow ? await forget({ select, dryRun: false }) : null;
    this.#requests.settle(id);
    const { mind } = await rooms.of(owner);
    mind.transact((tx) => tx.emit({ type: 'forget.answered', subject: id, data: { allowed: allow } }));
    return { forgotten };
  }

  async #ask(
    principal: Principal,
    { workspace, ...ask }: ForgetSelector,
    reason: string,
    by: string,
  ): Promise<Omit<ForgetRequest, 'preview'>> {
    const { rooms, folder } = await this.#one(principal, workspace);
    // Whoever sits here may not look into somebody else's memory, not even to find out what would go.
    if (principal.actor !== this.#options.owner)
      throw new ProgenyError('no_client', `Nobody is here who could allow that for "${principal.actor}".`);
    const given = Object.entries(ask).filter(([, value]) => value !== undefined);
    const select = { ...Object.fromEntries(given), workspace: folder };
    const request = this.#requests.add({ agent: by, workspace: folder, select, reason });
    rooms.mind.transact((tx) => tx.emit({ type: 'forget.requested', subject: request.id }));
    return request;
  }

  /** For what belongs to one folder. */
  async #one(
    principal: Principal,
    asked: string | undefined,
  ): Promise<{ rooms: ActorRooms; folder: string }> {
    const sight = await this.#look(principal, asked);
    const folder = chooseOne(sight.visible, sight.asked, principal);
    sight.rooms.register(folder);
    return { rooms: sight.rooms, folder };
  }

  /** For what may come from all folders that can be seen. */
  async #all(principal: Principal, asked: string | undefined): Promise<{ rooms: ActorRooms; view: View }> {
    const { rooms, visible, asked: real } = await this.#look(principal, asked);
    const openWorkspaces = choose(visible, real, principal).filter((folder) => isKnown(rooms, folder));
    return { rooms, view: { openWorkspaces } };
  }

  async #look(principal: Principal, asked: string | undefined): Promise<Sight> {
    const { rooms: all, workspaces } = this.#options;
    const visible = await this.#visible(principal);
    const rooms = await all.of(principal.actor);
    return { rooms, visible, asked: asked === undefined ? undefined : await workspaces.resolve(asked) };
  }

  async #visible({ door, folder }: Principal): Promise<string[]> {
    const { hub, doors, workspaces } = this.#options;
    if (folder === null) return doors.open();
    const real = await workspaces.resolve(folder);
    if (door === 'http') return doors.open().filter((open) => open === real);
    if (!hub.workspaceByPath(real))
      throw new ProgenyError(
        'not_found',
        `The folder "${folder}" is not known to Progeny. A person opens it with \`progeny brief --workspace DIR\`.`,
      );
    return doors.of(real).confidential ? [] : [real];
  }
}

/** Makes a folder known to a mind that is asked about it; false where that cannot be written down now. */
function isKnown(rooms: ActorRooms, folder: string): boolean {
  try {
    rooms.register(folder);
    return true;
  } catch (error) {
    if (error instanceof ProgenyError && error.code === 'read_only') return false;
    throw error;
  }
}

/** Signs what an agent writes, so that it can be told from what a person wrote. */
function writer(by: string, tags: readonly string[]): { author: string; tags: string[] } {
  const own = tags.filter((tag) => !tag.toLowerCase().startsWith(MARK));
  return { author: by, tags: [...own, `${MARK}${by}`] };
}
