import type { WheelConflict } from '../protocol/index.ts';
import type { Transaction } from '../store/index.ts';
import type { WheelOptions } from './parts.ts';
import type { KeptRun, RunFiles } from './run-files.ts';
import { writesOf } from './run-row.ts';
import type { Runs } from './runs.ts';
import type { FileEdit } from './types.ts';

export interface TakeBackOptions {
  readonly wheel: WheelOptions;
  readonly runs: Runs;
  readonly files: RunFiles;
}

/** What was put back, what was in the way, and what else differs from before. */
export interface TakenBack {
  readonly put: readonly string[];
  readonly conflicts: readonly WheelConflict[];
  readonly left: readonly string[];
}

/**
 * Takes back what is surely a run's own: refs that still stand where it moved them, files that it wrote and that still
 * have its bytes, threads that it opened. May be called again.
 */
export async function takeBackOwn(
  id: string,
  kept: KeptRun | null,
  { wheel, runs, files }: TakeBackOptions,
  /** Only these files, and no step. */
  only: readonly string[] | null = null,
): Promise<Omit<TakenBack, 'left'>> {
  const run = runs.get(id);
  const conflicts: WheelConflict[] = [];
  const steps = only === null ? runs.steps(id) : [];
  for (const { n, tool, undo } of steps.toReversed()) {
    if (undo === null) continue;
    if (undo.kind === 'git') conflicts.push(...(await wheel.git.takeBack(run.root, undo.git)));
    const row = { act: 'step', tool, real: true, result: 'taken back', data: { n } };
    runs.step(id, n, { status: 'taken_back', undo: null }, row, (tx) => {
      if (undo.kind === 'loop') wheel.loops.drop(tx, undo.loop);
    });
    wheel.at?.('step taken back');
  }
  const begun = kept ? journaledEdits(id, kept, wheel) : [];
  const edits = only === null ? begun : begun.filter(({ path }) => only.includes(path));
  if (edits.length === 0) return { put: [], conflicts };
  const inTheWay = await wheel.writer.takeBack(run.root, files.changes(id, edits));
  wheel.at?.('files taken back');
  const left = new Set(inTheWay.map(({ path }) => path));
  return {
    put: edits.map(({ path }) => path).filter((path) => !left.has(path)),
    conflicts: [...conflicts, ...inTheWay],
  };
}

/** What was done or half done is not so any more. */
export function stepsTakenBack(tx: Transaction, run: string): void {
  tx.run("UPDATE wheel_steps SET status = 'taken_back' WHERE run = ? AND status IN ('done', 'running')", run);
}

/** Files that it began to write, and no others. */
function journaledEdits(id: string, { edits }: KeptRun, { mind }: WheelOptions): FileEdit[] {
  const begun = new Set(mind.read((reader) => writesOf(reader, id)));
  return edits.filter(({ path }) => begun.has(path));
}

/** The edits that a run may make: all, or those of the files that were accepted. */
export function acceptedEdits({ edits }: KeptRun, accepted: readonly string[] | null): FileEdit[] {
  return accepted === null ? [...edits] : edits.filter(({ path }) => accepted.includes(path));
}

/**
 * Takes back all that changed in the folder since a run began, the marks of its programs too; but for files that the
 * user is known to have saved meanwhile, and for the repository's own state, where a commit of the user's may stand.
 */
export async function takeBackAll(
  id: string,
  kept: KeptRun | null,
  options: TakeBackOptions,
): Promise<TakenBack> {
  const { wheel, runs } = options;
  const own = await takeBackOwn(id, kept, options);
  const run = runs.get(id);
  if (run.before === null || run.status !== 'verifying') return { ...own, left: [] };
  const now = await wheel.snapshots.take(run.root, `taken back: ${run.recipe}`, id);
  const differing = await wheel.snapshots.differences(run.root, run.before, now.id);
  const saved = wheel.saved?.(run.root, run.beganAt ?? 0) ?? new Set<string>();
  const inTheWay = new Set(own.conflicts.map(({ path }) => path));
  const mine = differing.filter((path) => !isRepository(path));
  const may = mine.filter((path) => !inTheWay.has(path) && !saved.has(path));
  if (may.length === 0) return { ...own, left: differing.filter((path) => !inTheWay.has(path)) };
  // Where no file is excepted, folders that were made go too.
  const what = may.length === mine.length ? { repository: false } : { only: may };
  const { restored, conflicts } = await wheel.snapshots.restore(run.root, run.before, now.id, what);
  wheel.at?.('marks taken back');
  const back = new Set([...may, ...inTheWay]);
  return {
    put: [...new Set([...own.put, ...restored])],
    conflicts: [...own.conflicts, ...conflicts],
    left: differing.filter((path) => !back.has(path)),
  };
}

/** Of a repository's own state: refs, HEAD, index, reflogs. */
export function isRepository(path: string): boolean {
  return /(?:^|\/)\.git\//.test(path);
}
