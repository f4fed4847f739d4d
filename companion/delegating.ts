import { createHash } from 'node:crypto';
import path from 'node:path';
import type { AskedRun, Programs, Recipe } from './agency/index.ts';
import type { Answering } from './answering.ts';
import type { CouncilSide } from './council-side.ts';
import type { GitProgram } from './git/index.ts';
import type { Clock, Disposables, Logger, Random } from './kernel/index.ts';
import { LeaveSide } from './leave-side.ts';
import { type LoopStore, type Notes, STILL_OPEN } from './loops/index.ts';
import { planRecipe } from './planning.ts';
import { commandRisk, createPrograms, type ProgramRunner } from './processes/index.ts';
import type { Settings, Tier } from './protocol/index.ts';
import { gitHands, recipes } from './recipes/index.ts';
import { type RenamingClient, renamerOver } from './renaming.ts';
import type { SavedFiles } from './saved-files.ts';
import { createChangeWriter } from './scoped-files/index.ts';
import { SnapshotSide } from './snapshot-side.ts';
import { Hub, type Store, workspacePaths } from './store/index.ts';
import { WheelSide, type WheelSideOptions } from './wheel-side.ts';
import type { WorkspaceDoors, Workspaces } from './workspaces/index.ts';

export interface DelegatingOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly dataDirectory: string;
  readonly program: GitProgram | Error;
  readonly loops: LoopStore;
  readonly notes: Notes;
  readonly workspaces: Workspaces;
  readonly doors: WorkspaceDoors;
  readonly council: CouncilSide;
  /** Who may write about a folder, and from what. */
  readonly answering: Pick<Answering, 'sight' | 'asked'>;
  /** What editors told of. */
  readonly saved: SavedFiles;
  settings(): Settings;
  tier(): Tier;
  clients(): readonly RenamingClient[];
  /** Parts that take the place of those that are built here. */
  readonly parts: WheelSideOptions['parts'];
}

const VOTES_WITHIN_MS = 30_000;

/** Delegated work, put together: leave and its log, folders as they stood, the runs; in the order in which they end. */
export function composeDelegating(options: DelegatingOptions, owned: Disposables) {
  const { store, clock, logger, dataDirectory, program, loops, council } = options;
  const settings = () => options.settings().wheel;
  const leave = new LeaveSide({ ...options, settings });
  owned.add(leave);
  const snapshots: SnapshotSide = new SnapshotSide({
    ...{ ...options, guard: store.guard, settings },
    isOpen: (run) => wheel.holds(run),
  });
  owned.add(snapshots);
  const git = async () => {
    if (program instanceof Error) throw program;
    return program;
  };
  const programs = new LookedFor(
    createPrograms({
      ...options,
      owner: createHash('sha256').update(dataDirectory).digest('hex').slice(0, 16),
      secrets: [dataDirectory],
      limits: () => ({ ms: settings().commandMinutes * 60_000, processes: settings().maxProcesses }),
    }),
  );
  const asked = async (run: AskedRun, signal: AbortSignal): Promise<string | null> => {
    const limit = new AbortController();
    const timer = clock.after(VOTES_WITHIN_MS, () => limit.abort());
    try {
      return (await council.action(run, AbortSignal.any([signal, limit.signal])))?.id ?? null;
    } catch (error) {
      signal.throwIfAborted();
      // Without their word it waits for the user's, as it does with it.
      logger.warn({ run: run.id, error: String(error) }, 'the advisers were not heard on a run');
      return null;
    } finally {
      timer.dispose();
    }
  };
  /** The named ones, and the one that a model plans. */
  const withPlan = (named: readonly Recipe[]): readonly Recipe[] => [
    ...named,
    planRecipe({ ...options.answering, git, recipes: named.map(({ name }) => name) }),
  ];
  const wheel: WheelSide = new WheelSide({
    ...{ ...options, mind: store.mind, folder: path.join(dataDirectory, 'wheel') },
    parts: {
      ...(!(program instanceof Error) && {
        snapshots: snapshots.forRuns,
        rehearsals: snapshots.rehearsals,
      }),
      recipes: withPlan(
        recipes({
          git,
          openThreads: (root) =>
            loops
              .list({ workspace: root, status: [...STILL_OPEN], limit: 1000 })
              .map(({ title, anchors }) => ({
                title,
                file: anchors.flatMap((anchor) => ('file' in anchor ? [anchor.file] : [])).at(0) ?? null,
              })),
        }),
      ),
      programs,
      writer: createChangeWriter(),
      authority: leave.authority(commandRisk),
      network: leave.network(commandRisk),
      audit: leave.audit,
      git: gitHands(git),
      renamer: renamerOver(options.clients, clock),
      contested: (run, signal) => asked(run, signal),
      saved: (root, since) => options.saved.since(root, since),
      ...options.parts,
    },
  });
  owned.add(wheel);
  return {
    leave,
    snapshots,
    wheel,
    /** When it can be written: what an earlier process left is taken up before anything new. */
    async start(): Promise<void> {
      leave.start();
      await programs.killLeftovers();
      await snapshots.start();
      await wheel.start();
    },
    /** Everything that delegated work holds of a folder goes. */
    async forget(id: string): Promise<void> {
      await wheel.forget(id);
      const root = store.mind.read(workspacePaths).find((folder) => Hub.workspaceId(folder) === id);
      if (root === undefined) return;
      await snapshots.forget(root);
      options.saved.forget(root);
    },
  };
}

/** Programs, from the start on: what contains them is looked for meanwhile. */
class LookedFor implements Programs {
  readonly #looking: Promise<ProgramRunner>;
  #found: ProgramRunner | null = null;

  constructor(looking: Promise<ProgramRunner>) {
    this.#looking = looking.then((found) => {
      this.#found = found;
      return found;
    });
    // Whoever asks for it hears of it.
    this.#looking.catch(() => {});
  }

  get containment(): string {
    return this.#found?.containment ?? 'not contained: it is still looked for what could';
  }

  async run(...call: Parameters<Programs['run']>): ReturnType<Programs['run']> {
    return await (await this.#looking).run(...call);
  }

  async killLeftovers(): Promise<number> {
    return await (await this.#looking).killLeftovers();
  }
}
