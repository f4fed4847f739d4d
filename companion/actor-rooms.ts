import * as anchors from './anchors/index.ts';
import type { Embedder } from './embedding/index.ts';
import type { Clock, Logger, Random } from './kernel/index.ts';
import { LoopStore, Notes } from './loops/index.ts';
import { Memory } from './memory/index.ts';
import { Hub, type Mind, type Store } from './store/index.ts';

/** What is built upon one mind: nothing in it can reach another. */
export interface ActorRooms {
  readonly mind: Mind;
  readonly memory: Memory;
  readonly loops: LoopStore;
  readonly notes: Notes;
  /** Makes a folder known to this mind, so that things can belong to it. */
  register(folder: string): void;
}

export interface ActorRoomsOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly embedder: Embedder;
  share(): number;
  /** Those of the creator, which the whole companion is about. */
  readonly own: ActorRooms;
}

/** The rooms of everybody: the creator's, and those of others, built when they are first asked for. */
export class AllRooms {
  readonly #options: ActorRoomsOptions;
  readonly #others = new Map<string, Promise<ActorRooms>>();

  constructor(options: ActorRoomsOptions) {
    this.#options = options;
  }

  /** Throws `not_found` for nobody we know. */
  async of(actor: string): Promise<ActorRooms> {
    const { own } = this.#options;
    if (actor === own.mind.actor) return own;
    const known = this.#others.get(actor);
    if (known) return known;
    const building = this.#build(actor);
    this.#others.set(actor, building);
    building.catch(() => this.#others.delete(actor));
    return building;
  }

  async dispose(): Promise<void> {
    const built = await Promise.allSettled(this.#others.values());
    this.#others.clear();
    for (const each of built) if (each.status === 'fulfilled') await each.value.memory.dispose();
  }

  async #build(actor: string): Promise<ActorRooms> {
    const { store, clock, random, logger, embedder, share } = this.#options;
    const mind = await store.mindOf(actor);
    const common = { mind, clock, random, logger };
    const memory = new Memory({ ...common, embedder, share });
    const loops = new LoopStore(common);
    const notes = new Notes({
      ...common,
      loops,
      makeAnchor: anchors.makeAnchor,
      readText: async () => null,
      remember: (tx, note) => memory.takeUp(tx, note),
      branchOf: () => null,
    });
    if (!store.guard.readOnly) memory.index.kick();
    return { mind, memory, loops, notes, register: (folder) => registerFolder(mind, folder, clock.now()) };
  }
}

/** Makes a folder known to a mind, so that things can belong to it; once however often it is asked. */
export function registerFolder(mind: Mind, folder: string, now: number): void {
  const id = Hub.workspaceId(folder);
  if (mind.read((reader) => reader.get('SELECT 1 FROM workspaces WHERE id = ?', id))) return;
  mind.transact((tx) => {
    tx.run('INSERT OR IGNORE INTO workspaces (id, path, opened_at) VALUES (?, ?, ?)', id, folder, now);
    tx.emit({ type: 'workspace.registered', subject: id });
  });
}
