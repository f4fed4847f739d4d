import { existsSync } from 'node:fs';
import { listing } from '../kernel/index.ts';
import type { WheelConflict } from '../protocol/index.ts';
import { takenBackReport } from './report.ts';
import type { KeptRun } from './run-files.ts';
import { isActing } from './run-machine.ts';
import { type StoredRun, writesOf } from './run-row.ts';
import type { Told } from './runs.ts';
import { stepsTakenBack, type TakeBackOptions, takeBackOwn } from './take-back.ts';

const MINUTE = 60_000;
const WHY = 'because Progeny was ended while it ran';

/**
 * Brings a run that a killed process left at work to a state that can be said: taken back where all that is left of it
 * is surely its own, otherwise interrupted, with what cannot be told apart, and undo offered. May be called again.
 */
export async function recoverRun(id: string, options: TakeBackOptions): Promise<void> {
  const { wheel, runs, files } = options;
  const run = runs.get(id);
  if (!isActing(run.status)) return;
  const kept = await files.load(id);
  if (!existsSync(run.root))
    return interrupt(run, kept, { conflicts: [gone(run.root)], put: [], left: [] }, null, options);
  if (run.before === null) return rolledBack(run, kept, { put: [], conflicts: [], left: [] }, options);
  const { put, conflicts } = await takeBackOwn(id, kept, options);
  const now = await wheel.snapshots.take(run.root, `found: ${run.recipe}`, id);
  const differing = await wheel.snapshots.differences(run.root, run.before, now.id);
  const unsure = [...conflicts, ...lostBytes(run, kept, options), ...halfSteps(run, differing, options)];
  const named = new Set(unsure.map(({ path }) => path));
  const found = { put, conflicts: unsure, left: differing.filter((path) => !named.has(path)) };
  if (unsure.length === 0) return rolledBack(run, kept, found, options);
  interrupt(run, kept, found, now.id, options);
}

interface Found {
  readonly put: readonly string[];
  readonly conflicts: readonly WheelConflict[];
  readonly left: readonly string[];
}

/** A step on the repository that began and was not written down as done: whether it happened cannot be known. */
function halfSteps(run: StoredRun, differing: readonly string[], { runs }: TakeBackOptions): WheelConflict[] {
  const half = runs.steps(run.id).filter(({ status }) => status === 'running');
  const moved = differing.filter((path) => /(?:^|\/)\.git\/(?:HEAD|packed-refs|refs\/)/.test(path));
  if (half.length === 0 || moved.length === 0) return [];
  const words = half.map((step) => step.words);
  return moved.map((path) => ({ path, why: `It may have been moved by: ${listing(words, 3)}.` }));
}

/** Its bytes are gone from the data directory: what it wrote cannot be told from what the user wrote. */
function lostBytes(run: StoredRun, kept: KeptRun | null, { wheel }: TakeBackOptions): WheelConflict[] {
  if (kept) return [];
  const why = 'The run began to write it, and its bytes are gone from the data directory.';
  return wheel.mind.read((reader) => writesOf(reader, run.id)).map((path) => ({ path, why }));
}

function gone(root: string): WheelConflict {
  return { path: root, why: 'The folder is not there any more.' };
}

function rolledBack(run: StoredRun, kept: KeptRun | null, found: Found, options: TakeBackOptions): void {
  const { wheel, runs } = options;
  const containment = wheel.programs.containment;
  const report = takenBackReport({ kept, why: WHY, verified: null, ...found, containment });
  runs.move(run.id, 'rolled_back', told('rolled back', found), {
    change: { report, reason: `Taken back at the start, ${WHY}.`, conflicts: [...found.conflicts] },
    tx: (tx) => stepsTakenBack(tx, run.id),
  });
}

function interrupt(
  run: StoredRun,
  kept: KeptRun | null,
  found: Found,
  after: string | null,
  { wheel, runs }: TakeBackOptions,
): void {
  const containment = wheel.programs.containment;
  const plain = takenBackReport({ kept, why: WHY, verified: null, ...found, containment });
  const done = `Progeny was ended while it ran, and some of what it left cannot be told from your own work`;
  runs.move(run.id, 'interrupted', told('interrupted', found), {
    change: {
      after,
      report: { ...plain, done },
      reason:
        'Look at what is listed. Undo puts the folder back as it was before the run; Keep leaves it as it is.',
      conflicts: [...found.conflicts],
      undoUntil: wheel.clock.now() + wheel.settings().undoMinutes * MINUTE,
    },
  });
}

function told(result: string, { put, conflicts, left }: Found): Told {
  const data = { put: put.length, conflicts: conflicts.length, left: left.length };
  return { act: 'recovered', actor: 'companion', real: true, result, data };
}
