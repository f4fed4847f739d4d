import { existsSync } from 'node:fs';
import path from 'node:path';
import type { FolderSnapshots } from './agency/index.ts';
import { type GitProgram, isGitError } from './git/index.ts';
import type { Clock, Logger, Random } from './kernel/index.ts';
import { ProgenyError, type Settings, type SnapshotInfo, type WheelConflict } from './protocol/index.ts';
import {
  type Expired,
  FolderRehearsals,
  type Kept,
  type Snapshot,
  Snapshots,
  uncoveredInWords,
} from './snapshots/index.ts';
import { below, folderSnapshots } from './wheel-snapshots.ts';

export interface SnapshotSideOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly dataDirectory: string;
  readonly program: GitProgram | Error;
  /** Says whether the disk may be written. */
  readonly guard: { assertWritable(): void; readonly readOnly: boolean };
  settings(): Settings['wheel'];
  /** Whether a run could still be taken back: what it needs for that never expires. */
  isOpen(run: string): boolean;
}

const MB = 1024 * 1024;
const DAY = 24 * 60 * 60 * 1000;
const HOUR = 60 * 60 * 1000;

/** Folders as they stood, for people and for runs; what is kept, and for how long. */
export class SnapshotSide {
  readonly #options: SnapshotSideOptions;
  readonly #parts: { readonly snapshots: Snapshots; readonly rehearsals: FolderRehearsals } | null;
  readonly #hourly: { dispose(): void };
  #expiring: Promise<unknown> | null = null;

  constructor(options: SnapshotSideOptions) {
    const { clock, random, dataDirectory, program, settings } = options;
    this.#options = options;
    if (program instanceof Error) this.#parts = null;
    else {
      const common = { clock, random };
      const snapshots = new Snapshots({ ...common, program, folder: path.join(dataDirectory, 'snapshots') });
      const rehearsals = new FolderRehearsals({
        ...{ ...common, snapshots, folder: path.join(dataDirectory, 'rehearsals') },
        limits: () => ({ files: settings().rehearseFiles, bytes: settings().rehearseMegabytes * MB }),
      });
      this.#parts = { snapshots, rehearsals };
    }
    this.#hourly = clock.every(HOUR, () => this.#expireSoon());
  }

  /** Takes away what a companion that was killed left, and what is too much. */
  async start(): Promise<void> {
    await this.#parts?.rehearsals.removeLeftOver();
    this.#expireSoon();
  }

  /** Copies on which plans are carried out first. Throws `conflict` where there is no git. */
  get rehearsals(): FolderRehearsals {
    return this.#whole.rehearsals;
  }

