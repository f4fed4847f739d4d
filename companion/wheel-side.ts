import { type LoopHands, Wheel, type WheelOptions, type WheelParts } from './agency/index.ts';
import type { GitProgram } from './git/index.ts';
import type { Clock, Logger, Random } from './kernel/index.ts';
import type { LoopStore, Notes } from './loops/index.ts';
import { ProgenyError, type Settings } from './protocol/index.ts';
import type { Mind } from './store/index.ts';

export interface WheelSideOptions {
  readonly mind: Mind;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Where the bytes of runs lie until they are settled. */
  readonly folder: string;
  readonly program: GitProgram | Error;
  readonly loops: LoopStore;
  readonly notes: Notes;
  settings(): Settings;
  /** What is not there, such as git, makes delegating impossible, and is said. */
  readonly parts: Partial<WheelParts> & Pick<WheelOptions, 'at' | 'saved' | 'network' | 'contested'>;
}

/** Delegated work, put together from the parts that carry it. */
export class WheelSide {
  readonly #wheel: Wheel | null;
  readonly #missing: string;

  constructor({ parts: given, ...options }: WheelSideOptions) {
    const { program, settings } = options;
    const parts = { loops: loopHands(options), ...given };
    this.#wheel = isWhole(parts)
      ? new Wheel({ ...options, ...parts, settings: () => settings().wheel })
      : null;
    this.#missing =
      program instanceof Error
        ? `git was not found, and without it nothing could be taken back. Install git and start Progeny again.`
        : `this companion was built without: ${PARTS.filter((name) => parts[name] === undefined).join(', ')}.`;
  }

  /** Throws `conflict` where a part of it is not there, such as git. */
  get wheel(): Wheel {
    if (this.#wheel) return this.#wheel;
    throw new ProgenyError('conflict', `Work cannot be delegated here: ${this.#missing}`);
  }

  /** Whether what was kept for a run may be needed still. */
  holds(run: string): boolean {
    return this.#wheel?.holds(run) ?? true;
  }

  /** What the pulse shows of it. */
  get pulse(): ReturnType<Wheel['pulse']> {
    return this.#wheel?.pulse() ?? null;
  }

  start(): Promise<void> {
    return this.#wheel?.start() ?? Promise.resolve();
  }

  forget(workspace: string): Promise<void> {
    return this.#wheel?.forget(workspace) ?? Promise.resolve();
  }

  forgetRuns(ids: readonly string[]): Promise<void> {
    return this.#wheel?.forgetRuns(ids) ?? Promise.resolve();
  }

  forgetOld(): void {
    this.#wheel?.forgetOld();
  }

  async dispose(): Promise<void> {
    await this.#wheel?.dispose();
  }
}

const PARTS = [
  'recipes',
  'programs',
  'rehearsals',
  'writer',
  'authority',
  'audit',
  'git',
  'renamer',
  'snapshots',
  'loops',
] as const satisfies readonly (keyof WheelParts)[];

function isWhole<P extends Partial<WheelParts>>(parts: P): parts is P & WheelParts {
  return PARTS.every((name) => parts[name] !== undefined);
}

/** Threads that runs open are the user's own, like those that they open by hand. */
function loopHands({ loops, notes }: Pick<WheelSideOptions, 'loops' | 'notes'>): LoopHands {
  // A line that there is not is no reason to lose the thread.
  const anchorAt = (root: string, file: string, line: number | undefined) =>
    notes.anchorAt(root, file, line).catch(() => notes.anchorAt(root, file, undefined));
  return {
    async prepare(root, workspace, { title, context, file, line }) {
      const anchors = file === undefined ? [] : [await anchorAt(root, file, line)];
      const input = { title, context, source: 'manual', priority: 'normal', private: false } as const;
      return (tx) => loops.open(tx, workspace, { ...input, anchors });
    },
    drop(tx, loop) {
      const row = tx.get<{ status: string }>('SELECT status FROM loops WHERE id = ?', loop);
      // What became of it meanwhile is the user's word.
      if (row?.status === 'open') loops.change(tx, loop, { status: 'dropped' });
    },
  };
}