  /** Snapshots as runs know them: by ids, with paths and reasons in words. */
  get forRuns(): FolderSnapshots {
    return {
      ...folderSnapshots(() => this.#whole.snapshots),
      take: async (root, why, run, signal) => {
        const taken = await this.#take(root, why, { run, signal });
        this.#expireSoon();
        return { id: taken.id };
      },
    };
  }

  async list(root?: string) {
    const kept = this.#parts ? await this.#parts.snapshots.list(root) : [];
    const bytes = (await this.#parts?.snapshots.held()) ?? 0;
    return { snapshots: kept.map(infoOf), bytes, limitBytes: this.#limits().bytes };
  }

  /** What became of the files since. Throws `not_found`, `workspace_gone`. */
  async show(id: string) {
    const { snapshots } = this.#whole;
    const snapshot = await this.#found(id);
    const now = await this.#take(snapshot.root, 'to compare', { hold: true });
    try {
      const changes = (await snapshots.changes(snapshot, now)).flatMap(({ at, files }) =>
        files.map(({ path: file, before, after }) => ({
          path: below(at, file),
          kind:
            before === null
              ? ('added' as const)
              : after === null
                ? ('deleted' as const)
                : ('changed' as const),
        })),
      );
      return {
        snapshot: infoOf(briefOf(snapshot)),
        changes: changes.sort((a, b) => (a.path < b.path ? -1 : 1)),
      };
    } finally {
      await snapshots.drop(snapshot.root, now.id);
    }
  }

  /**
   * Puts the files of a folder back as they stood, all or these; how they stand now is kept first. Its repository stays
   * where it is: commits that were made since are nobody's mistake. Throws `not_found`, `workspace_gone`, `read_only`.
   */
  async restore(
    id: string,
    files?: readonly string[],
  ): Promise<{ restored: string[]; conflicts: WheelConflict[]; before: SnapshotInfo }> {
    const { snapshots } = this.#whole;
    const snapshot = await this.#found(id);
    const before = await this.#take(snapshot.root, `before going back to ${snapshot.id}`, {});
    const only = files && new Set(files);
    const { restored, conflicts } = await snapshots.restore(snapshot, before, { only, repository: false });
    this.#options.logger.info({ snapshot: id, restored: restored.length }, 'a folder was put back');
    return { restored: [...restored], conflicts: [...conflicts], before: infoOf(briefOf(before)) };
  }

  /** Throws `read_only`. */
  async prune(given: { before?: number | undefined; root?: string | undefined }): Promise<Expired> {
    this.#options.guard.assertWritable();
    const limits = { ...this.#limits(), ...(given.before !== undefined && { before: given.before }) };
    return (
      (await this.#parts?.snapshots.expire(limits, (kept) => this.#isOpen(kept), given.root)) ?? {
        ...{ removed: 0, freed: 0, held: 0 },
      }
    );
  }

  /** Everything that is kept of a folder goes. */
  async forget(root: string): Promise<void> {
    await this.#parts?.snapshots.forget(root);
  }

  async dispose(): Promise<void> {
    this.#hourly.dispose();
    await this.#parts?.snapshots.dispose();
    await this.#expiring;
  }

  get #whole() {
    if (this.#parts) return this.#parts;
    throw new ProgenyError(
      'conflict',
      'git was not found, and without it no folder can be kept. Install git and start Progeny again.',
    );
  }

  #limits() {
    const { snapshotMegabytes, snapshotDays } = this.#options.settings();
    return { bytes: snapshotMegabytes * MB, before: this.#options.clock.now() - snapshotDays * DAY };
  }

  #isOpen({ run }: Kept): boolean {
    return run !== null && this.#options.isOpen(run);
  }

  /** One at a time; who asks meanwhile gets what is under way. */
  #expireSoon(): void {
    const { guard, logger } = this.#options;
    if (this.#expiring || guard.readOnly || !this.#parts) return;
    this.#expiring = this.#parts.snapshots
      .expire(this.#limits(), (kept) => this.#isOpen(kept))
      .then(({ removed, freed }) => {
        if (removed > 0) logger.info({ removed, freed }, 'snapshots expired');
      })
      .catch((error: unknown) => logger.warn({ err: error }, 'snapshots could not be tidied'))
      .finally(() => {
        this.#expiring = null;
      });
  }

  async #take(root: string, why: string, options: Parameters<Snapshots['take']>[2]): Promise<Snapshot> {
    this.#options.guard.assertWritable();
    try {
      return await this.#whole.snapshots.take(root, why, options);
    } catch (error) {
      if (isGitError(error) && error.kind === 'folder-missing') throw gone(root);
      throw error;
    }
  }

  async #found(id: string): Promise<Snapshot> {
    const snapshot = await this.#whole.snapshots.find(id);
    if (!existsSync(snapshot.root)) throw gone(snapshot.root);
    return snapshot;
  }
}

function gone(root: string): ProgenyError {
  return new ProgenyError(
    'workspace_gone',
    `The folder "${root}" is not there any more. Make it again, then ask again.`,
  );
}

function infoOf({ id, at, root, why, run, uncovered }: Kept): SnapshotInfo {
  return { id, at, workspace: root, why, run, uncovered: [...uncovered] };
}

function briefOf(snapshot: Snapshot): Kept {
  return { ...snapshot, uncovered: uncoveredInWords(snapshot) };
}
